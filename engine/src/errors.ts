/**
 * Hasura's error codes as clients see them in `extensions.code` (GraphQL) or `code` (metadata API).
 * The list follows the reference's own table; a code outside it never leaves the engine,
 * except the ones an action handler chooses for itself.
 */
export type ErrorCode =
  | 'access-denied'
  | 'action-webhook-error'
  | 'already-exists'
  | 'already-tracked'
  | 'already-untracked'
  | 'bad-request'
  | 'bigquery-error'
  | 'conflict'
  | 'constraint-error'
  | 'constraint-violation'
  | 'cookie-not-found'
  | 'custom-root-field-conflict'
  | 'data-exception'
  | 'cyclic-dependency'
  | 'dependency-error'
  | 'internal-error'
  | 'invalid-configuration'
  | 'invalid-headers'
  | 'invalid-json'
  | 'invalid-jwt'
  | 'invalid-params'
  | 'jwt-invalid-claims'
  | 'jwt-missing-role-claims'
  | 'method-not-allowed'
  | 'not-exists'
  | 'not-found'
  | 'not-supported'
  | 'parse-failed'
  | 'permission-denied'
  | 'permission-error'
  | 'postgres-error'
  | 'postgres-max-connections-error'
  | 'rate-limit-exceeded'
  | 'depth-limit-exceeded'
  | 'node-limit-exceeded'
  | 'time-limit-exceeded'
  | 'batch-limit-exceeded'
  // The engine's own bounds per role; `guards/bounds.ts`.
  | 'body-limit-exceeded'
  | 'variables-limit-exceeded'
  | 'json-depth-limit-exceeded'
  | 'list-limit-exceeded'
  | 'condition-limit-exceeded'
  | 'parameter-limit-exceeded'
  | 'answer-size-limit-exceeded'
  | 'answer-rows-limit-exceeded'
  | 'introspection-limit-exceeded'
  | 'concurrency-limit-exceeded'
  | 'pattern-operator-refused'
  | 'socket-limit-exceeded'
  | 'subscription-limit-exceeded'
  | 'statement-limit-exceeded'
  // Apollo's own, by which its link knows to send the query itself.
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'remote-schema-error'
  | 'start-failed'
  | 'unexpected'
  | 'unexpected-payload'
  | 'validation-failed';

/** What an EngineError carries beside its message. */
export interface EngineErrorDetails {
  /** JSON path in Hasura's spelling, `$` being the whole request. */
  readonly path?: string;
  /** Shown to the admin role only (or never, in production settings). */
  readonly internal?: unknown;
  /** HTTP status where the endpoint uses one (metadata API, /v1alpha1/graphql); 400 unless told. */
  readonly status?: number;
  /** Whole `extensions` object of an action handler, which goes to the client as it is. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The one error type of the engine: everything a client may be told passes through it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: string;
  readonly path: string;
  readonly internal: unknown;
  readonly status: number;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode | (string & {}), message: string, details: EngineErrorDetails = {}) {
    super(message);
    this.code = code;
    this.path = details.path ?? '$';
    this.internal = details.internal;
    this.status = details.status ?? 400;
    this.extensions = details.extensions;
  }

  /** The same error told from another place of the request. */
  at(path: string): EngineError {
    const copy = new EngineError(this.code, this.message, {
      path,
      internal: this.internal,
      status: this.status,
      ...(this.extensions ? { extensions: this.extensions } : {}),
    });
    if (this.stack) copy.stack = this.stack;
    return copy;
  }
}

/** One entry of `errors` in a GraphQL answer. */
export interface GraphQLErrorJson {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Encodes an error the way `/v1/graphql` answers it; `internal` only where the role may see it. */
export function toGraphQLError(error: EngineError, showInternal: boolean): GraphQLErrorJson {
  if (error.extensions) return { message: error.message, extensions: error.extensions };
  const extensions: Record<string, unknown> = { path: error.path, code: error.code };
  if (showInternal && error.internal !== undefined) extensions.internal = error.internal;
  return { message: error.message, extensions };
}

/** Encodes an error the way the metadata API and `/v1alpha1/graphql` answer it. */
export function toApiError(error: EngineError, showInternal: boolean): Record<string, unknown> {
  const body: Record<string, unknown> = { path: error.path, error: error.message, code: error.code };
  if (showInternal && error.internal !== undefined) body.internal = error.internal;
  return body;
}

/** Turns anything thrown into an EngineError without leaking what it was to clients. */
export function asEngineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  // Whatever is read recursively ends there: values can be nested deeper than any honest ones are.
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) {
    return new EngineError('validation-failed', 'the request is nested too deeply');
  }
  const internal = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineError('unexpected', 'internal error', { status: 500, internal });
}
