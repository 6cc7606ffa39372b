import type { IncomingMessage } from 'node:http';
import type { Session } from '../auth/session.ts';
import type { EngineError } from '../errors.ts';
import type { Log } from '../log.ts';

/** What a request's log line tells; filled while the request is served. */
export interface HttpLogEntry {
  readonly requestId: string;
  /** Where the client is, trusted proxies left out. */
  readonly ip: string;
  readonly started: number;
  mode: 'single' | 'batched' | 'non-graphql';
  session?: Session;
  operationName?: string | null | undefined;
  error?: EngineError;
  status?: number;
  responseSize?: number;
}

/**
 * One `http-log` line shaped like Hasura's. Unlike there, the text of a query stays out of it, for it may
 * hold a password as a literal; its operation name has to do.
 */
export function logRequest(log: Log, request: IncomingMessage, entry: HttpLogEntry): void {
  const level = entry.error ? 'error' : 'info';
  if (!log.isOn('http-log', level)) return;
  const { error, session } = entry;
  log.event('http-log', level, {
    operation: {
      request_id: entry.requestId,
      request_mode: entry.mode,
      operation_name: entry.operationName?.slice(0, LONGEST_NAME) ?? null,
      user_vars: session ? { 'x-hasura-role': session.role } : null,
      query_execution_time: (performance.now() - entry.started) / 1000,
      response_size: entry.responseSize ?? 0,
      error: error ? { path: error.path, code: error.code, error: withoutValues(error) } : null,
    },
    request_id: entry.requestId,
    http_info: {
      status: entry.status ?? 200,
      http_version: `HTTP/${request.httpVersion}`,
      url: request.url?.split('?')[0] ?? '',
      ip: entry.ip,
      method: request.method ?? '',
    },
  });
}

/** Whatever is longer is no name that anybody gave an operation. */
const LONGEST_NAME = 200;

/** Messages of these quote what the client sent, which may be a password in the wrong place. */
const QUOTING: ReadonlySet<string> = new Set([
  'data-exception',
  'invalid-json',
  'jwt-invalid-claims',
  'parse-failed',
]);

function withoutValues({ code, message }: EngineError): string {
  return QUOTING.has(code) ? message.replace(/["'].*$/s, '…') : message;
}
