import type { CatalogType } from '../catalog/types.ts';
import { toArrayLiteral } from './array-literal.ts';
import type { Encoder } from './types.ts';

/** Any scalar as text: what `psql` would be given. */
export function encodeScalar(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** JSON goes over as its text, a string being a JSON string. */
export function encodeJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function encodeArrayOf(encode: Encoder): Encoder {
  return (value) => {
    if (value === null || value === undefined) return null;
    // A string is taken for an array literal, as Postgres itself takes it.
    return Array.isArray(value) ? toArrayLiteral(value, encode) : encodeScalar(value);
  };
}

const jsonTypes = new Set(['json', 'jsonb']);

/** How values of a type are written for Postgres. */
export function encoderOf(type: CatalogType): Encoder {
  if (type.element !== null) return encodeArrayOf(jsonTypes.has(type.element) ? encodeJson : encodeScalar);
  return jsonTypes.has(type.name) ? encodeJson : encodeScalar;
}

/** The same for a list of such values. */
export function listEncoderOf(type: CatalogType): Encoder {
  const encode = encoderOf(type);
  return (value) => {
    if (value === null || value === undefined) return null;
    return Array.isArray(value) ? toArrayLiteral(value, encode) : toArrayLiteral([value], encode);
  };
}
