import { EngineError } from '../errors.ts';
import type { Queryable } from '../execute/pool.ts';
import { parseJson } from '../http/parse-json.ts';
import type { Metadata } from '../metadata/types.ts';
import { readName } from './arguments.ts';
import { refuseUnknownTrigger } from './event-trigger-operations.ts';
import { isGiven, refuse } from './read-event-trigger.ts';
import type { OperationArgs, ReadOperation } from './types.ts';

const eventColumns = `id, schema_name, table_name, trigger_name, payload, delivered, error, tries, created_at,
  locked, next_retry_at, archived`;
const invocationColumns = 'id, trigger_name, event_id, status, request, response, created_at';

/** Rows of a query as JSON. */
export async function readJsonRows(
  database: Queryable,
  select: string,
  values: readonly (string | null)[],
): Promise<unknown[]> {
  const text = `SELECT coalesce(json_agg(row_to_json(entry)), '[]')::text FROM (${select}) AS entry`;
  const [json] = await database.queryRow({ text }, values);
  // Rows may hold JSON of any depth: one of them must not keep the log from being read.
  return parseJson(json ?? '[]', Number.POSITIVE_INFINITY) as unknown[];
}

/** The same of the event log; nothing has been logged where no trigger has ever been. */
async function readLogRows(
  database: Queryable,
  select: string,
  values: readonly (string | null)[],
): Promise<unknown[]> {
  const text = `SELECT (to_regclass('hdb_catalog.event_log') IS NOT NULL)::text`;
  const [exists] = await database.queryRow({ text }, []);
  return exists === 'true' ? readJsonRows(database, select, values) : [];
}

/** A whole number that may be left out. */
export function readCount(args: OperationArgs, key: string, standard: number): string {
  const value = args[key];
  if (!isGiven(value)) return String(standard);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return String(value);
  return refuse('expected a whole number that is not negative', `$.${key}`);
}

/** The name of an event trigger that the metadata has, or the reference's complaint. */
export function readTriggerName(metadata: Metadata, args: OperationArgs): string {
  const name = readName(args, 'name');
  const tables = metadata.sources[0]?.tables ?? [];
  const isKnown = tables.some((table) => table.event_triggers?.some((trigger) => trigger.name === name));
  return isKnown ? name : refuseUnknownTrigger(name);
}

const standardLimit = 100;

/** `get_event_logs` */
export const getEventLogs: ReadOperation = async ({ state, database }, args) => {
  const name = readTriggerName(state.metadata, args);
  const status = args.status ?? 'all';
  const filters: Readonly<Record<string, string>> = {
    all: '',
    pending: 'AND NOT delivered AND NOT error AND NOT archived',
    processed: 'AND (delivered OR error) AND NOT archived',
  };
  const filter = typeof status === 'string' ? filters[status] : undefined;
  if (filter === undefined) return refuse('expected "pending" or "processed"', '$.status');
  const select = `SELECT ${eventColumns} FROM hdb_catalog.event_log WHERE trigger_name = $1 ${filter}
    ORDER BY created_at DESC LIMIT $2::int OFFSET $3::int`;
  const range = [readCount(args, 'limit', standardLimit), readCount(args, 'offset', 0)];
  return readLogRows(database, select, [name, ...range]);
};

/** `get_event_invocation_logs` */
export const getEventInvocationLogs: ReadOperation = async ({ state, database }, args) => {
  const name = readTriggerName(state.metadata, args);
  const select = `SELECT ${invocationColumns} FROM hdb_catalog.event_invocation_logs WHERE trigger_name = $1
    ORDER BY created_at DESC LIMIT $2::int OFFSET $3::int`;
  const range = [readCount(args, 'limit', standardLimit), readCount(args, 'offset', 0)];
  return readLogRows(database, select, [name, ...range]);
};

/** `get_event_by_id`: the event and its invocations. */
export const getEventById: ReadOperation = async ({ database }, args) => {
  const id = readName(args, 'event_id');
  const [event] = await readLogRows(
    database,
    `SELECT ${eventColumns} FROM hdb_catalog.event_log WHERE id = $1`,
    [id],
  );
  if (!event) throw new EngineError('not-exists', 'event not found', { path: '$.args' });
  const range = [
    readCount(args, 'invocation_log_limit', standardLimit),
    readCount(args, 'invocation_log_offset', 0),
  ];
  const invocations = await readLogRows(
    database,
    `SELECT ${invocationColumns} FROM hdb_catalog.event_invocation_logs WHERE event_id = $1
     ORDER BY created_at DESC LIMIT $2::int OFFSET $3::int`,
    [id, ...range],
  );
  return { event, invocations };
};
