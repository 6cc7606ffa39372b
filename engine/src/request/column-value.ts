import { EngineError } from '../errors.ts';
import { arrayElementOf } from './array-names.ts';
import { isRawNumber } from './exact-number.ts';

/**
 * Values of Postgres columns. The reference reads them more freely than GraphQL's own scalars: a text may stand
 * for a value of any type, which Postgres then reads; a JSON value of another kind has to be the type's own.
 */

/** `json` and `jsonb` take any JSON value, PostGIS' types take GeoJSON. */
const structured = new Set(['json', 'jsonb', 'geometry', 'geography']);

const integerBits: Readonly<Record<string, bigint>> = { smallint: 16n, Int: 32n, bigint: 64n };

const numbers = new Set(['Float', 'float8', 'numeric', 'money']);

/** Types that JSON writes as texts, by the names that the reference gives them in its errors. */
const texts: Readonly<Record<string, string>> = {
  String: 'Text',
  citext: 'Text',
  bpchar: 'Text',
  name: 'Text',
  uuid: 'UUID',
  date: 'Day',
  timestamp: 'LocalTime',
  timestamptz: 'UTCTime',
  timetz: 'TimeOfDay',
  lquery: 'lquery',
  ltxtquery: 'ltxtquery',
};

/** Labels of letters, digits, `_` and (since Postgres 16) `-`; no label at all is a path, too. */
const labelPath = /^(?:[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*)?$/u;

/** Refuses a value that a column of the type, named as in GraphQL, cannot take whatever Postgres says. */
export function checkColumnValue(type: string, value: unknown, at: string): void {
  const problem = problemOf(type, value);
  if (problem !== null) throw new EngineError('parse-failed', problem, { path: at });
}

function problemOf(type: string, value: unknown): string | null {
  if (structured.has(type)) return null;
  if (type === 'ltree')
    return typeof value === 'string' ? pathProblem(value) : unexpected('ltree', 'String', value);
  if (typeof value === 'string') return null;
  const element = arrayElementOf(type);
  if (element !== null) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    for (const item of items) {
      const problem = item === null ? null : problemOf(Array.isArray(item) ? type : element, item);
      if (problem !== null) return problem;
    }
    return null;
  }
  const bits = integerBits[type];
  if (bits !== undefined) return integerProblem(bits, value);
  if (numbers.has(type)) return isNumber(value) ? null : unexpected(type, 'Number', value);
  if (type === 'Boolean') return typeof value === 'boolean' ? null : unexpected('Bool', 'Boolean', value);
  const name = texts[type];
  return name === undefined ? `A string is expected for type: ${type}` : unexpected(name, 'String', value);
}

function pathProblem(value: string): string | null {
  return labelPath.test(value)
    ? null
    : 'Expecting label path: a sequence of zero or more labels separated by dots, for example L1.L2.L3';
}

function integerProblem(bits: bigint, value: unknown): string | null {
  if (!isNumber(value)) return unexpected('Integer', 'Number', value);
  const text = isRawNumber(value) ? value.rawJSON : String(value);
  const bound = 2n ** (bits - 1n);
  const integer = toInteger(text);
  return integer !== null && integer >= -bound && integer < bound ? null : outOfBounds(text);
}

function toInteger(text: string): bigint | null {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  const value = Number(text);
  return Number.isSafeInteger(value) ? BigInt(value) : null;
}

/** The reference's words, with the number as it writes one: plain up to ten millions, else as a power of ten. */
export function outOfBounds(text: string): string {
  return `The value ${scientific(text)} lies outside the bounds or is not an integer.  Maybe it is a float, or is there integer overflow?`;
}

function scientific(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const leading = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = withoutTrailingZeros(leading);
  if (digits === '') return `${sign}0.0`;
  const exponent = Number(power) - fraction.length + leading.length - 1;
  if (exponent < -1 || exponent >= 7) {
    return `${sign}${digits.slice(0, 1)}.${digits.slice(1) || '0'}e${exponent}`;
  }
  const padded = exponent < 0 ? `0${digits}` : digits.padEnd(exponent + 1, '0');
  const point = Math.max(exponent, 0) + 1;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point) || '0'}`;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || isRawNumber(value);
}

function unexpected(type: string, expected: string, value: unknown): string {
  return `parsing ${type} failed, expected ${expected}, but encountered ${kindOf(value)}`;
}

function kindOf(value: unknown): string {
  if (isNumber(value)) return 'Number';
  if (value === null || value === undefined) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'boolean') return 'Boolean';
  return typeof value === 'string' ? 'String' : 'Object';
}
