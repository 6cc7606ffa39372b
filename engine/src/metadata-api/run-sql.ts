import type pg from 'pg';
import { introspectCatalog } from '../catalog/introspect.ts';
import { EngineError } from '../errors.ts';
import { fromPostgresError, postgresDetails } from '../execute/pg-errors.ts';
import { type Pool, queryableOf } from '../execute/pool.ts';
import { isObject, readName } from './arguments.ts';
import { followCatalog } from './follow-catalog.ts';
import type { Operation, OperationArgs } from './types.ts';

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
  if (checks) {
    followCatalog(context, await introspectCatalog(queryableOf(context.client)), args.cascade === true);
  }
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
  // Some editors begin a file with a byte order mark, which is no SQL.
  return args.sql === '' ? '' : readName(args, 'sql').replace(/^\uFEFF/, '');
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
