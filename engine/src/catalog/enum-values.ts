import type { Queryable } from '../execute/pool.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { CatalogTable } from './types.ts';

/** One value of an enum table, with what its other column says of it. */
export interface EnumValue {
  readonly value: string;
  readonly comment: string | null;
}

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/;

/**
 * Reads the rows of a table marked `is_enum`; a reason when it cannot be one: it needs a primary key of
 * one text column, at most one more text column, and a row or more, each a name that GraphQL can spell.
 */
export async function readEnumValues(
  pool: Queryable,
  table: CatalogTable,
): Promise<readonly EnumValue[] | string> {
  const [key, ...others] = table.primaryKey?.columns ?? [];
  if (key === undefined) return 'the table must have a primary key';
  if (others.length > 0) return 'the table’s primary key must not span multiple columns';
  const isText = (name: string): boolean =>
    table.columns.find((column) => column.name === name)?.type.name === 'text';
  if (!isText(key)) return `the table’s primary key ("${key}") must have type "text"`;
  const comments = table.columns.filter((column) => column.name !== key);
  if (comments.length > 1)
    return 'the table must have exactly one primary key and optionally one comment column';
  const [comment] = comments;
  if (comment && !isText(comment.name))
    return `the table’s comment column ("${comment.name}") must have type "text"`;
  const from = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const columns = `${quoteIdentifier(key)}, ${comment ? quoteIdentifier(comment.name) : 'NULL::text'}`;
  const rows = await pool.queryRows({ text: `SELECT ${columns} FROM ${from} ORDER BY 1` }, []);
  if (rows.length === 0) return 'the table must have at least one row';
  const bad = rows.map(([value]) => value ?? '').filter((value) => !graphqlName.test(value));
  if (bad.length === 1) return `the value "${bad[0]}" is not a valid GraphQL enum value name`;
  if (bad.length > 1)
    return `the values ${bad.map((value) => `"${value}"`).join(', ')} are not valid GraphQL enum value names`;
  return rows.map(([value, text]) => ({ value: value ?? '', comment: text ?? null }));
}
