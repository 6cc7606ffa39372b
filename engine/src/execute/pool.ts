import pg from 'pg';
import { EngineError } from '../errors.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { fromPostgresError, isDatabaseError } from './pg-errors.ts';
import { type ComparePlans, type PlanMode, PlanModes } from './plan-modes.ts';
import type { ParameterValue, PreparedStatement, TextRow } from './statement.ts';
import { isModeChanged, noteMode, TextQuery } from './text-query.ts';

/** One transaction on one connection. */
export interface Transaction {
  /** Runs a statement whose columns are text; answers its first row. */
  queryRow(statement: PreparedStatement, values: readonly ParameterValue[]): Promise<TextRow>;
}

/** How long a statement may run before it is cancelled. */
export interface TimeLimit {
  readonly seconds: number;
}

/** How a transaction starts. */
export interface TransactionOptions {
  /** For each statement in it. */
  readonly timeLimit?: TimeLimit | null;
  readonly isolation: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly: boolean;
}

/** How the pool reaches Postgres. */
export interface PoolSettings {
  readonly databaseUrl: string;
  readonly maxConnections: number;
  /** Milliseconds until waiting for a connection is given up. */
  readonly connectTimeoutMs: number;
  /** How often a failed attempt to get a connection is repeated at once. */
  readonly connectRetries: number;
  /** Seconds after which an unused connection is closed. */
  readonly idleTimeoutSeconds: number;
  /** Seconds after which a connection is replaced, so that what it has prepared does not grow for ever. */
  readonly lifetimeSeconds: number;
  readonly applicationName: string;
  /** Told of errors on idle connections, which would otherwise end the process. */
  readonly onIdleError: (error: Error) => void;
}

/** Whatever runs single statements: the pool, or one connection inside its own transaction. */
export interface Queryable {
  /** Runs a statement whose columns are text; answers its first row. */
  queryRow(statement: PreparedStatement, values: readonly ParameterValue[]): Promise<TextRow>;
  /** The same with all its rows. */
  queryRows(statement: PreparedStatement, values: readonly ParameterValue[]): Promise<readonly TextRow[]>;
}

