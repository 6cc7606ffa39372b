import { buildSchema, execute, getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkIntrospectionSize } from './introspection-size.ts';

const schema = buildSchema(`
  """What can be asked."""
  type Query { tier(level: Int! = 1, names: [String!]): Tier, tiers: [Tier!]! }
  type Tier { level: Int!, kind: Kind, next: Tier, old: String @deprecated }
  enum Kind { LOW HIGH }
  input Filter { level: Int, all: [Filter!] }
  union Anything = Tier
`);
const none = { fields: 0, bytes: 0 };
const roomy = { introspectionFields: 1_000_000, answerBytes: 1_000_000_000 };

function size(query: string, variables: Record<string, unknown> = {}, bounds = roomy, spent = none) {
  return checkIntrospectionSize({ schema, document: parse(query), variables }, bounds, spent);
}

/** The fields that the answer really holds, and the length of its text. */
function answered(query: string): { fields: number; text: string } {
  const { data } = execute({ schema, document: parse(query) }) as { data: unknown };
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + count(item), 0);
    if (typeof value !== 'object' || value === null) return 0;
    return Object.values(value).reduce((sum: number, item) => sum + 1 + count(item), 0);
  };
  return { fields: count(data), text: JSON.stringify(data) };
}

describe('the size of an introspection', () => {
  it.each([
    ['the standard question', getIntrospectionQuery({ inputValueDeprecation: true })],
    ['aliases', '{ a: __schema { types { b: name c: name } } d: __schema { queryType { name } } }'],
    [
      'one type',
      '{ __type(name: "Tier") { fields(includeDeprecated: true) { name type { name ofType { name } } } } }',
    ],
    [
      'fragments',
      '{ __schema { ...S } } fragment S on __Schema { types { ... on __Type { name } } directives { args { name } } }',
    ],
  ])('is counted from the schema: %s', (_name, query) => {
    const real = answered(query);
    expect(size(query).fields).toBe(real.fields);
    // Values such as kinds are taken for a little longer than most are.
    expect(size(query).bytes).toBeGreaterThan(real.text.length * 0.7);
    expect(size(query).bytes).toBeLessThan(real.text.length * 2);
  });

  it('follows the variable that names a type', () => {
    const query = 'query ($name: String!) { __type(name: $name) { name fields { name } } }';
    expect(size(query, { name: 'Tier' }).fields).toBeGreaterThan(size(query, { name: 'Kind' }).fields);
    expect(size(query, { name: 'Nothing' }).fields).toBe(1);
  });

  it('is refused before an answer is made, also for what was spent on other fields', () => {
    const query = '{ __schema { types { name } } }';
    const bounds = { ...roomy, introspectionFields: 20 };
    expect(() => size(query, {}, bounds)).not.toThrow();
    expect(() => size(query, {}, bounds, { fields: 15, bytes: 0 })).toThrow('more than 20 fields');
    const name = 'x'.repeat(1000);
    expect(() =>
      size(`{ __schema { types { ${name}: name } } }`, {}, { ...roomy, answerBytes: 5000 }),
    ).toThrow('more than 5000 bytes');
  });

  it('is counted in a time that does not grow with the answer', () => {
    const started = process.cpuUsage();
    const deep = (levels: number): string =>
      levels === 0
        ? 'name'
        : `fields { args { type { name } } type { ofType { ${deep(levels - 1)} } name } }`;
    const many = Array.from({ length: 200 }, (_, n) => `a${n}: __schema { types { ${deep(2)} } }`).join(' ');
    expect(() => size(`{ ${many} }`, {}, { ...roomy, introspectionFields: 2000 })).toThrow(
      'more than 2000 fields',
    );
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});
