import type { GraphQLScalarType } from 'graphql';
import { EngineError } from '../errors.ts';

const minInt = -(2 ** 31);
const maxInt = 2 ** 31 - 1;

/** Refuses a value that GraphQL's own scalars cannot be; every other scalar is left to Postgres to read. */
export function checkScalar(type: GraphQLScalarType, value: unknown, found: string, at: string): void {
  switch (type.name) {
    case 'Int':
      if (isLongNumber(value)) throw outOfBounds(Number(JSON.stringify(value)), at);
      if (typeof value !== 'number') throw mismatch('a 32-bit integer', type, found, at);
      if (!Number.isInteger(value) || value < minInt || value > maxInt) throw outOfBounds(value, at);
      return;
    case 'Float':
      if (typeof value !== 'number' && !isLongNumber(value)) throw mismatch('a float', type, found, at);
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

/** A number that keeps digits JavaScript would round (see http/parse-json.ts). */
function isLongNumber(value: unknown): boolean {
  return (JSON as unknown as { isRawJSON: (value: unknown) => boolean }).isRawJSON(value);
}

function mismatch(expected: string, type: GraphQLScalarType, found: string, at: string): EngineError {
  return new EngineError(
    'validation-failed',
    `expected ${expected} for type "${type.name}", but found ${found}`,
    { path: at },
  );
}

function outOfBounds(value: number, at: string): EngineError {
  const shown = Number.isInteger(value) ? value.toExponential().replace('e+', 'e') : String(value);
  return new EngineError(
    'parse-failed',
    `The value ${shown} lies outside the bounds or is not an integer.  Maybe it is a float, or is there integer overflow?`,
    { path: at },
  );
}