/** The engine's only way to Postgres. */
export interface Pool extends Queryable {
  /** Runs a statement whose columns are text; answers its first row. */
  queryRow(
    statement: PreparedStatement,
    values: readonly ParameterValue[],
    timeLimit?: TimeLimit | null,
  ): Promise<TextRow>;
  /** The same with all its rows. */
  queryRows(
    statement: PreparedStatement,
    values: readonly ParameterValue[],
    timeLimit?: TimeLimit | null,
  ): Promise<readonly TextRow[]>;
  /** Runs `work` in a transaction and rolls back when it throws. */
  withTransaction<T>(options: TransactionOptions, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * A raw connection for DDL and multi-statement scripts. It is closed when the work fails or says so: a script may
   * leave settings, locks or a transaction behind, and nobody else may meet them.
   */
  withClient<T>(work: (client: pg.PoolClient, closeAfterwards: () => void) => Promise<T>): Promise<T>;
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

function firstRow(rows: readonly TextRow[]): TextRow {
  const [row] = rows;
  if (!row) throw new EngineError('unexpected', 'database query answered no row', { status: 500 });
  return row;
}

function beginText({ isolation, readOnly, timeLimit }: TransactionOptions, resetsMode: boolean): string {
  const reset = resetsMode ? 'SET plan_cache_mode = auto; ' : '';
  const begin = `${reset}BEGIN ISOLATION LEVEL ${isolation} ${readOnly ? 'READ ONLY' : 'READ WRITE'}`;
  return timeLimit
    ? `${begin}; SET LOCAL statement_timeout = ${Math.round(timeLimit.seconds * 1000)}`
    : begin;
}

/**
 * Runs a statement and cancels it in Postgres when its time is over. A cancelled connection is thrown away,
 * since the cancellation might otherwise meet whoever has it next.
 */
async function withinTime<T>(
  settings: PoolSettings,
  client: pg.PoolClient,
  timeLimit: TimeLimit,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  let cancelling: Promise<void> | undefined;
  const timer = setTimeout(
    guarded(() => {
      cancelling = cancelBackend(settings, client).catch(settings.onIdleError);
    }, settings.onIdleError),
    timeLimit.seconds * 1000,
  );
  try {
    return await work(client);
  } finally {
    clearTimeout(timer);
    await cancelling;
    client.release(cancelling !== undefined);
  }
}

async function cancelBackend(settings: PoolSettings, client: pg.PoolClient): Promise<void> {
  const { processID } = client as unknown as { processID: number };
  const canceller = new pg.Client({
    connectionString: settings.databaseUrl,
    application_name: settings.applicationName,
  });
  // The query fails as well.
  canceller.on('error', heardElsewhere);
  await canceller.connect();
  try {
    await canceller.query('SELECT pg_cancel_backend($1)', [processID]);
  } finally {
    await canceller.end();
  }
}

/** One connection as a Queryable, so that what it has not committed yet can be read. */
export function queryableOf(client: pg.ClientBase): Queryable {
  const queryRows: Queryable['queryRows'] = async ({ text }, values) => {
    try {
      return await client.query(new TextQuery({ text }, values)).rows;
    } catch (error) {
      throw fromPostgresError(error);
    }
  };
  return {
    queryRows,
    queryRow: async (statement, values) => firstRow(await queryRows(statement, values)),
  };
}

/** Opens the pool; connections are made when first needed. */
export function createPool(settings: PoolSettings): Pool {
  const pool = new pg.Pool({
    connectionString: settings.databaseUrl,
    max: settings.maxConnections,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    application_name: settings.applicationName,
    keepAlive: true,
    idleTimeoutMillis: settings.idleTimeoutSeconds * 1000,
    maxLifetimeSeconds: settings.lifetimeSeconds,
  });
  pool.on('error', guarded(settings.onIdleError, heardElsewhere));
  // Whoever uses a connection that is lost hears of it from the statement; the event would end the process.
  pool.on(
    'connect',
    guarded((client: pg.PoolClient) => client.on('error', heardElsewhere), settings.onIdleError),
  );

  const connect = async (retries = settings.connectRetries): Promise<pg.PoolClient> => {
    try {
      return await pool.connect();
    } catch (error) {
      if (retries > 0) return connect(retries - 1);
      throw fromPostgresError(error);
    }
  };

  // A text that is sent but once is not worth preparing: whoever sends a new one each time would otherwise
  // fill the memory of every connection with plans.
  const met = new WeakSet<PreparedStatement>();
  const nameOf = (statement: PreparedStatement): PreparedStatement => {
    if (statement.name === undefined || met.has(statement)) return statement;
    met.add(statement);
    return { text: statement.text };
  };

  const run = async (
    client: pg.PoolClient,
    statement: PreparedStatement,
    values: readonly ParameterValue[],
    mode: PlanMode | null,
  ): Promise<readonly TextRow[]> => {
    try {
      return await client.query(new TextQuery(nameOf(statement), values, mode)).rows;
    } catch (error) {
      throw fromPostgresError(error);
    }
  };

  const runAlone = async (
    statement: PreparedStatement,
    values: readonly ParameterValue[],
  ): Promise<readonly TextRow[]> => {
    const client = await connect();
    try {
      return await run(client, statement, values, planModes.next(statement, values));
    } finally {
      client.release();
    }
  };

  const comparePlans: ComparePlans = async ({ text }, values) => {
    const client = await connect();
    try {
      const [[withValues = null] = []] = await client.query(
        new TextQuery({ text: `EXPLAIN (FORMAT JSON, COSTS OFF) ${text}` }, values),
      ).rows;
      const withAny = await client.query(`EXPLAIN (FORMAT JSON, COSTS OFF, GENERIC_PLAN) ${text}`);
      return { withValues: JSON.parse(withValues ?? 'null'), withAny: withAny.rows[0]['QUERY PLAN'] };
    } catch {
      // Postgres before 16 cannot show a plan for any values; then it goes on deciding by itself.
      return undefined;
    } finally {
      client.release();
    }
  };
  const planModes = new PlanModes(comparePlans);

  const queryRows: Pool['queryRows'] = async (statement, values, timeLimit) =>
    timeLimit
      ? withinTime(settings, await connect(), timeLimit, (client) =>
          run(client, statement, values, planModes.next(statement, values)),
        )
      : runAlone(statement, values);

  return {
    queryRow: async (statement, values, timeLimit) => firstRow(await queryRows(statement, values, timeLimit)),
    queryRows,
    async withTransaction(options, work) {
      const client = await connect();
      const resetsMode = isModeChanged(client);
      let broken: Error | undefined;
      try {
        await client.query(beginText(options, resetsMode));
        if (resetsMode) noteMode(client, 'auto');
        const result = await work({
          queryRow: async (statement, values) => firstRow(await run(client, statement, values, null)),
        });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // The switch was part of what is rolled back.
        if (resetsMode) noteMode(client, 'unknown');
        // A connection that cannot roll back is thrown away with whatever it had open.
        await client.query('ROLLBACK').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        // A mistake of the work itself goes on as it is, to be logged as one.
        throw isDatabaseError(error) ? fromPostgresError(error) : error;
      } finally {
        client.release(broken);
      }
    },
    async withClient(work) {
      const client = await connect();
      let closes = true;
      try {
        if (isModeChanged(client)) {
          await client.query('SET plan_cache_mode = auto');
          noteMode(client, 'auto');
        }
        let isAsked = false;
        const result = await work(client, () => {
          isAsked = true;
        });
        closes = isAsked;
        return result;
      } finally {
        client.release(closes);
      }
    },
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}
