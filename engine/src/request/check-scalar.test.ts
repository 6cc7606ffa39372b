import { GraphQLFloat, GraphQLInt, GraphQLString } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../http/parse-json.ts';
import { checkScalar } from './check-scalar.ts';

const check = (type: Parameters<typeof checkScalar>[0], value: unknown) =>
  checkScalar(type, value, 'something', '$.x');

describe('scalars of GraphQL', () => {
  it.each([2_147_483_647, -2_147_483_648, 0])('take %d for an Int', (value) => {
    expect(() => check(GraphQLInt, value)).not.toThrow();
  });

  it.each([2_147_483_648, 1.5, Number.NaN])('refuse %d for an Int', (value) => {
    expect(() => check(GraphQLInt, value)).toThrow('lies outside the bounds');
  });

  it('know numbers that kept their digits', () => {
    const [long, precise] = parseJson('[12345678901234567890, 0.12345678901234567890]') as [unknown, unknown];
    expect(() => check(GraphQLInt, long)).toThrow('lies outside the bounds');
    expect(() => check(GraphQLFloat, precise)).not.toThrow();
    expect(() => check(GraphQLString, long)).toThrow('expected a string for type "String"');
  });
});
