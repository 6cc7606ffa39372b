import { type GraphQLSchema, parse, validate } from 'graphql';
import type { Metadata } from '../../metadata/types.ts';
import type { ExampleOperation } from './example-operations.ts';

/** The operations that the project keeps in its query collections. */
export function readSavedOperations(metadata: Metadata): readonly ExampleOperation[] {
  return (metadata.query_collections ?? []).flatMap(({ definition }) =>
    definition.queries.map(({ name, query }) => ({ title: name, query: `${query.trim()}\n` })),
  );
}

/** Those of them that the role behind a schema may run. */
export function selectRunnable(
  operations: readonly ExampleOperation[],
  schema: GraphQLSchema,
): readonly ExampleOperation[] {
  return operations.filter(({ query }) => {
    try {
      return validate(schema, parse(query)).length === 0;
    } catch {
      return false;
    }
  });
}
