import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { boundsOf, defaultBounds } from '../guards/bounds.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import { Introspection } from './introspect.ts';

/** A role's schema that counts how often an answer is made from it. */
function countedSchema() {
  const schema = buildSchema('type Query { tier(level: Int): Int }');
  const made = { answers: 0 };
  const roleSchema = {
    role: 'reader',
    schema,
    introspects: true,
    sorted: () => {
      made.answers += 1;
      return schema;
    },
  } as unknown as RoleSchema;
  return { roleSchema, made };
}

const bounds = boundsOf(defaultBounds(), 'reader');

function part(query: string) {
  return { kind: 'introspection', key: '__schema', document: parse(query), shape: query } as const;
}

describe('the answer to an introspection', () => {
  it('is made once for each question and schema', () => {
    const { roleSchema, made } = countedSchema();
    const ask = (query: string, variables = {}) =>
      new Introspection({ roleSchema, variables, bounds }).answer(part(query));
    const names = '{ __schema { types { name } } }';
    expect(JSON.parse(ask(names))).toHaveProperty('types');
    expect(ask(names)).toBe(ask(names));
    expect(made.answers).toBe(1);
    ask('{ __schema { types { kind } } }');
    ask(names, { other: 1 });
    expect(made.answers).toBe(3);
    const other = countedSchema();
    new Introspection({ roleSchema: other.roleSchema, variables: {}, bounds }).answer(part(names));
    expect(other.made.answers).toBe(1);
  });

  it('counts towards the bounds of its operation also where it is known already', () => {
    const { roleSchema, made } = countedSchema();
    const narrow = { ...bounds, introspectionFields: 60 };
    const names = part('{ __schema { types { name } } }');
    const operation = new Introspection({ roleSchema, variables: {}, bounds: narrow });
    const answerMany = (): void => {
      for (let times = 0; times < 10; times += 1) operation.answer(names);
    };
    expect(answerMany).toThrow('more than 60 fields');
    expect(made.answers).toBe(1);
  });

  it('is refused before any of it is made, whichever field of the operation is too much', () => {
    const { roleSchema } = countedSchema();
    const narrow = { ...bounds, introspectionFields: 60 };
    const parts = Array.from({ length: 10 }, (_, n) => part(`{ n${n}: __schema { types { name } } }`));
    const operation = () => new Introspection({ roleSchema, variables: {}, bounds: narrow });
    expect(() => operation().check(parts)).toThrow('more than 60 fields');
    expect(() => operation().check(parts.slice(0, 2))).not.toThrow();
  });
});
