import type pg from 'pg';
import { StackStartError } from '../errors.ts';

const PATIENCE_S = 30;
const DEADLOCK = '40P01';
const LOCK_NOT_AVAILABLE = '55P03';
const ATTEMPTS = 5;

/**
 * Locks tables until the end of the transaction: nobody else writes to any of them, nor reads the `alone` ones. Locks are
 * taken one by one, so readers of two tables may be in each other's way: nothing is lost yet, so we let go and begin again.
 */
export async function lockTables(
  client: pg.Client,
  tables: readonly string[],
  alone: readonly string[],
): Promise<void> {
  await client.query(`select set_config('lock_timeout', '${PATIENCE_S}s', true)`);
  await client.query('savepoint before_locks');
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const table of tables) {
        const mode = alone.includes(table) ? 'access exclusive' : 'share row exclusive';
        await client.query(`lock table ${table} in ${mode} mode`);
      }
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === DEADLOCK && attempt < ATTEMPTS) await client.query('rollback to savepoint before_locks');
      else if (code === DEADLOCK || code === LOCK_NOT_AVAILABLE)
        throw new StackStartError(
          `Others are at work on these tables and did not end within ${PATIENCE_S} seconds; nothing was loaded, so try again later.`,
          { cause: error },
        );
      else throw error;
    }
  }
}
