import { EngineError } from '../errors.ts';
import type { GraphQLRequest } from '../request/parse-document.ts';
import { readJson } from './read-json.ts';

/** One request, or a list of requests that are answered one by one. */
export type GraphQLBody =
  | { readonly kind: 'single'; readonly request: GraphQLRequest }
  | { readonly kind: 'batch'; readonly requests: readonly GraphQLRequest[] };

/** Far above any honest batch; roles may be held to less by `api_limits.batch_limit`. */
const maxBatch = 1000;

/** Reads the body of a GraphQL request; throws an EngineError that names the place of a mistake. */
export function readGraphQLBody(text: string, maxDepth: number): GraphQLBody {
  const value = readJson(text, maxDepth);
  if (Array.isArray(value)) {
    if (value.length > maxBatch) {
      throw new EngineError('batch-limit-exceeded', `a batch may hold at most ${maxBatch} operations`);
    }
    return { kind: 'batch', requests: value.map((item, index) => toGraphQLRequest(item, `$[${index}]`)) };
  }
  return { kind: 'single', request: toGraphQLRequest(value, '$') };
}

/** Checks the shape of one request. */
export function toGraphQLRequest(value: unknown, path: string): GraphQLRequest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongKind('GraphQLRequest', 'Object', value, path);
  }
  const { query, variables, operationName, extensions } = value as Record<string, unknown>;
  if (query === undefined && isPlainObject(extensions) && extensions.persistedQuery !== undefined)
    throw persistedQueryNotSupported(path);
  if (query === undefined) throw new EngineError('parse-failed', "the key 'query' was not present", { path });
  if (typeof query !== 'string') throw wrongKind('Text', 'String', query, `${path}.query`);
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw wrongKind('OperationName', 'String', operationName, `${path}.operationName`);
  }
  if (variables !== undefined && variables !== null && !isPlainObject(variables)) {
    throw wrongKind('HashMap', 'Object', variables, `${path}.variables`);
  }
  return { query, variables: variables ?? null, operationName: operationName ?? null };
}

/** Apollo's link sends a hash first; at these words, which it knows, it sends the query itself and no hash again. */
function persistedQueryNotSupported(path: string): EngineError {
  return new EngineError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', { path });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongKind(what: string, expected: string, value: unknown, path: string): EngineError {
  const kinds: Record<string, string> = { string: 'String', number: 'Number', boolean: 'Boolean' };
  // A WebSocket message may have no payload at all.
  const isNull = value === null || value === undefined;
  const found = isNull ? 'Null' : Array.isArray(value) ? 'Array' : (kinds[typeof value] ?? 'Object');
  return new EngineError(
    'parse-failed',
    `parsing ${what} failed, expected ${expected}, but encountered ${found}`,
    { path },
  );
}
