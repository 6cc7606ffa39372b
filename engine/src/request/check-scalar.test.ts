import { GraphQLFloat, GraphQLInt, GraphQLString } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../http/parse-json.ts';
import { checkRowCount, checkScalar } from './check-scalar.ts';

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

  it.each([0, 2_147_483_647])('take %d for a limit', (value) => {
    expect(() => checkRowCount(32, GraphQLInt, value, 'an integer', '$.x')).not.toThrow();
  });

  it.each([
    [32, -1, 'expected a non-negative 32-bit integer'],
    [32, '1', 'expected a non-negative 32-bit integer'],
    [32, 2_147_483_648, 'lies outside the bounds'],
    [64, '-1', 'expected a non-negative 64-bit integer'],
    [64, '9223372036854775808', 'lies outside the bounds'],
  ] as const)('refuse as a number of rows of %d bits: %s', (bits, value, message) => {
    expect(() => checkRowCount(bits, GraphQLInt, value, 'something', '$.x')).toThrow(message);
  });

  it('take an offset beyond what JavaScript counts, as digits or as text', () => {
    const [digits] = parseJson('[9223372036854775807]') as [unknown];
    for (const value of [digits, '9223372036854775807']) {
      expect(() => checkRowCount(64, GraphQLInt, value, 'a number', '$.x')).not.toThrow();
    }
  });
});
