import {
  compareDecimals,
  type DecimalNumber,
  isRawNumber,
  type RawNumber,
  readDecimal,
} from '../request/exact-number.ts';

/**
 * JSON as values, for whatever takes JSON apart. A number that JavaScript would round is an object here (see
 * `exact-number.ts`), so nobody may ask `typeof` alone whether a value is a number or an object: they ask here.
 */

/** A number of JSON, rounded by nobody. */
export type JsonNumber = number | RawNumber;

/** Whether a JSON value is a number. */
export function isJsonNumber(value: unknown): value is JsonNumber {
  return typeof value === 'number' || isRawNumber(value);
}

/** Whether a JSON value is an object, rather than a list, a number or null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

/** The kind of a JSON value, as `typeof` would tell it if it knew JSON. */
export function jsonKindOf(value: unknown): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isJsonNumber(value)) return 'number';
  return typeof value as 'boolean' | 'string' | 'object';
}

/** A number's digits as JSON writes them. */
export function textOfNumber(value: JsonNumber): string {
  return typeof value === 'number' ? String(value) : value.rawJSON;
}

/** Whether the left number is less (negative), equal (0) or greater (positive); exact whatever their size. */
export function compareNumbers(left: JsonNumber, right: JsonNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  return compareDecimals(decimalOf(left), decimalOf(right));
}

function decimalOf(value: JsonNumber): DecimalNumber {
  return readDecimal(textOfNumber(value));
}

/** Whether two JSON values say the same; `1` and `1.0` do. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isJsonNumber(left)) return isJsonNumber(right) && compareNumbers(left, right) === 0;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isSameJson(item, right[index]))
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSameJson(left[key], right[key]))
  );
}

/** A copy that shares nothing with the value but what cannot be changed; `structuredClone` refuses long numbers. */
export function cloneJson<Value>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}
