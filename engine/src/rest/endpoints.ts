import type { OperationDefinitionNode } from 'graphql';
import type { Metadata, QueryCollection, RestEndpointMetadata } from '../metadata/types.ts';
import { parseOperation } from '../request/parse-document.ts';
import type { Inconsistency } from '../source/types.ts';
import { parseUrl, type Segment, segmentsMatch, urlsOverlap } from './url-template.ts';

/** A RESTified endpoint with the operation that it runs. */
export interface RestEndpoint {
  readonly name: string;
  readonly comment: string | null;
  readonly segments: readonly Segment[];
  readonly methods: readonly string[];
  readonly query: string;
  readonly operation: OperationDefinitionNode;
}

/** What the metadata says of RESTified endpoints: those that can be served, and what is wrong with others. */
export interface RestEndpoints {
  readonly endpoints: readonly RestEndpoint[];
  readonly inconsistencies: readonly Inconsistency[];
}

/** What is found at a path: one endpoint and its path's values, or why there is none. */
export type RestMatch =
  | {
      readonly kind: 'endpoint';
      readonly endpoint: RestEndpoint;
      readonly values: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'none' }
  /** There is something at the path, but for other methods. */
  | { readonly kind: 'method'; readonly allowed: readonly string[] }
  | { readonly kind: 'several' };

/** Resolves the endpoints of some metadata. */
export function readRestEndpoints(metadata: Metadata): RestEndpoints {
  const endpoints: RestEndpoint[] = [];
  const inconsistencies: Inconsistency[] = [];
  for (const definition of metadata.rest_endpoints ?? []) {
    const result = resolve(definition, metadata.query_collections ?? []);
    const reason =
      typeof result === 'string' ? result : findConflict(result, endpoints, metadata.rest_endpoints ?? []);
    if (reason === null) endpoints.push(result as RestEndpoint);
    else {
      // An address that two endpoints claim stays taken, so that neither answers in the other's place.
      if (typeof result !== 'string') endpoints.push(result);
      inconsistencies.push({
        type: 'endpoint',
        name: `endpoint ${definition.name}`,
        reason: `Inconsistent object: ${reason}`,
        definition,
      });
    }
  }
  return { endpoints, inconsistencies };
}

/** Finds what answers at the decoded segments below `/api/rest/`. */
export function matchEndpoint(
  endpoints: readonly RestEndpoint[],
  method: string,
  path: readonly string[],
): RestMatch {
  const here = endpoints.filter(({ segments }) => segmentsMatch(segments, path));
  if (here.length === 0) return { kind: 'none' };
  const [endpoint, ...others] = here.filter(({ methods }) => methods.includes(method));
  if (others.length > 0) return { kind: 'several' };
  if (!endpoint)
    return { kind: 'method', allowed: [...new Set(here.flatMap(({ methods }) => methods))].sort() };
  const values = new Map<string, string>();
  for (const [index, segment] of endpoint.segments.entries()) {
    if (segment.kind === 'variable') values.set(segment.name, path[index] ?? '');
  }
  return { kind: 'endpoint', endpoint, values };
}

/** The endpoint, or in a sentence why there cannot be one. */
function resolve(
  definition: RestEndpointMetadata,
  collections: readonly QueryCollection[],
): RestEndpoint | string {
  const { collection_name: collectionName, query_name: queryName } = definition.definition.query;
  const collection = collections.find(({ name }) => name === collectionName);
  if (!collection) return `query collection with name "${collectionName}" does not exist`;
  const listed = collection.definition.queries.find(({ name }) => name === queryName);
  if (!listed) return `query with name "${queryName}" does not exist in query collection "${collectionName}"`;
  const segments = parseUrl(definition.url);
  if (typeof segments === 'string') return segments;
  let operation: OperationDefinitionNode;
  try {
    operation = parseOperation(listed.query, null).definition;
  } catch (thrown) {
    return `query "${queryName}": ${(thrown as Error).message}`;
  }
  if (operation.operation === 'subscription') return `query "${queryName}" is a subscription`;
  return {
    name: definition.name,
    comment: definition.comment ?? null,
    segments,
    methods: definition.methods,
    query: listed.query,
    operation,
  };
}

function findConflict(
  endpoint: RestEndpoint,
  before: readonly RestEndpoint[],
  all: readonly RestEndpointMetadata[],
): string | null {
  const other = before.find(
    (known) =>
      known.methods.some((method) => endpoint.methods.includes(method)) &&
      urlsOverlap(known.segments, endpoint.segments),
  );
  if (!other) return null;
  const urls = [other.name, endpoint.name].map((name) => all.find((given) => given.name === name)?.url);
  return `Ambiguous URL paths: ${urls.join(', ')}`;
}
