import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Config } from '../config.ts';
import type { Engine, RequestContext } from '../engine-types.ts';
import { EngineError } from '../errors.ts';
import { boundsOf } from '../guards/bounds.ts';
import type { RestEndpoint } from '../rest/endpoints.ts';
import { readRestVariables } from '../rest/read-variables.ts';
import { splitPath } from '../rest/url-template.ts';
import { bodyLimitOf, readBody } from './read-body.ts';
import { readJsonObject } from './read-json.ts';
import type { HttpLogEntry } from './request-log.ts';
import { requireAdmin } from './require-admin.ts';
import { sendJson } from './respond.ts';

/** What serving RESTified endpoints needs. */
export interface RestRouteDeps {
  readonly engine: Pick<Engine, 'execute' | 'admit' | 'findRestEndpoint' | 'describeRest'>;
  readonly authenticate: Authenticate;
  readonly config: Pick<Config, 'maxBodyBytes' | 'bounds'>;
}

const PREFIX = '/api/rest/';

/** Whether a path lies below `/api/rest/`. */
export function isRestPath(path: string): boolean {
  return path.startsWith(PREFIX);
}

/** authenticate → find the endpoint → variables from path, query string and body → the operation's data. Errors are thrown. */
export async function serveRest(
  deps: RestRouteDeps,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: RequestContext,
  entry: HttpLogEntry,
): Promise<void> {
  const session = await deps.authenticate(context.headers);
  entry.session = session;
  await deps.engine.admit(session, context);
  const { endpoint, path } = findEndpoint(deps, request.method ?? '', url, response);
  const text = await readBody(request, bodyLimitOf(deps.config, session.role));
  const body =
    text.trim() === '' ? {} : readJsonObject(text, boundsOf(deps.config.bounds, session.role).jsonDepth);
  const variables = readRestVariables(endpoint, { path, query: url.searchParams, body });
  const answer = await deps.engine.execute({ query: endpoint.query, variables }, session, context);
  for (const cookie of answer.setCookie ?? []) response.appendHeader('set-cookie', cookie);
  const data = dataOf(answer.body);
  entry.responseSize = Buffer.byteLength(data);
  sendJson(response, 200, data);
}

/** `GET /api/swagger/json`: the OpenAPI document, for the admin role alone. */
export async function serveOpenApi(
  deps: RestRouteDeps,
  response: ServerResponse,
  context: RequestContext,
  entry: HttpLogEntry,
): Promise<void> {
  entry.session = await deps.authenticate(context.headers);
  requireAdmin(entry.session);
  sendJson(response, 200, JSON.stringify(deps.engine.describeRest()));
}

function findEndpoint(
  deps: RestRouteDeps,
  method: string,
  url: URL,
  response: ServerResponse,
): { endpoint: RestEndpoint; path: ReadonlyMap<string, string> } {
  const match = deps.engine.findRestEndpoint(method, readSegments(url.pathname.slice(PREFIX.length)));
  switch (match.kind) {
    case 'endpoint':
      return { endpoint: match.endpoint, path: match.values };
    case 'none':
      throw new EngineError('not-found', 'Endpoint not found', { status: 404 });
    case 'several':
      throw new EngineError('unexpected', 'Multiple endpoints match request', { status: 500 });
    case 'method': {
      const allowed = match.allowed.join(', ');
      response.setHeader('allow', allowed);
      throw new EngineError('method-not-allowed', `This endpoint answers to: ${allowed}`, { status: 405 });
    }
  }
}

function readSegments(path: string): readonly string[] {
  try {
    return splitPath(path).map(decodeURIComponent);
  } catch {
    throw new EngineError('bad-request', 'the path of the request is not a path');
  }
}

/** An answer without errors is `{"data":…}`: what stands in it goes out without being parsed. */
function dataOf(body: string): string {
  return body.slice('{"data":'.length, -1);
}
