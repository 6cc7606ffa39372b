import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import { isJsonObject } from '../json/json-values.ts';
import type { Log } from '../log.ts';
import { withoutConnectionHeaders } from '../webhook/client-headers.ts';
import { sendWebhook, WebhookFailure, type WebhookResponse } from '../webhook/send.ts';
import type { RequestHeaders } from './find-token.ts';
import type { AuthHookSettings } from './hook-settings.ts';
import { readLifetimeMs } from './jwks.ts';
import type { Session } from './session.ts';

/** Reads the body of a GraphQL request; there is none on a WebSocket. */
export type ReadRequestBody = () => Promise<string>;

const TIMEOUT_MS = 30_000;

/** Asks the webhook who sends these headers. It is asked at every request, for only it knows what has changed. */
export async function askAuthHook(
  settings: AuthHookSettings,
  headers: RequestHeaders,
  readRequestBody: ReadRequestBody | undefined,
  log: Log,
): Promise<Session> {
  const response = await call(settings, headers, readRequestBody, log);
  log.event('webhook-log', response.status === 200 ? 'info' : 'error', {
    url: settings.url,
    method: settings.mode,
    status_code: response.status,
  });
  if (response.status === 401) {
    throw new EngineError('access-denied', 'Authentication hook unauthorized this request', { status: 401 });
  }
  if (response.status !== 200) throw invalidResponse();
  return toSession(response);
}

async function call(
  { url, mode, sendsRequestBody }: AuthHookSettings,
  headers: RequestHeaders,
  readRequestBody: ReadRequestBody | undefined,
  log: Log,
): Promise<WebhookResponse> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name] = value;
  const body =
    mode === 'GET'
      ? null
      : JSON.stringify({
          headers: given,
          ...(sendsRequestBody ? { request: await readJson(readRequestBody) } : {}),
        });
  try {
    return await sendWebhook({
      url,
      method: mode,
      headers: mode === 'GET' ? withoutConnectionHeaders(given) : { 'content-type': 'application/json' },
      body,
      timeoutMs: TIMEOUT_MS,
    });
  } catch (thrown) {
    if (!(thrown instanceof WebhookFailure)) throw thrown;
    log.event('webhook-log', 'error', { url, method: mode, http_error: thrown.message });
    throw new EngineError('unexpected', 'webhook authentication request failed', { status: 500 });
  }
}

/** What is not JSON will be refused anyway, and is not handed on. */
async function readJson(readRequestBody: ReadRequestBody | undefined): Promise<unknown> {
  if (!readRequestBody) return null;
  const text = await readRequestBody();
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/** The session variables of a 200; names of other members than these and the two of expiry mean nothing. */
function toSession({ text, headers }: WebhookResponse): Session {
  const variables: Record<string, string> = {};
  const expiry = new Headers();
  for (const [name, value] of Object.entries(parseObject(text))) {
    const key = name.toLowerCase();
    const isExpiry = key === 'cache-control' || key === 'expires';
    if (!isExpiry && !key.startsWith('x-hasura-')) continue;
    if (typeof value !== 'string') throw invalidResponse();
    if (isExpiry) expiry.set(key, value.replaceAll(/[^\x20-\x7e]/g, ''));
    else variables[key] = value;
  }
  const role = variables['x-hasura-role'];
  if (!role) {
    throw new EngineError('invalid-params', 'x-hasura-role not found in session variables', { status: 400 });
  }
  const lifetime = readLifetimeMs(expiry);
  const setCookie = headers.filter(({ name }) => name.toLowerCase() === 'set-cookie');
  return Object.freeze({
    role,
    variables: Object.freeze(variables),
    isAdmin: role === 'admin',
    backendOnly: false,
    expiresAt: lifetime === null ? null : Date.now() + lifetime,
    ...(setCookie.length > 0 ? { setCookie: setCookie.map(({ value }) => value) } : {}),
  });
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw invalidResponse();
  }
  if (!isJsonObject(value)) throw invalidResponse();
  return value;
}

function invalidResponse(): EngineError {
  return new EngineError('unexpected', 'Invalid response from authorization hook', { status: 500 });
}
