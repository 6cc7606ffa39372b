import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Session } from '../auth/session.ts';
import type { Config } from '../config.ts';
import type { Engine, RequestContext } from '../engine-types.ts';
import { EngineError } from '../errors.ts';
import { boundsOf } from '../guards/bounds.ts';
import { bodyLimitOf, readBody } from './read-body.ts';
import { toGraphQLRequest } from './read-graphql-request.ts';
import { readJsonObject } from './read-json.ts';
import type { HttpLogEntry } from './request-log.ts';
import { requireAdmin } from './require-admin.ts';
import { sendJson } from './respond.ts';

/** What explaining needs. */
export interface ExplainRouteDeps {
  readonly engine: Pick<Engine, 'explain'>;
  readonly authenticate: Authenticate;
  readonly config: Pick<Config, 'maxBodyBytes' | 'bounds'>;
}

/** `POST /v1/graphql/explain`, for the admin role: `{query: {query, variables}, user: {"x-hasura-role": …}}`. */
export async function serveExplain(
  deps: ExplainRouteDeps,
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  entry: HttpLogEntry,
): Promise<void> {
  entry.session = await deps.authenticate(context.headers);
  requireAdmin(entry.session);
  const { role } = entry.session;
  const text = await readBody(request, bodyLimitOf(deps.config, role));
  const body = readJsonObject(text, boundsOf(deps.config.bounds, role).jsonDepth);
  if (body.query === undefined) throw new EngineError('parse-failed', 'key "query" not found');
  const graphqlRequest = toGraphQLRequest(body.query, '$.query');
  const answer = JSON.stringify(await deps.engine.explain(graphqlRequest, toSession(body.user)));
  entry.responseSize = Buffer.byteLength(answer);
  sendJson(response, 200, answer);
}

/** Whom the operation is explained for; an administrator unless a role is named. */
function toSession(user: unknown): Session {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(user ?? {})) {
    if (typeof value !== 'string') {
      throw new EngineError('parse-failed', 'session variables must be texts', { path: '$.user' });
    }
    variables[name.toLowerCase()] = value;
  }
  const role = variables['x-hasura-role'] ?? 'admin';
  return {
    role,
    variables: { ...variables, 'x-hasura-role': role },
    isAdmin: role === 'admin',
    backendOnly: false,
    expiresAt: null,
  };
}
