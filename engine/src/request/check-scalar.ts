import type { GraphQLScalarType } from 'graphql';
import { EngineError } from '../errors.ts';
import { outOfBounds } from './column-value.ts';
import { isRawNumber } from './exact-number.ts';

const minInt = -(2 ** 31);
const maxInt = 2 ** 31 - 1;

/** Refuses a value that GraphQL's own scalars cannot be; every other scalar is left to Postgres to read. */
export function checkScalar(type: GraphQLScalarType, value: unknown, found: string, at: string): void {
  switch (type.name) {
    case 'Int':
      if (found === 'a float') throw mismatch('a 32-bit integer', type, found, at);
      if (isRawNumber(value)) throw parseFailed(value.rawJSON, at);
      if (typeof value !== 'number') throw mismatch('a 32-bit integer', type, found, at);
      if (!Number.isInteger(value) || value < minInt || value > maxInt) throw parseFailed(String(value), at);
      return;
    case 'Float':
      if (typeof value !== 'number' && !isRawNumber(value)) throw mismatch('a float', type, found, at);
      return;
    case 'String':
      if (typeof value !== 'string') throw mismatch('a string', type, found, at);
      return;
    case 'Boolean':
      if (typeof value !== 'boolean') throw mismatch('a boolean', type, found, at);
      return;
    case 'ID':
      if (typeof value !== 'string' && typeof value !== 'number' && !isRawNumber(value))
        throw mismatch('an ID', type, found, at);
      return;
  }
}

/** Refuses what is no number of rows. More of them than GraphQL's Int can say may come as a text of digits. */
export function checkRowCount(
  bits: 32 | 64,
  type: GraphQLScalarType,
  value: unknown,
  found: string,
  at: string,
): void {
  const text = digitsOf(value, bits);
  if (text === null || found === 'a float' || text.startsWith('-')) {
    throw mismatch(`a non-negative ${bits}-bit integer`, type, found, at);
  }
  if (!/^\d+$/.test(text) || BigInt(text) >= 2n ** BigInt(bits - 1)) throw parseFailed(text, at);
}

function digitsOf(value: unknown, bits: 32 | 64): string | null {
  if (isRawNumber(value)) return value.rawJSON;
  if (typeof value === 'number') return String(value);
  return bits === 64 && typeof value === 'string' && /^\d+$/.test(value) ? value : null;
}

function mismatch(expected: string, type: GraphQLScalarType, found: string, at: string): EngineError {
  return new EngineError(
    'validation-failed',
    `expected ${expected} for type "${type.name}", but found ${found}`,
    { path: at },
  );
}

function parseFailed(value: string, at: string): EngineError {
  return new EngineError('parse-failed', outOfBounds(value), { path: at });
}
