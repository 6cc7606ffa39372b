import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Queryable } from './fixtures.ts';
import { PROJECT } from './project.ts';

/** The metadata folder. */
export const METADATA = `${PROJECT}metadata`;

export interface TableName {
  readonly name: string;
  readonly schema: string;
}

export interface Relationship {
  readonly name: string;
  readonly using: {
    readonly foreign_key_constraint_on?: string | { readonly column: string; readonly table: TableName };
    readonly manual_configuration?: {
      readonly remote_table: TableName;
      readonly column_mapping: Readonly<Record<string, string>>;
    };
  };
}

export interface Permission {
  readonly role: string;
  readonly permission: {
    readonly columns?: readonly string[];
    readonly filter?: unknown;
    readonly check?: unknown;
    readonly set?: Readonly<Record<string, string>>;
    readonly limit?: number;
    readonly allow_aggregations?: boolean;
  };
}

export interface Table {
  readonly table: TableName;
  readonly object_relationships?: readonly Relationship[];
  readonly array_relationships?: readonly Relationship[];
  readonly insert_permissions?: readonly Permission[];
  readonly select_permissions?: readonly Permission[];
  readonly update_permissions?: readonly Permission[];
  readonly delete_permissions?: readonly Permission[];
}

/** A YAML file as plain data. */
export const readYaml = async <T>(path: string): Promise<T> => parseYaml(await readFile(path, 'utf8')) as T;

/** The tracked tables, as their files say. */
export async function readTables(): Promise<Table[]> {
  const folder = `${METADATA}/databases/default/tables`;
  const includes = await readYaml<string[]>(`${folder}/tables.yaml`);
  return Promise.all(
    includes.map((include) => readYaml<Table>(join(folder, include.replace('!include ', '')))),
  );
}

/** Each table and view of the schema public with its columns, as Postgres knows them. */
export async function readColumns(db: Queryable): Promise<Map<string, Set<string>>> {
  const { rows } = await db.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
     group by c.relname`,
  );
  return new Map(rows.map((row) => [row.name, new Set(row.columns)]));
}

/** All permissions of a table with the operation that each is for. */
export function permissionsOf(
  table: Table,
): { kind: string; role: string; permission: Permission['permission'] }[] {
  return (['insert', 'select', 'update', 'delete'] as const).flatMap((kind) =>
    (table[`${kind}_permissions`] ?? []).map((permission) => ({ kind, ...permission })),
  );
}
