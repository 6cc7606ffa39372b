import { createTestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPool, type Pool } from './pool.ts';
import { prepare } from './statement.ts';
import { unlimited } from './statement-limits.ts';

describe('the pool', () => {
  let pool: Pool;

  beforeEach(async () => {
    const { url } = await createTestDatabase({ migrated: false });
    pool = createPool({
      databaseUrl: url,
      maxConnections: 1,
      connectTimeoutMs: 5000,
      connectRetries: 0,
      idleTimeoutSeconds: 60,
      lifetimeSeconds: 600,
      applicationName: 'pool test',
      onIdleError: () => undefined,
    });
  });
  afterEach(() => pool.close());

  const preparedCount = async (): Promise<string | null | undefined> =>
    (await pool.queryRow({ text: 'SELECT count(*)::text FROM pg_prepared_statements' }, []))[0];

  it('prepares a statement when it comes a second time, and then once', async () => {
    const statement = prepare('SELECT $1::text');
    await pool.queryRow(statement, ['a']);
    expect(await preparedCount()).toBe('0');
    await pool.queryRow(statement, ['b']);
    expect(await pool.queryRow(statement, ['c'])).toEqual(['c']);
    expect(await preparedCount()).toBe('1');
  });

  it('has Postgres let go of statements that were not used for long', async () => {
    const hot = prepare(`SELECT $1::text, 'hot'`);
    const long = 'x'.repeat(2000);
    const count = 400;
    const seldom = Array.from({ length: count }, (_, index) => prepare(`SELECT $1::text, '${long}${index}'`));
    let most = 0;
    for (const [index, statement] of seldom.entries()) {
      await pool.queryRow(statement, ['a']);
      await pool.queryRow(statement, ['b']);
      await pool.queryRow(hot, ['c']);
      if (index % 20 === 0) most = Math.max(most, Number(await preparedCount()));
    }
    // Each is taken to need 24 kB and 64 bytes for each of its 2,022 characters or so, of 20 MB.
    expect(most).toBeGreaterThan(60);
    expect(most).toBeLessThan(140);
    // What was let go of is prepared again, and what is in use was kept all the time.
    expect(await pool.queryRow(seldom[0] as (typeof seldom)[number], ['again'])).toEqual([
      'again',
      `${long}0`,
    ]);
    const [since] = await pool.queryRow(
      {
        text: `SELECT (SELECT prepare_time FROM pg_prepared_statements WHERE statement LIKE '%''hot''')
          <= (SELECT min(prepare_time) FROM pg_prepared_statements)`,
      },
      [],
    );
    expect(since).toBe('t');
    // One that would fill the connection alone is not kept on it.
    const before = await preparedCount();
    const huge = prepare(`SELECT '${'x'.repeat(400_000)}'`);
    for (let time = 0; time < 3; time++) await pool.queryRow(huge, []);
    expect(await preparedCount()).toBe(before);
  });

  it('rolls back what fails, and hands the connection on clean', async () => {
    await pool.queryRows({ text: 'CREATE TABLE kept (id int)' }, []);
    const options = { readOnly: false } as const;
    const failing = pool.withTransaction(options, async (transaction) => {
      await transaction.queryRow({ text: `SELECT set_config('hasura.user', $1, true)` }, [
        '{"x-hasura-role":"vendor"}',
      ]);
      await transaction.queryRow({ text: 'INSERT INTO kept VALUES (1) RETURNING id::text' }, []);
      throw new Error('the work went wrong');
    });
    await expect(failing).rejects.toThrow('the work went wrong');
    expect(await pool.queryRow({ text: 'SELECT count(*)::text FROM kept' }, [])).toEqual(['0']);
    expect(await pool.queryRow({ text: `SELECT current_setting('hasura.user', true)` }, [])).toEqual(['']);
  });

  it('keeps a transaction’s time limit to that transaction', async () => {
    const options = { readOnly: false, limits: { ...unlimited, seconds: 0.05 } } as const;
    const slow = pool.withTransaction(options, (transaction) =>
      transaction.queryRow({ text: 'SELECT pg_sleep(5)::text' }, []),
    );
    await expect(slow).rejects.toMatchObject({ code: 'time-limit-exceeded' });
    expect(await pool.queryRow({ text: `SELECT current_setting('statement_timeout')` }, [])).toEqual(['0']);
  });

  it('survives a connection that is cut in the middle of a transaction', async () => {
    const options = { readOnly: false } as const;
    const cut = pool.withTransaction(options, (transaction) =>
      transaction.queryRow({ text: 'SELECT pg_terminate_backend(pg_backend_pid())::text' }, []),
    );
    await expect(cut).rejects.toThrow();
    expect(await pool.queryRow({ text: `SELECT 'back'` }, [])).toEqual(['back']);
  });

  it('keeps a connection whose statement Postgres refused', async () => {
    const backend = async () => (await pool.queryRow({ text: 'SELECT pg_backend_pid()::text' }, []))[0];
    const before = await backend();
    const refused = prepare('SELECT (1 / $1::int)::text');
    for (let time = 0; time < 3; time++) {
      await expect(pool.queryRow(refused, ['0'])).rejects.toMatchObject({ code: 'data-exception' });
    }
    expect(await pool.queryRow(refused, ['1'])).toEqual(['1']);
    expect(await backend()).toBe(before);
  });

  it('refuses a text that is no statement, and one with too few values', async () => {
    await expect(pool.queryRow(prepare('SELEC 1'), [])).rejects.toThrow();
    await expect(pool.queryRow(prepare('SELECT $1::text'), [])).rejects.toThrow();
    expect(await pool.queryRows({ text: 'SELECT n::text FROM generate_series(1, 3) n' }, [])).toEqual([
      ['1'],
      ['2'],
      ['3'],
    ]);
  });

  it('says in no detail that Postgres is away', async () => {
    const away = createPool({
      databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/none',
      maxConnections: 1,
      connectTimeoutMs: 1000,
      connectRetries: 1,
      idleTimeoutSeconds: 1,
      lifetimeSeconds: 1,
      applicationName: 'pool test',
      onIdleError: () => undefined,
    });
    const failed = away.queryRow({ text: 'SELECT 1' }, []);
    await expect(failed).rejects.toMatchObject({ code: 'postgres-error', message: 'connection error' });
    await away.close();
  });
});
