import type { Queryable } from '../execute/pool.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { CatalogColumn, CatalogTable } from './types.ts';

/** One value of an enum table, with what its other column says of it. */
export interface EnumValue {
  readonly value: string;
  readonly comment: string | null;
}

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/;
/** Words that GraphQL keeps from enums. */
const kept: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** The rows of a table marked `is_enum`, or every reason why it cannot be one. */
export type EnumReading =
  | { readonly values: readonly EnumValue[] }
  | { readonly problems: readonly string[] };

/**
 * Reads the rows of a table marked `is_enum`: it needs a primary key of one text column, at most one more
 * text column, and a row or more, each a name that GraphQL can spell.
 */
export async function readEnumValues(pool: Queryable, table: CatalogTable): Promise<EnumReading> {
  const problems: string[] = [];
  const key = findKey(table, problems);
  const comment = findComment(table, key, problems);
  if (key === undefined || problems.length > 0) return { problems };
  const from = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const columns = `${quoteIdentifier(key.name)}, ${comment ? quoteIdentifier(comment.name) : 'NULL::text'}`;
  const rows = await pool.queryRows({ text: `SELECT ${columns} FROM ${from} ORDER BY 1` }, []);
  if (rows.length === 0) return { problems: ['the table must have at least one row'] };
  const bad = rows
    .map(([value]) => value ?? '')
    .filter((value) => !graphqlName.test(value) || value.startsWith('__') || kept.has(value));
  if (bad.length > 0) return { problems: [badNames(bad.sort().map((value) => `"${value}"`))] };
  return { values: rows.map(([value, text]) => ({ value: value ?? '', comment: text ?? null })) };
}

function findKey(table: CatalogTable, problems: string[]): CatalogColumn | undefined {
  const names = table.primaryKey?.columns ?? [];
  const key = table.columns.find(({ name }) => name === names[0]);
  if (key === undefined) problems.push('the table must have a primary key');
  else if (names.length > 1) {
    const list = [...names].sort().join(', ');
    problems.push(`the table’s primary key must not span multiple columns (${list})`);
  } else if (key.type.name === 'text') return key;
  else problems.push(notText('primary key', key));
  return undefined;
}

function findComment(
  table: CatalogTable,
  key: CatalogColumn | undefined,
  problems: string[],
): CatalogColumn | undefined {
  const [comment, ...others] = table.columns.filter((column) => column !== key);
  if (comment === undefined) return undefined;
  if (others.length > 0) {
    const names = [comment, ...others].map(({ name }) => name).sort();
    const shape = 'the table must have exactly one primary key and optionally one comment column';
    problems.push(`${shape}, not ${names.length} columns (${names.join(', ')})`);
  } else if (comment.type.name === 'text') return comment;
  else problems.push(notText('comment column', comment));
  return undefined;
}

function notText(description: string, column: CatalogColumn): string {
  const type = standardNames[column.type.name] ?? column.type.name;
  return `the table’s ${description} ("${column.name}") must have type "text", not type "${type}"`;
}

/** Types that the reference calls by their standard name. */
const standardNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  bool: 'boolean',
};

function badNames(values: readonly string[]): string {
  const rest = values.slice(0, -1);
  const last = values.at(-1);
  if (rest.length === 0) return `the value ${last} is not a valid GraphQL enum value name`;
  const list = rest.length === 1 ? `${rest[0]} and ${last}` : `${rest.join(', ')}, and ${last}`;
  return `the values ${list} are not valid GraphQL enum value names`;
}
