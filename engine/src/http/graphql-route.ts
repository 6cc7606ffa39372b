import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Session } from '../auth/session.ts';
import type { Config } from '../config.ts';
import type { Engine, RequestContext } from '../engine-types.ts';
import { asEngineError, type EngineError, toGraphQLError } from '../errors.ts';
import { boundsOf } from '../guards/bounds.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { GraphQLRequest } from '../request/parse-document.ts';
import { bodyLimitOf, checkBodySize, readBody } from './read-body.ts';
import { readGraphQLBody } from './read-graphql-request.ts';
import { type HttpLogEntry, logRequest } from './request-log.ts';
import { sendJson } from './respond.ts';

/** What serving GraphQL needs. */
export interface GraphQLRouteDeps {
  readonly engine: Pick<Engine, 'execute' | 'admit' | 'checkBatch'>;
  readonly authenticate: Authenticate;
  readonly config: Pick<Config, 'maxBodyBytes' | 'bounds' | 'isDevMode' | 'showsInternalErrorsToAdmin'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Which status an error has: `/v1/graphql` always answers 200, `/v1alpha1/graphql` the error's own. */
export type ErrorStyle = 'graphql' | 'legacy';

/** authenticate → read the body → execute each request → send the JSON text as it is. */
export async function serveGraphQL(
  deps: GraphQLRouteDeps,
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  style: ErrorStyle,
): Promise<void> {
  const started = performance.now();
  const entry: HttpLogEntry = {
    requestId: context.requestId,
    ip: context.ip ?? '',
    mode: 'single',
    started,
  };
  let session: Session | null = null;
  let status = 200;
  let body: string;
  try {
    let text: Promise<string> | undefined;
    const readText = (): Promise<string> => {
      text ??= readBody(request, deps.config.maxBodyBytes);
      return text;
    };
    session = await deps.authenticate(context.headers, readText);
    entry.session = session;
    for (const cookie of session.setCookie ?? []) response.appendHeader('set-cookie', cookie);
    const limit = bodyLimitOf(deps.config, session.role);
    // Only an authentication webhook has the body read before anybody knows whose it is.
    const json = text === undefined ? await readBody(request, limit) : checkBodySize(await text, limit);
    const read = readGraphQLBody(json, boundsOf(deps.config.bounds, session.role).jsonDepth);
    if (read.kind === 'single') {
      entry.operationName = read.request.operationName;
      const answer = await executeOne(deps, read.request, session, context, response, style, entry);
      status = answer.status;
      body = answer.body;
    } else {
      entry.mode = 'batched';
      deps.engine.checkBatch(read.requests.length, session);
      const answers: string[] = [];
      for (const item of read.requests) {
        answers.push((await executeOne(deps, item, session, context, response, 'graphql', entry)).body);
      }
      body = `[${answers.join(',')}]`;
    }
  } catch (thrown) {
    const failure = encodeFailure(deps, thrown, session, style, entry);
    status = failure.status;
    body = failure.body;
    // What was not read of a body that is refused must not be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
  }
  entry.status = status;
  entry.responseSize = sendJson(response, status, body);
  logRequest(deps.log, request, entry);
}

interface EncodedAnswer {
  readonly status: number;
  readonly body: string;
}

async function executeOne(
  deps: GraphQLRouteDeps,
  graphqlRequest: GraphQLRequest,
  session: Session,
  context: RequestContext,
  response: ServerResponse,
  style: ErrorStyle,
  entry: HttpLogEntry,
): Promise<EncodedAnswer> {
  const started = performance.now();
  try {
    await deps.engine.admit(session, context);
    const { body, setCookie } = await deps.engine.execute(graphqlRequest, session, context);
    for (const cookie of setCookie ?? []) response.appendHeader('set-cookie', cookie);
    deps.metrics.graphqlSucceeded.inc();
    return { status: 200, body };
  } catch (thrown) {
    return encodeFailure(deps, thrown, session, style, entry);
  } finally {
    deps.metrics.graphqlSeconds.observe((performance.now() - started) / 1000);
  }
}

function encodeFailure(
  deps: GraphQLRouteDeps,
  thrown: unknown,
  session: Session | null,
  style: ErrorStyle,
  entry: HttpLogEntry,
): EncodedAnswer {
  const error = asEngineError(thrown);
  if (error !== thrown) {
    const stack = thrown instanceof Error ? thrown.stack : String(thrown);
    deps.log.event('internal', 'error', { request_id: entry.requestId, stack });
  }
  deps.metrics.graphqlFailed.inc();
  entry.error = error;
  const body = encodeError(error, showsInternal(deps.config, session));
  return { status: style === 'legacy' || error.status === 413 ? error.status : 200, body };
}

/** Details of what went wrong are for the admin role, or for everybody in development. */
export function showsInternal(
  config: Pick<Config, 'isDevMode' | 'showsInternalErrorsToAdmin'>,
  session: Session | null,
): boolean {
  return config.isDevMode || (config.showsInternalErrorsToAdmin && session?.isAdmin === true);
}

/** An error as the whole body of an answer. */
function encodeError(error: EngineError, withInternal: boolean): string {
  return JSON.stringify({ errors: [toGraphQLError(error, withInternal)] });
}
