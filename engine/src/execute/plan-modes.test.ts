import { createTestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlanModes } from './plan-modes.ts';
import { createPool, type Pool } from './pool.ts';
import { type PreparedStatement, prepare } from './statement.ts';

describe('the plan of a hot statement', () => {
  let pool: Pool;

  beforeEach(async () => {
    const { url } = await createTestDatabase({ migrated: false });
    pool = createPool({
      databaseUrl: url,
      maxConnections: 2,
      connectTimeoutMs: 5000,
      connectRetries: 0,
      idleTimeoutSeconds: 60,
      lifetimeSeconds: 600,
      applicationName: 'plan test',
      onIdleError: () => undefined,
    });
    for (const text of [
      'CREATE TABLE job (id int PRIMARY KEY, state text NOT NULL, owner int NOT NULL)',
      `INSERT INTO job SELECT n, CASE WHEN n % 1000 = 0 THEN 'new' ELSE 'done' END, n % 500 FROM generate_series(1, 20000) n`,
      'CREATE INDEX job_owner ON job (owner)',
      `CREATE INDEX job_new ON job (id) WHERE state = 'new'`,
      'ANALYZE job',
    ]) {
      await pool.queryRows({ text }, []);
    }
  });
  afterEach(() => pool.close());

  /** Runs it often, then asks the connection that ran it last how its plans were made. */
  const planCounts = async (statement: PreparedStatement, values: (run: number) => string[]) => {
    for (let run = 0; run < 120; run++) await pool.queryRows(statement, values(run));
    return pool.withTransaction({ readOnly: true }, (transaction) =>
      transaction.queryRow(
        {
          text: `SELECT generic_plans::text, custom_plans::text, current_setting('plan_cache_mode')
                 FROM pg_prepared_statements WHERE name = $1`,
        },
        [statement.name ?? ''],
      ),
    );
  };

  /** How many of 120 more runs kept their plan. Plans are compared beside the runs, on a busy machine some runs later. */
  const genericPlansOfMore = async (statement: PreparedStatement, values: (run: number) => string[]) => {
    const [before] = await planCounts(statement, values);
    const [after] = await planCounts(statement, values);
    return Number(after) - Number(before);
  };

  it('is kept where Postgres would run it alike for any values', async () => {
    const byOwner = prepare(
      `SELECT count(*)::text FROM job WHERE owner = $1::int AND state = ANY ($2::text[])`,
    );
    await expect
      .poll(() => genericPlansOfMore(byOwner, (run) => [String(run), '{new,done}']))
      .toBeGreaterThan(50);
  });

  it('is made anew where a value decides which index serves', async () => {
    const byState = prepare(`SELECT count(*)::text FROM job WHERE state = $1::text AND id > 0`);
    const [generic] = await planCounts(byState, () => ['new']);
    expect(generic).toBe('0');
  });

  it('is made for its values where they are rare among the newest, though any others were found sooner', async () => {
    const newest = prepare(
      `SELECT max(id)::text FROM (SELECT id FROM job WHERE state = $1::text ORDER BY id DESC LIMIT 5) newest`,
    );
    // Postgres has kept the wrong one for as long as it was left to itself: until two have been compared.
    await expect.poll(() => genericPlansOfMore(newest, () => ['new'])).toBe(0);
  });

  it('leaves transactions in the mode of Postgres itself', async () => {
    const byOwner = prepare('SELECT count(*)::text FROM job WHERE owner = $1::int');
    const [, , mode] = await planCounts(byOwner, (run) => [String(run)]);
    expect(mode).toBe('auto');
  });

  it('survives a refusal in the middle', async () => {
    const divide = prepare('SELECT (sum(id) / $1::int)::text FROM job WHERE owner = $2::int');
    for (let run = 0; run < 90; run++) {
      const asked = pool.queryRow(divide, [run % 5 === 0 ? '0' : '1', String(run)]);
      if (run % 5 === 0) await expect(asked).rejects.toMatchObject({ code: 'data-exception' });
      else expect(await asked).toHaveLength(1);
    }
  });

  it('is looked at seldom, and given up for good once a set of values wants another', async () => {
    const plan = (index: string) => [{ Plan: { 'Node Type': 'Index Scan', 'Index Name': index } }];
    let wanted = 'a';
    let comparisons = 0;
    const modes = new PlanModes(async () => {
      comparisons += 1;
      return { withValues: plan(wanted), withAny: plan('a') };
    });
    const statement = prepare('SELECT 1');
    const runs = async (count: number) => {
      let mode = '';
      for (let run = 0; run < count; run++) {
        mode = modes.next(statement, ['x']);
        await Promise.resolve();
        await Promise.resolve();
      }
      return mode;
    };
    expect(await runs(7)).toBe('auto');
    expect(comparisons).toBe(0);
    expect(await runs(100)).toBe('force_generic_plan');
    expect(comparisons).toBe(3);
    wanted = 'b';
    expect(await runs(10_000)).toBe('force_custom_plan');
    expect(comparisons).toBe(4);
  });

  it('is looked at again later when Postgres could not be asked', async () => {
    let isAway = true;
    const modes = new PlanModes(async () => {
      if (isAway) throw new Error('connection error');
      return { withValues: [], withAny: [] };
    });
    const statement = prepare('SELECT 2');
    const runs = async (count: number) => {
      let mode = '';
      for (let run = 0; run < count; run++) {
        mode = modes.next(statement, ['x']);
        await Promise.resolve();
        await Promise.resolve();
      }
      return mode;
    };
    expect(await runs(100)).toBe('auto');
    isAway = false;
    expect(await runs(100)).toBe('force_generic_plan');
  });
});
