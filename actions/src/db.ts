/**
 * The only module that knows `pg`: the pool, and the transaction that every use case runs in.
 *
 * Whatever goes wrong between us and Postgres leaves here as a DatabaseFailure, so that no other module has to guess
 * which errors are the database's.
 */

import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { guarded, heardElsewhere } from './guarded.ts';

/** What Postgres, or the way to it, answered instead of rows. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  /** Unset when the failure is of the connection. */
  readonly sqlstate: string | undefined;
  readonly constraint: string | undefined;

  constructor(cause: unknown) {
    const failure = cause instanceof pg.DatabaseError ? cause : undefined;
    super(describe(cause, failure), { cause });
    this.sqlstate = failure?.code;
    this.constraint = failure?.constraint;
  }
}

/** Whether a table or its schema is not there: the migrations have not been applied. */
export function isMissingTable({ sqlstate }: DatabaseFailure): boolean {
  return sqlstate === '42P01' || sqlstate === '3F000';
}

/**
 * Whether a failure says no more than that the migrations are not done yet: the table is missing, or its schema is there
 * and the rights to it come with a later migration. Rights that are missing once the table is there are a fault.
 */
export async function isBeforeMigrations(
  db: Queryable,
  failure: DatabaseFailure,
  { schema, table }: { readonly schema: string; readonly table: string },
): Promise<boolean> {
  if (isMissingTable(failure)) return true;
  if (failure.sqlstate !== '42501') return false;
  // Not to_regclass(), which itself needs a right to the schema.
  const [found] = await db.query(
    `select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2`,
    [schema, table],
  );
  return found === undefined;
}

/** Runs one statement. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** How a transaction sees what others do meanwhile. */
export type Isolation = 'read committed' | 'serializable';

/** How a transaction is to run. */
export interface TransactionOptions {
  readonly isolation: Isolation;
}

/** How to hand over what is too much for one answer. */
export interface StreamOptions {
  /** Rows at a time: as many as are in memory. */
  readonly batchSize: number;
  /** Ends the statement inside Postgres too, at once. */
  readonly signal: AbortSignal;
}

/** The database as use cases see it. */
export interface Database extends Queryable {
  /** Runs one reading statement on a cursor: all rows as they were when it began, batch after batch. */
  stream<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
    options: StreamOptions,
  ): AsyncGenerator<Row[], void, undefined>;
  /** Runs the work in one transaction, again from its start when Postgres asks for that. SQL only: it may run twice. */
  withTransaction<T>(work: (transaction: Queryable) => Promise<T>, options: TransactionOptions): Promise<T>;
  /** Waits for what runs and closes every connection. */
  close(): Promise<void>;
}

/** How to open a database, and whom to tell what happens on the way. */
export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections?: number;
  readonly onRetry?: (sqlstate: string) => void;
  readonly onIdleError?: (failure: DatabaseFailure) => void;
}

const MAX_CONNECTIONS = 10;
// Waiting for a turn counts too: of a thousand calls at once the last is served late rather than refused.
const CONNECT_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 30_000;
const ANSWER_TIMEOUT_MS = 7000;
/** How long a request to cancel may take before the connection is given up instead. */
const CANCEL_TIMEOUT_MS = 2000;

const MAX_ATTEMPTS = 8;
const RETRY_BASE_MS = 5;
const RETRY_CAP_MS = 200;
/** Serialization failure and deadlock: the same work may well succeed when it runs again. */
const RETRYABLE_SQLSTATES: ReadonlySet<string> = new Set(['40001', '40P01']);

// The lock timeout is the shorter one: it ends one statement with an error, the other ends the connection.
const LOCAL_TIMEOUTS =
  "set local transaction_timeout = '5s'; set local lock_timeout = '4500ms'; set local statement_timeout = '4800ms'";
const BEGIN: Record<Isolation, string> = {
  'read committed': `begin isolation level read committed; ${LOCAL_TIMEOUTS}`,
  serializable: `begin isolation level serializable; ${LOCAL_TIMEOUTS}`,
};

// A reader who stalls must not hold a connection and an old snapshot for ever.
const BEGIN_STREAM =
  "begin isolation level read committed read only; set local statement_timeout = '6500ms'; " +
  "set local idle_in_transaction_session_timeout = '60s'";

