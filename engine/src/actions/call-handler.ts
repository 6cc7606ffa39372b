import { Agent, request as httpRequest } from 'undici';
import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { ActionMetadata, HeaderMetadata } from '../metadata/types.ts';

/** What a handler's call needs to know of the request around it. */
export interface ActionCall {
  readonly action: ActionMetadata;
  readonly input: Readonly<Record<string, unknown>>;
  readonly session: Session;
  /** The client's headers in lower case. */
  readonly clientHeaders: Readonly<Record<string, string>>;
  readonly requestQuery: string;
  readonly requestId: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface HandlerAnswer {
  readonly body: unknown;
  readonly setCookie: readonly string[];
}

/** Hasura's default, in seconds. */
const defaultTimeoutSeconds = 30;
/** A handler's answer beyond this is an error rather than memory. */
const maxAnswerBytes = 10 * 1024 * 1024;

/** Never handed on to a handler: they speak of the client's connection and not of its request. */
const notForwarded = new Set([
  'accept',
  'accept-datetime',
  'accept-encoding',
  'cache-control',
  'connection',
  'content-length',
  'content-md5',
  'content-type',
  'dnt',
  'host',
  'origin',
  'referer',
  'user-agent',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
  'proxy-authorization',
  'x-hasura-admin-secret',
  'x-hasura-access-key',
]);

const agent = new Agent({ keepAliveTimeout: 10_000, connections: 64, maxResponseSize: maxAnswerBytes });

/** Calls an action's webhook. Redirects are not followed; time and size are bounded. */
export async function callHandler(call: ActionCall): Promise<HandlerAnswer> {
  const { definition, name } = call.action;
  const url = fillTemplate(definition.handler, call.environment);
  const payload = {
    action: { name },
    input: call.input,
    session_variables: call.session.variables,
    request_query: call.requestQuery,
  };
  const timeoutMs = (definition.timeout ?? defaultTimeoutSeconds) * 1000;
  let status: number;
  let text: string;
  let headers: Record<string, string | string[] | undefined>;
  try {
    const answer = await httpRequest(url, {
      method: 'POST',
      dispatcher: agent,
      headers: requestHeaders(call),
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.statusCode;
    headers = answer.headers;
    text = await answer.body.text();
  } catch (error) {
    throw callFailed(error, call);
  }
  return readAnswer(status, text, headers, call);
}

function requestHeaders(call: ActionCall): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-request-id': call.requestId,
  };
  if (call.action.definition.forward_client_headers) {
    for (const [name, value] of Object.entries(call.clientHeaders)) {
      if (!notForwarded.has(name) && !name.startsWith('sec-websocket')) headers[name] = value;
    }
  }
  // Configured headers win over the client's.
  for (const header of call.action.definition.headers ?? [])
    headers[header.name.toLowerCase()] = headerValue(header, call.environment);
  return headers;
}

function headerValue(header: HeaderMetadata, environment: ActionCall['environment']): string {
  if (header.value_from_env === undefined) return fillTemplate(header.value ?? '', environment);
  const value = environment[header.value_from_env];
  if (value === undefined) {
    throw new EngineError('not-found', `environment variable '${header.value_from_env}' not set`, {
      status: 500,
    });
  }
  return value;
}

/** `{{NAME}}` stands for an environment variable. */
export function fillTemplate(template: string, environment: ActionCall['environment']): string {
  return template.replaceAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (_match, name: string) => {
    const value = environment[name];
    if (value === undefined)
      throw new EngineError('not-found', `environment variable '${name}' not set`, { status: 500 });
    return value;
  });
}

function callFailed(error: unknown, call: ActionCall): EngineError {
  if (error instanceof EngineError) return error;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const message = timedOut ? 'ResponseTimeout' : error instanceof Error ? error.message : String(error);
  const internal = {
    error: { type: 'http_exception', message },
    request: { url: call.action.definition.handler },
  };
  return new EngineError('unexpected', 'http exception when calling webhook', { internal, status: 500 });
}

function readAnswer(
  status: number,
  text: string,
  headers: Record<string, string | string[] | undefined>,
  call: ActionCall,
): HandlerAnswer {
  const internal = {
    error: 'unexpected response',
    response: { status, body: text.slice(0, 4000) },
    request: { url: call.action.definition.handler },
  };
  let body: unknown;
  try {
    body = text === '' && status >= 200 && status < 300 ? null : JSON.parse(text);
  } catch {
    throw new EngineError('unexpected', 'not a valid json response from webhook', { internal, status: 500 });
  }
  if (status >= 200 && status < 300) {
    const cookies = headers['set-cookie'];
    return { body, setCookie: cookies === undefined ? [] : Array.isArray(cookies) ? cookies : [cookies] };
  }
  if (status >= 400 && status < 500)
    throw readRefusal(body) ?? new EngineError('unexpected', 'internal error', { internal, status: 500 });
  throw new EngineError('unexpected', 'internal error', { internal, status: 500 });
}

/** A 4xx with `{message, extensions?, code?}` is the handler's own word to the client; null when it is something else. */
function readRefusal(body: unknown): EngineError | null {
  const refusal = body as { message?: unknown; code?: unknown; extensions?: unknown } | null;
  if (typeof refusal !== 'object' || refusal === null || typeof refusal.message !== 'string') return null;
  const { message, code, extensions } = refusal;
  if (typeof extensions === 'object' && extensions !== null && !Array.isArray(extensions)) {
    const told = extensions as Record<string, unknown>;
    return new EngineError(typeof told.code === 'string' ? told.code : 'unexpected', message, {
      extensions: told,
    });
  }
  return new EngineError(typeof code === 'string' ? code : 'unexpected', message);
}
