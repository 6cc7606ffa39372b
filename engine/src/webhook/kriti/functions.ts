import {
  isJsonNumber,
  isJsonObject,
  type JsonNumber,
  jsonKindOf,
  textOfNumber,
} from '../../json/json-values.ts';
import { KritiError } from './types.ts';

/** A function of one value. */
export type KritiFunction = (value: unknown) => unknown;

/** The functions that every template has, as documented for the reference. */
export const basicFunctions: Readonly<Record<string, KritiFunction>> = {
  empty(value) {
    if (value === null) return true;
    if (typeof value === 'boolean') return refuse('empty', value);
    return sizeOf(value) === 0;
  },
  size: sizeOf,
  length: sizeOf,
  not: (value) => (typeof value === 'boolean' ? !value : refuse('not', value)),
  inverse(value) {
    if (typeof value === 'boolean') return !value;
    if (isJsonNumber(value))
      return Number(textOfNumber(value)) === 0 ? refuse('inverse', value) : 1 / Number(textOfNumber(value));
    if (typeof value === 'string') return [...value].reverse().join('');
    return Array.isArray(value) ? value.toReversed() : value;
  },
  head(value) {
    const items = typeof value === 'string' ? [...value] : value;
    return Array.isArray(items) && items.length > 0 ? items[0] : refuse('head', value);
  },
  tail(value) {
    if (typeof value === 'string') return [...value].slice(1).join('');
    return Array.isArray(value) ? value.slice(1) : refuse('tail', value);
  },
  toCaseFold: (value) => textOf('toCaseFold', value).toLowerCase(),
  toLower: (value) => textOf('toLower', value).toLowerCase(),
  toUpper: (value) => textOf('toUpper', value).toUpperCase(),
  toTitle: (value) =>
    textOf('toTitle', value).replaceAll(
      /\p{L}[\p{L}\p{M}']*/gu,
      (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
    ),
  fromPairs(value) {
    const isPairs =
      Array.isArray(value) &&
      value.every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string');
    return isPairs ? Object.fromEntries(value as [string, unknown][]) : refuse('fromPairs', value);
  },
  toPairs: (value) => (isJsonObject(value) ? Object.entries(value) : refuse('toPairs', value)),
  removeNulls: (value) =>
    Array.isArray(value) ? value.filter((item) => item !== null) : refuse('removeNulls', value),
  concat(value) {
    if (!Array.isArray(value)) return refuse('concat', value);
    if (value.every((item) => typeof item === 'string')) return value.join('');
    if (value.every(Array.isArray)) return value.flat();
    if (value.every(isJsonObject)) return Object.fromEntries(value.flatMap((item) => Object.entries(item)));
    return refuse('concat', value);
  },
  escapeUri: (value) => encodeURIComponent(textOf('escapeUri', value)),
};

function sizeOf(value: unknown): JsonNumber {
  if (value === null) return 0;
  if (isJsonNumber(value)) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

/** A text; numbers and booleans are taken as theirs. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (isJsonNumber(value)) return textOfNumber(value);
  return typeof value === 'boolean' ? String(value) : refuse(name, value);
}

function refuse(name: string, value: unknown): never {
  const kind =
    value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${jsonKindOf(value)}`;
  throw new KritiError(`${name} cannot be applied to ${kind}`);
}
