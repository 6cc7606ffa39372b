import type pg from 'pg';
import { introspectCatalog } from '../catalog/introspect.ts';
import type { Catalog, CatalogColumn, CatalogForeignKey } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { fromPostgresError, postgresDetails } from '../execute/pg-errors.ts';
import { type Pool, queryableOf } from '../execute/pool.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import { isObject } from './arguments.ts';
import {
  foreignKeyDependents,
  functionDependents,
  tableDependents,
  typeDependents,
} from './catalog-dependents.ts';
import { columnDependents } from './dependencies.ts';
import { type Dependent, dropDependents, sourceOf } from './draft.ts';
import { followRenames } from './follow-renames.ts';
import type { Operation, OperationArgs, OperationContext } from './types.ts';

/** Statements that may change what metadata rests on. */
const changesCatalog = /\b(alter|drop|replace|create\s+function|comment\s+on)\b/i;

/**
 * `run_sql`: a script inside the request's transaction. Where it may have changed the catalog, metadata follows
 * renamed tables and columns, and what rested on something dropped goes too, but only with `cascade`.
 */
export const runSql: Operation = async (context, args) => {
  const sql = readSql(args);
  if (args.read_only === true) {
    return { answer: await runReadOnly(context.client, sql), isQuiet: true, spoilsConnection: true };
  }
  const checks = args.check_metadata_consistency ?? changesCatalog.test(sql);
  const answer = await runScript(context.client, sql);
  if (checks) await followCatalog(context, args.cascade === true);
  return {
    answer,
    catalogChanged: true,
    refuses: checks ? 'new' : 'none',
    subject: null,
    isQuiet: checks !== true,
    spoilsConnection: true,
  };
};

/** `run_sql` with `read_only`: needs no place in the row of changes. */
export async function runReadOnlySql(pool: Pool, args: OperationArgs): Promise<unknown> {
  const sql = readSql(args);
  return pool.withClient(async (client, closeAfterwards) => {
    closeAfterwards();
    // For the session too, in case the script ends the transaction.
    await client.query('SET default_transaction_read_only = on; BEGIN READ ONLY');
    const answer = await runScript(client, sql);
    await client.query('COMMIT');
    return answer;
  });
}

/** Between operations that change something, in whose midst it sees what they have done. */
async function runReadOnly(client: pg.ClientBase, sql: string): Promise<unknown> {
  await client.query('SAVEPOINT read_only_script; SET LOCAL transaction_read_only = on');
  const answer = await runScript(client, sql);
  await client.query('RELEASE SAVEPOINT read_only_script');
  return answer;
}

/** Whether a request is a `run_sql` that promises to change nothing. */
export function isReadOnlySql(type: unknown, args: unknown): args is OperationArgs {
  return /^(pg_)?run_sql$/.test(String(type)) && isObject(args) && args.read_only === true;
}

function readSql(args: OperationArgs): string {
  if (typeof args.sql === 'string') return args.sql;
  throw new EngineError('parse-failed', 'key "sql" not found', { path: '$.args' });
}

async function runScript(client: pg.ClientBase, sql: string): Promise<unknown> {
  try {
    return toAnswer(await client.query({ text: sql, rowMode: 'array', types: rawText }));
  } catch (error) {
    throw asQueryError(error, sql);
  }
}

const rawText = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

/** The last statement's result, as the reference shows it: a header and rows of texts. */
function toAnswer(result: pg.QueryArrayResult | pg.QueryArrayResult[]): unknown {
  const last = Array.isArray(result) ? result.at(-1) : result;
  if (!last || last.fields.length === 0) return { result_type: 'CommandOk', result: null };
  return { result_type: 'TuplesOk', result: [last.fields.map((field) => field.name), ...last.rows] };
}

function asQueryError(error: unknown, sql: string): EngineError {
  const details = postgresDetails(error);
  if (!details) return fromPostgresError(error);
  const internal = { error: details, statement: sql, prepared: false, arguments: [] };
  return new EngineError('postgres-error', 'query execution failed', { path: '$.args', internal });
}

/** Compares the catalog before and after, still inside the script's transaction. */
async function followCatalog(context: OperationContext, cascade: boolean): Promise<void> {
  const after = await introspectCatalog(queryableOf(context.client));
  followRenames(context.draft, context.catalog, after);
  dropDependents(lostDependents(context, after), cascade);
  refuseTypeChanges(context, after);
  dropLostTables(context, after);
}

/** What metadata still says of tables and columns that are gone. */
function lostDependents({ draft, catalog }: OperationContext, after: Catalog): Dependent[] {
  const source = sourceOf(draft);
  const lostFunctions = [...catalog.functions.keys()].filter((key) => !after.functions.has(key));
  const lost = source.tables.flatMap((table) => {
    const key = keyOf(table.table);
    const before = catalog.tables.get(key);
    const now = after.tables.get(key);
    if (!before) return [];
    if (!now) return tableDependents(draft, key, catalog);
    const gone = before.columns.filter(
      (column) =>
        !now.columns.some((other) => other.name === column.name || other.position === column.position),
    );
    const lostKeys = before.foreignKeys.filter(
      (foreign) => !now.foreignKeys.some((other) => refersAlike(other, foreign)),
    );
    return [
      ...gone.flatMap((column) => columnDependents(draft, table, before, column.name)),
      ...foreignKeyDependents(draft, before, keptColumns(lostKeys, gone)),
    ];
  });
  const all = [...lost, ...lostFunctions.flatMap((key) => functionDependents(draft, key))];
  return all.filter(({ label }, index) => all.findIndex((other) => other.label === label) === index);
}

function refersAlike(one: CatalogForeignKey, other: CatalogForeignKey): boolean {
  return one.name === other.name || one.columns.join() === other.columns.join();
}

/** Keys that are gone while their columns stay; what hangs on a column that is gone is told of with it. */
function keptColumns(
  keys: readonly CatalogForeignKey[],
  gone: readonly CatalogColumn[],
): readonly CatalogForeignKey[] {
  return keys.filter(({ columns }) => !gone.some(({ name }) => columns.includes(name)));
}

/** A column whose type has changed, though permissions hold it against values of the old one. */
function refuseTypeChanges({ draft, catalog }: OperationContext, after: Catalog): void {
  for (const table of sourceOf(draft).tables) {
    const now = after.tables.get(keyOf(table.table));
    const before = [...catalog.tables.values()].find(({ oid }) => oid === now?.oid);
    for (const column of now?.columns ?? []) {
      const old = before?.columns.find(({ position }) => position === column.position);
      if (!now || !old || keyOf(old.type) === keyOf(column.type)) continue;
      const dependents = typeDependents(draft, table, column.name);
      if (dependents.length === 0) continue;
      const list = dependents.map(({ label }) => label).join(', ');
      throw new EngineError(
        'dependency-error',
        `cannot change type of column "${column.name}" in table "${displayNameOf(now.schema, now.name)}" because of the following dependencies : ${list}`,
        { path: '$.args' },
      );
    }
  }
}

function dropLostTables({ draft, catalog }: OperationContext, after: Catalog): void {
  const source = sourceOf(draft);
  source.tables = source.tables.filter(
    (table) => !catalog.tables.has(keyOf(table.table)) || after.tables.has(keyOf(table.table)),
  );
  if (!source.functions) return;
  source.functions = source.functions.filter(
    (entry) => !catalog.functions.has(keyOf(entry.function)) || after.functions.has(keyOf(entry.function)),
  );
}
