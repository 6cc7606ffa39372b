import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { readSavedOperations, selectRunnable } from './saved-operations.ts';

it('offers the operations of the query collections that a role may run', () => {
  const queries = [
    { name: 'Mine', query: '{ things { id } }\n\n' },
    { name: 'Of others', query: '{ secrets { id } }' },
    { name: 'Broken', query: '{' },
  ];
  const saved = readSavedOperations({
    version: 3,
    sources: [],
    query_collections: [{ name: 'examples', definition: { queries } }],
  });
  expect(saved).toHaveLength(3);
  const schema = buildSchema('type Query { things: [Thing] } type Thing { id: Int }');
  expect(selectRunnable(saved, schema)).toEqual([{ title: 'Mine', query: '{ things { id } }\n' }]);
});
