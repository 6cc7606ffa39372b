import type pg from 'pg';
import { EngineError } from '../errors.ts';
import { Connections, type PoolSettings } from './connections.ts';
import { Deadline } from './deadline.ts';
import { cutLine } from './driver.ts';
import { fromCommitError, fromPostgresError, isDatabaseError } from './pg-errors.ts';
import { type ComparePlans, type PlanMode, PlanModes } from './plan-modes.ts';
import type { ParameterValue, PreparedStatement, TextRow } from './statement.ts';
import { type StatementLimits, unlimited } from './statement-limits.ts';
import { isModeChanged, noteMode, TextQuery } from './text-query.ts';

/** One transaction on one connection. */
export interface Transaction {
  /** Runs a statement whose columns are text; answers its first row. */
  queryRow(statement: PreparedStatement, values: readonly ParameterValue[]): Promise<TextRow>;
}

/** How a transaction starts. */
export interface TransactionOptions {
  /** The time is that of each statement in it, the bytes are those of all together. */
  readonly limits?: StatementLimits;
  readonly readOnly: boolean;
}

/** How statements are run; it comes from metadata, so it may change. */
export interface StatementSettings {
  /** False for a pooler that cannot keep prepared statements apart: each text is then sent whole. */
  readonly preparesStatements: boolean;
  /** Of the transactions of mutations. */
  readonly isolation: 'read committed' | 'repeatable read' | 'serializable';
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
    limits?: StatementLimits,
  ): Promise<TextRow>;
  /** The same with all its rows. */
  queryRows(
    statement: PreparedStatement,
    values: readonly ParameterValue[],
    limits?: StatementLimits,
  ): Promise<readonly TextRow[]>;
  /** Runs `work` in a transaction and rolls back when it throws. */
  withTransaction<T>(options: TransactionOptions, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * A raw connection for DDL and multi-statement scripts. It is closed when the work fails or says so: a script may
   * leave settings, locks or a transaction behind, and nobody else may meet them.
   */
  withClient<T>(work: (client: pg.PoolClient, closeAfterwards: () => void) => Promise<T>): Promise<T>;
  /** Runs what follows as told. */
  adopt(settings: StatementSettings): void;
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

function firstRow(rows: readonly TextRow[]): TextRow {
  const [row] = rows;
  if (!row) throw new EngineError('unexpected', 'database query answered no row', { status: 500 });
  return row;
}

function beginText(
  { readOnly, limits }: TransactionOptions,
  { isolation }: StatementSettings,
  resetsMode: boolean,
): string {
  const reset = resetsMode ? 'SET plan_cache_mode = auto; ' : '';
  const begin = `${reset}BEGIN ISOLATION LEVEL ${isolation} ${readOnly ? 'READ ONLY' : 'READ WRITE'}`;
  return limits?.seconds
    ? `${begin}; SET LOCAL statement_timeout = ${Math.round(limits.seconds * 1000)}`
    : begin;
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

/** How much later than Postgres itself a statement of a transaction is given up: then its own limit has not come through. */
const lateSeconds = 2;

/** Opens the pool; connections are made when first needed. */
export function createPool(settings: PoolSettings): Pool {
  const connections = new Connections(settings);

  // A text that is sent but once is not worth preparing: whoever sends a new one each time would otherwise
  // fill the memory of every connection with plans.
  const met = new WeakSet<PreparedStatement>();
  let settingsOfStatements: StatementSettings = { preparesStatements: true, isolation: 'read committed' };
  const nameOf = (statement: PreparedStatement): PreparedStatement => {
    if (statement.name === undefined) return statement;
    if (settingsOfStatements.preparesStatements) {
      if (met.has(statement)) return statement;
      met.add(statement);
    }
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
    limits: StatementLimits,
  ): Promise<readonly TextRow[]> => {
    const client = await connections.take(limits);
    try {
      return await run(client, statement, values, modeOf(statement, values));
    } finally {
      connections.giveBack(client);
    }
  };

  const runWithin = async (
    seconds: number,
    statement: PreparedStatement,
    values: readonly ParameterValue[],
    limits: StatementLimits,
  ): Promise<readonly TextRow[]> => {
    const deadline = new Deadline(seconds);
    try {
      const client = await connections.take(limits, deadline);
      const work = run(client, statement, values, modeOf(statement, values));
      let isAbandoned = false;
      try {
        return await deadline.limit(work, () => {
          isAbandoned = true;
          void connections.abandon(client, work);
        });
      } finally {
        if (!isAbandoned) connections.giveBack(client);
      }
    } finally {
      deadline.clear();
    }
  };

  const comparePlans: ComparePlans = async ({ text }, values) => {
    const client = await connections.take(unlimited);
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
      connections.giveBack(client);
    }
  };
  const planModes = new PlanModes(comparePlans);
  // Without prepared statements there is no plan to keep, and a pooler between would give the mode to somebody else.
  const modeOf = (statement: PreparedStatement, values: readonly ParameterValue[]): PlanMode | null =>
    settingsOfStatements.preparesStatements ? planModes.next(statement, values) : null;

  const queryRows: Pool['queryRows'] = (statement, values, limits = unlimited) =>
    limits.seconds === null
      ? runAlone(statement, values, limits)
      : runWithin(limits.seconds, statement, values, limits);

  return {
    queryRow: async (statement, values, limits) => firstRow(await queryRows(statement, values, limits)),
    queryRows,
    async withTransaction(options, work) {
      const limits = options.limits ?? unlimited;
      const { seconds } = limits;
      const client = await takeWithin(connections, limits);
      /** Postgres holds to the limit itself; this is for when it cannot be heard. */
      const bounded = async <T>(answer: Promise<T>): Promise<T> => {
        if (seconds === null) return answer;
        const deadline = new Deadline(seconds + lateSeconds);
        try {
          return await deadline.limit(answer, () => cutLine(client));
        } finally {
          deadline.clear();
        }
      };
      const resetsMode = isModeChanged(client);
      let isBroken = false;
      try {
        await bounded(client.query(beginText(options, settingsOfStatements, resetsMode)));
        if (resetsMode) noteMode(client, 'auto');
        const result = await work({
          queryRow: async (statement, values) =>
            firstRow(await bounded(run(client, statement, values, null))),
        });
        try {
          await bounded(client.query('COMMIT'));
        } catch (error) {
          throw fromCommitError(error);
        }
        return result;
      } catch (error) {
        // The switch was part of what is rolled back.
        if (resetsMode) noteMode(client, 'unknown');
        // A connection that cannot roll back is thrown away with whatever it had open.
        await bounded(client.query('ROLLBACK')).catch(() => {
          isBroken = true;
        });
        // A mistake of the work itself goes on as it is, to be logged as one.
        throw isDatabaseError(error) ? fromPostgresError(error) : error;
      } finally {
        if (isBroken) connections.drop(client);
        else connections.giveBack(client);
      }
    },
    async withClient(work) {
      const client = await connections.take(unlimited);
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
        if (closes) connections.drop(client);
        else connections.giveBack(client);
      }
    },
    adopt(next) {
      settingsOfStatements = next;
    },
    stats: () => connections.stats(),
    close: () => connections.close(),
  };
}

async function takeWithin(connections: Connections, limits: StatementLimits): Promise<pg.PoolClient> {
  if (limits.seconds === null) return connections.take(limits);
  const deadline = new Deadline(limits.seconds);
  try {
    return await connections.take(limits, deadline);
  } finally {
    deadline.clear();
  }
}
