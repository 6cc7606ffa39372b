import { readFileSync } from 'node:fs';
import { readMetadata } from '@tierline/engine';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { PROJECT } from './project.ts';

const metadata = await readMetadata(PROJECT);
const schemas = ['anonymous', 'vendor', 'app_admin'].map((role) => ({
  role,
  schema: buildSchema(readFileSync(new URL(`../../schema/${role}.graphql`, import.meta.url), 'utf8')),
}));
const examples = (metadata.query_collections ?? []).flatMap(({ definition }) => definition.queries);

describe('an example operation', () => {
  it.each(examples)('is one that some role may run: $name', ({ query }) => {
    const problems = schemas.map(({ role, schema }) => ({
      role,
      errors: validate(schema, parse(query)).map(({ message }) => message),
    }));
    expect(
      problems.some(({ errors }) => errors.length === 0),
      JSON.stringify(problems),
    ).toBe(true);
  });

  it.each(schemas)('is there for $role', ({ schema }) => {
    expect(examples.some(({ query }) => validate(schema, parse(query)).length === 0)).toBe(true);
  });
});
