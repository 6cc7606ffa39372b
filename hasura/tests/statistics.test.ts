import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addRequest, addVendor, inTransaction, moveRequest, type Status, value } from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

beforeEach(async () => {
  await db.query('delete from vendors');
});

/** The same figures counted row by row, which is right but slow with a million of them. */
const SLOW = {
  daily: `
    select day::text, status, count(*)::int as count from (
      select (created_at at time zone 'UTC')::date as day, 'submitted' as status from tier_upgrade_requests
      union all
      select (coalesce(reviewed_at, updated_at) at time zone 'UTC')::date, status
      from tier_upgrade_requests where status <> 'pending'
    ) r group by day, status order by day, status`,
  stats: `
    select
      count(*) filter (where status = 'pending')::int as pending_count,
      min(created_at) filter (where status = 'pending') as oldest_pending_at,
      count(*) filter (where status = 'approved' and reviewed_at >= now() - interval '30 days')::float8
        / nullif(count(*) filter (
          where status in ('approved', 'rejected') and reviewed_at >= now() - interval '30 days'
        ), 0) as approval_rate_30d,
      percentile_cont(0.5) within group (order by extract(epoch from reviewed_at - created_at) / 3600)
        filter (where status in ('approved', 'rejected')) as median_review_hours,
      percentile_cont(0.9) within group (order by extract(epoch from reviewed_at - created_at) / 3600)
        filter (where status in ('approved', 'rejected')) as p90_review_hours
    from tier_upgrade_requests`,
};

async function expectExact(): Promise<void> {
  const daily = await db.query(
    'select day::text, status, count from tier_upgrade_daily order by day, status',
  );
  expect(daily.rows).toEqual((await db.query(SLOW.daily)).rows);

  const [fast] = (await db.query('select * from tier_upgrade_stats')).rows;
  const [slow] = (await db.query(SLOW.stats)).rows;
  for (const [name, expected] of Object.entries(slow!)) {
    if (typeof expected === 'number') expect(fast![name], name).toBeCloseTo(expected, 6);
    else expect(fast![name], name).toEqual(expected);
  }
}

/** A request of the past; negative hours lie before now. */
async function addPast(createdHours: number, status: Status, reviewHours: number): Promise<string> {
  const vendor = await addVendor(db);
  const id = await value<string>(
    db,
    `insert into tier_upgrade_requests (vendor_id, current_tier, target_tier, business_justification, created_at)
     values ($1, 1, 2, repeat('Because. ', 10), now() + $2 * interval '1 hour') returning id`,
    [vendor, createdHours],
  );
  if (status !== 'pending') {
    await db.query(
      `update tier_upgrade_requests set status = $2,
         reviewed_at = case when $2 <> 'cancelled' then created_at + $3 * interval '1 hour' end,
         rejection_reason = case when $2 = 'rejected' then 'A reason.' end
       where id = $1`,
      [id, status, reviewHours],
    );
  }
  return vendor;
}

/** A small generator that gives the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe('the statistics', () => {
  it('of no request are nothing', async () => {
    const { rows } = await db.query('select * from tier_upgrade_stats');
    expect(rows).toEqual([
      {
        pending_count: 0,
        oldest_pending_at: null,
        approval_rate_30d: null,
        median_review_hours: null,
        p90_review_hours: null,
      },
    ]);
    expect((await db.query('select * from tier_upgrade_daily')).rows).toEqual([]);
    expect((await db.query('select * from tier_review_time')).rows).toEqual([{ median_hours: null }]);
  });

  it('are those of a row by row count, whatever happens to the requests', async () => {
    const next = random(11);
    const vendors: string[] = [];
    for (let index = 0; index < 120; index += 1) {
      const status = (['pending', 'approved', 'rejected', 'cancelled'] as const)[Math.floor(next() * 4)]!;
      const created = -next() * 24 * 60;
      vendors.push(await addPast(created, status, Math.min(next() * 100, -created)));
      if (index % 40 === 0) await expectExact();
      if (index % 25 === 0) await db.query('select private.fold_tier_upgrade_changes()');
    }
    await expectExact();
    await db.query('delete from vendors where id = any($1)', [vendors.slice(0, 60)]);
    await expectExact();
    await db.query(`update tier_upgrade_requests set created_at = created_at - interval '3 days'`);
    await expectExact();
    await db.query('select private.fold_tier_upgrade_changes()');
    expect(await value(db, 'select count(*)::int from private.tier_upgrade_changes')).toBe(0);
    await expectExact();
    await db.query('select private.recount_tier_upgrades()');
    await expectExact();
    await db.query('truncate tier_upgrade_requests cascade');
    await expectExact();
  });

  it('show the usual review time from the fifth decision on', async () => {
    for (const [index, hours] of [4, 1, 3, 2, 9].entries()) {
      expect(await value(db, 'select median_hours from tier_review_time')).toBeNull();
      await addPast(-20, index % 2 === 0 ? 'approved' : 'rejected', hours);
    }
    await addPast(-20, 'cancelled', 0);
    expect(await value(db, 'select median_hours from tier_review_time')).toBeCloseTo(3, 6);
  });

  it('stay right when many submit, decide and fold at once', async () => {
    const pool = db.pool({ max: 12 });
    const vendors = await Promise.all(Array.from({ length: 60 }, () => addVendor(db)));
    await Promise.all(
      vendors.map(async (vendor, index) => {
        const id = await addRequest(pool, vendor);
        if (index % 3 === 0) await pool.query('select private.fold_tier_upgrade_changes()');
        await moveRequest(pool, id, index % 2 === 0 ? 'approved' : 'cancelled');
      }),
    );
    await expectExact();
  });

  it('make no two submits of different vendors fail', async () => {
    const pool = db.pool({ max: 2 });
    const [first, second] = [await addVendor(db), await addVendor(db)];
    await inTransaction(
      pool,
      async (client) => {
        await addRequest(client, first);
        // A second SERIALIZABLE submit begins, writes and commits while the first is still open.
        await inTransaction(pool, (other) => addRequest(other, second), 'serializable');
      },
      'serializable',
    );
    await expectExact();
  });
});

describe('with the triggers off', () => {
  afterEach(async () => {
    await db.query('alter table tier_upgrade_requests enable trigger user');
  });

  it('a bulk load counts again afterwards', async () => {
    await db.query('alter table tier_upgrade_requests disable trigger user');
    await db.query(
      `with v as (
         insert into vendors (name, slug, email)
         select 'Bulk', 'bulk-' || n, 'bulk@example.com' from generate_series(1, 500) n returning id
       )
       insert into tier_upgrade_requests (
         vendor_id, current_tier, target_tier, business_justification, status, reviewed_at, rejection_reason, created_at
       )
       select id, 1, 2, repeat('Because. ', 10), 'rejected', now() - random() * interval '40 days', 'A reason.',
         now() - interval '41 days'
       from v`,
    );
    await db.query('select private.recount_tier_upgrades()');
    await expectExact();
  });
});
