import { describe, expect, it } from 'vitest';
import { createTestDatabase } from './testing.ts';

describe('createTestDatabase', () => {
  it('gives an empty database of its own to each caller', async () => {
    const [one, two] = await Promise.all([
      createTestDatabase({ migrated: false }),
      createTestDatabase({ migrated: false }),
    ]);
    await one.query('create table only_here (id int)');
    const seen = await two.query(`select to_regclass('only_here') as found`);
    expect(seen.rows).toEqual([{ found: null }]);
  });

  it('speaks UTF-8, keeps UTC and asks for a password', async () => {
    const database = await createTestDatabase({ migrated: false });
    const { rows } = await database.query(
      `select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone, upper('é') as upper`,
    );
    expect(rows).toEqual([{ encoding: 'UTF8', zone: 'UTC', upper: 'É' }]);
    const withoutPassword = new URL(database.url);
    withoutPassword.password = 'wrong';
    const stranger = database.pool({ connectionString: withoutPassword.href });
    await expect(stranger.query('select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is gone after drop, with its pools closed', async () => {
    const database = await createTestDatabase({ migrated: false });
    const pool = database.pool();
    await pool.query('select 1');
    await database.drop();
    expect(pool.ended).toBe(true);
    const after = await createTestDatabase({ migrated: false });
    const left = await after.query('select 1 from pg_database where datname = $1', [database.name]);
    expect(left.rowCount).toBe(0);
  });
});