/** Opens a pool. Nothing connects before the first statement, so this works while the database is down. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    // For a database that has vanished without a word. All else ends earlier, by the timeouts of the transaction.
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'tierline-actions',
  });
  pool.on(
    'error',
    guarded((error) => options.onIdleError?.(new DatabaseFailure(error)), heardElsewhere),
  );
  return {
    query: (text, values) => runAlone(pool, text, values),
    stream: (text, values, streamOptions) => streamRows(pool, text, values, streamOptions),
    withTransaction: async (work, { isolation }) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await attemptTransaction(pool, work, isolation);
        } catch (error) {
          const sqlstate = error instanceof DatabaseFailure ? error.sqlstate : undefined;
          if (sqlstate === undefined || !RETRYABLE_SQLSTATES.has(sqlstate) || attempt === MAX_ATTEMPTS)
            throw error;
          options.onRetry?.(sqlstate);
          await sleep(backOff(attempt));
        }
      }
    },
    close: () => pool.end(),
  };
}

async function attemptTransaction<T>(
  pool: pg.Pool,
  work: (transaction: Queryable) => Promise<T>,
  isolation: Isolation,
): Promise<T> {
  const client = await connect(pool);
  // A connection that dies while checked out says so on the client; the statement in flight fails by itself.
  client.on('error', heardElsewhere);
  let broken = false;
  try {
    await runStatement(client, BEGIN[isolation]);
    const result = await work({ query: (text, values) => runStatement(client, text, values) });
    await runStatement(client, 'commit');
    return result;
  } catch (error) {
    // A connection that is silent is not asked once more.
    broken = isOfConnection(error) || !(await rollBack(client));
    throw error;
  } finally {
    giveBack(client, broken);
  }
}

/** One statement on a connection, which is given up when it is the connection that failed: nobody else may meet it. */
async function runAlone<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  text: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  const client = await connect(pool);
  client.on('error', heardElsewhere);
  let broken = false;
  try {
    return await runStatement<Row>(client, text, values);
  } catch (error) {
    broken = isOfConnection(error);
    throw error;
  } finally {
    giveBack(client, broken);
  }
}

/** Hands a connection on, or cuts it: the polite end of one that is deaf would never come. */
function giveBack(client: pg.PoolClient, broken: boolean): void {
  if (!broken) {
    client.removeListener('error', heardElsewhere);
    client.release();
    return;
  }
  // Its listener stays: it may still say that it was cut.
  client.release(true);
  socketOf(client).destroy();
}

/** The socket below a connection, which the driver's types do not tell. */
function socketOf(client: pg.PoolClient): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
}

/** Whether it was not Postgres that refused: then nobody knows what the connection still waits for. */
function isOfConnection(error: unknown): boolean {
  return error instanceof DatabaseFailure && error.sqlstate === undefined;
}

async function* streamRows<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  text: string,
  values: readonly unknown[],
  { batchSize, signal }: StreamOptions,
): AsyncGenerator<Row[], void, undefined> {
  const client = await connect(pool);
  client.on('error', heardElsewhere);
  let cancelled: Promise<boolean> | undefined;
  let pid: number | undefined;
  const cancel = guarded(() => {
    cancelled = cancelBackend(pool, pid);
  }, heardElsewhere);
  let broken = false;
  try {
    const [backend] = await runStatement<{ pid: number }>(client, 'select pg_backend_pid() as pid');
    pid = backend?.pid;
    signal.addEventListener('abort', cancel, { once: true });
    await runStatement(client, BEGIN_STREAM);
    await runStatement(client, `declare streamed no scroll cursor for ${text}`, values);
    while (!signal.aborted) {
      const rows = await runStatement<Row>(client, `fetch forward ${batchSize} from streamed`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchSize) return;
    }
  } catch (error) {
    broken = isOfConnection(error);
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    // The connection is not for others before it is certain that what they run is not what gets cancelled.
    if (cancelled !== undefined && !(await cancelled)) broken = true;
    giveBack(client, broken || !(await rollBack(client)));
  }
}

/** Whether Postgres has taken the request to cancel, within its time. */
async function cancelBackend(pool: pg.Pool, pid: number | undefined): Promise<boolean> {
  const asking = runAlone(pool, 'select pg_cancel_backend($1)', [pid]).then(
    () => true,
    () => false,
  );
  return Promise.race([asking, sleep(CANCEL_TIMEOUT_MS, false, { ref: false })]);
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new DatabaseFailure(error);
  }
}

/** Whether the connection is fit for the next transaction. */
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The error that led here is the one to report; this connection is thrown away.
    return false;
  }
}

async function runStatement<Row extends pg.QueryResultRow>(
  runner: pg.PoolClient,
  text: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  try {
    const result = await runner.query<Row>(text, values === undefined ? undefined : [...values]);
    return result.rows;
  } catch (error) {
    throw new DatabaseFailure(error);
  }
}

/** Full jitter: colliding transactions must not come back at the same moment. */
function backOff(attempt: number): number {
  return Math.random() * Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempt);
}

/** For the log. Data exceptions (class 22) quote the value they choke on, and details quote rows: neither is repeated. */
function describe(cause: unknown, failure: pg.DatabaseError | undefined): string {
  if (failure === undefined) return cause instanceof Error ? cause.message : 'unknown failure';
  const constraint = failure.constraint === undefined ? '' : ` (${failure.constraint})`;
  return failure.code?.startsWith('22')
    ? `data exception ${failure.code}`
    : `${failure.code} ${failure.message}${constraint}`;
}
