import type { CatalogType } from '../catalog/types.ts';
import { quoteIdentifier } from '../sql/quote.ts';

/** A Postgres type spelled for a cast; arrays by their element. */
export function sqlTypeOf(type: CatalogType): string {
  if (type.element !== null) return `${spell(type.elementSchema, type.element)}[]`;
  return spell(type.schema, type.name);
}

/** The type of a list of such values. */
export function sqlListTypeOf(type: CatalogType): string {
  // A list of arrays is compared as text arrays would be: Postgres has no array of arrays type of its own.
  return type.element === null ? `${spell(type.schema, type.name)}[]` : sqlTypeOf(type);
}

function spell(schema: string | null, name: string): string {
  return schema === null || schema === 'pg_catalog'
    ? quoteIdentifier(name)
    : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
