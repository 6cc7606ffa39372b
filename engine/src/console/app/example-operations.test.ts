import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { makeExamples } from './example-operations.ts';

it('makes operations that the schema accepts', () => {
  const schema = buildSchema(`
    type query_root {
      things(limit: Int): [things!]!
      things_aggregate(limit: Int): things_aggregate!
      things_by_pk(id: Int!): things
      hidden(limit: Int): [hidden!]!
      needs(limit: Int, id: Int!): [things!]!
    }
    type subscription_root { things(limit: Int): [things!]! }
    type things { id: Int! name: String other: things meta(path: String): String }
    type hidden { thing: things }
    type things_aggregate { aggregate: things_aggregate_fields }
    type things_aggregate_fields { count: Int! }
    schema { query: query_root subscription: subscription_root }
  `);
  const examples = makeExamples(schema);
  expect(examples.map((example) => example.title)).toEqual(['List things', 'Count things', 'Watch things']);
  for (const { query } of examples) expect(validate(schema, parse(query))).toEqual([]);
  expect(examples[0]?.query).toContain('id\n    name\n    meta');
});
