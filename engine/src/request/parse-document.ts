import { type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, parse } from 'graphql';
import { EngineError } from '../errors.ts';

/** What a client asks for, as it came. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** One operation of a document with the fragments beside it. */
export interface Operation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Far above any honest document; a wall against texts made to be slow. */
export const maxTokens = 20_000;

/** Parses a text and picks the operation that is meant. */
export function parseOperation(query: string, operationName: string | null | undefined): Operation {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true, maxTokens });
  } catch {
    throw new EngineError('validation-failed', 'not a valid graphql query', { path: '$.query' });
  }
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === 'OperationDefinition') operations.push(definition);
    else if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
    else throw new EngineError('validation-failed', 'not a valid graphql query', { path: '$.query' });
  }
  return { document, definition: pickOperation(operations, operationName, query), fragments };
}

/** A document that opens with a selection set instead of `query`, behind what GraphQL ignores. */
const shorthand = /^(?:[\s,\uFEFF]|#[^\r\n]*[\r\n])*\{/;

function pickOperation(
  operations: readonly OperationDefinitionNode[],
  name: string | null | undefined,
  query: string,
): OperationDefinitionNode {
  if (name !== null && name !== undefined && name !== '') {
    if (shorthand.test(query)) {
      throw new EngineError(
        'validation-failed',
        'operationName cannot be used when an anonymous operation exists in the document',
        { path: '$' },
      );
    }
    const named = operations.find((operation) => operation.name?.value === name);
    if (named) return named;
    throw new EngineError('validation-failed', `no such operation found in the document: "${name}"`, {
      path: '$',
    });
  }
  const [only, ...others] = operations;
  if (only && others.length === 0) return only;
  throw new EngineError(
    'validation-failed',
    'exactly one operation has to be present in the document when operationName is not specified',
    { path: '$' },
  );
}
