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
      if (typeof value !== 'string' && typeof value !== 'number') throw mismatch('an ID', type, found, at);
      return;
  }
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
