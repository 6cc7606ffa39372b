import type { Queryable } from '../execute/pool.ts';
import type { Metadata } from '../metadata/types.ts';

/** Scalars that GraphQL brings along. */
const BUILT_IN = ['Int', 'Float', 'String', 'Boolean', 'ID'];

/** GraphQL's names of Postgres types that have another one there. */
const POSTGRES_NAMES: Readonly<Record<string, string>> = { bigint: 'int8', smallint: 'int2' };

/** Which of the type names that actions and custom types mention are scalars: GraphQL's, custom, or Postgres'. */
export async function readScalars(metadata: Metadata, database: Queryable): Promise<ReadonlySet<string>> {
  const { objects = [], input_objects: inputs = [], enums = [], scalars = [] } = metadata.custom_types ?? {};
  const known = new Set([...BUILT_IN, ...(scalars ?? []).map(({ name }) => name)]);
  const custom = new Set([...(objects ?? []), ...(inputs ?? []), ...(enums ?? [])].map(({ name }) => name));
  const mentioned = [
    ...[...(objects ?? []), ...(inputs ?? [])].flatMap(({ fields }) => fields.map(({ type }) => type)),
    ...(metadata.actions ?? []).flatMap(({ definition }) => [
      definition.output_type,
      ...(definition.arguments ?? []).map(({ type }) => type),
    ]),
  ].map(bareName);
  const unknown = [...new Set(mentioned)].filter((name) => !known.has(name) && !custom.has(name));
  if (unknown.length === 0) return known;
  const rows = await database.queryRows(
    {
      text: `SELECT DISTINCT typname::text FROM pg_catalog.pg_type
        WHERE typname = ANY (SELECT json_array_elements_text($1::json)) AND typtype IN ('b', 'e', 'd', 'r', 'm')`,
    },
    [JSON.stringify(unknown.map((name) => POSTGRES_NAMES[name] ?? name))],
  );
  const inPostgres = new Set(rows.map(([name]) => name));
  for (const name of unknown) if (inPostgres.has(POSTGRES_NAMES[name] ?? name)) known.add(name);
  return known;
}

/** `[Name!]!` → `Name`. */
export function bareName(type: string): string {
  return type.replaceAll(/[[\]!\s]/g, '');
}
