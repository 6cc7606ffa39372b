import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addRequest,
  addVendor,
  expectConsistent,
  inTransaction,
  moveRequest,
  refusal,
  timeline,
  value,
} from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

const tierOf = (vendor: string) => value<number>(db, 'select tier from vendors where id = $1', [vendor]);
const setTier = (vendor: string, tier: number) =>
  db.query('update vendors set tier = $2 where id = $1', [vendor, tier]);

describe('an approval', () => {
  it('moves the vendor in the same statement and leaves one row that carries the tiers', async () => {
    const vendor = await addVendor(db, 1);
    await moveRequest(db, await addRequest(db, vendor, { to: 3 }), 'approved');
    expect(await tierOf(vendor)).toBe(3);
    expect(await timeline(db, vendor)).toMatchObject([
      { kind: 'submitted', from_tier: null, to_tier: null, from_status: null, to_status: 'pending' },
      { kind: 'approved', from_tier: 1, to_tier: 3, from_status: 'pending', to_status: 'approved' },
    ]);
    await expectConsistent(db);
  });

  it('counts from the tier of now when that moved since the request', async () => {
    const vendor = await addVendor(db, 1);
    const id = await addRequest(db, vendor, { from: 1, to: 3 });
    await setTier(vendor, 2);
    await moveRequest(db, id, 'approved');
    expect(await timeline(db, vendor)).toMatchObject([
      { kind: 'submitted' },
      { kind: 'tier_changed', from_tier: 1, to_tier: 2, request_id: null },
      { kind: 'approved', from_tier: 2, to_tier: 3 },
    ]);
    await expectConsistent(db);
  });

  it.each([3, 4])('to tier 3 is refused when the vendor is at %i already', async (tier) => {
    const vendor = await addVendor(db, 1);
    const id = await addRequest(db, vendor, { from: 1, to: 3 });
    await setTier(vendor, tier);
    expect(await refusal(moveRequest(db, id, 'approved'))).toMatchObject({
      code: '23514',
      constraint: 'tier_upgrade_requests_outranked',
    });
    expect(await tierOf(vendor)).toBe(tier);
    expect(await value(db, 'select status from tier_upgrade_requests where id = $1', [id])).toBe('pending');
    await expectConsistent(db);
  });

  it('of many requests in one statement moves each vendor', async () => {
    const vendors = await Promise.all(Array.from({ length: 8 }, () => addVendor(db, 1)));
    const ids = await Promise.all(vendors.map((vendor) => addRequest(db, vendor, { to: 4 })));
    await db.query(
      `update tier_upgrade_requests set status = 'approved', reviewed_at = now() where id = any($1)`,
      [ids],
    );
    expect(await Promise.all(vendors.map(tierOf))).toEqual(vendors.map(() => 4));
    await expectConsistent(db);
  });

  it('in one statement with a change of the same tier still tells the tier that stands', async () => {
    const vendor = await addVendor(db, 1);
    const id = await addRequest(db, vendor, { to: 3 });
    await db.query(
      `with moved as (
         update tier_upgrade_requests set status = 'approved', reviewed_at = now() where id = $1
       )
       update vendors set tier = 2 where id = $2`,
      [id, vendor],
    );
    await expectConsistent(db);
  });
});

describe('races', () => {
  it('approve and cancel: exactly one wins', async () => {
    const pool = db.pool({ max: 10 });
    for (let round = 0; round < 10; round += 1) {
      const vendor = await addVendor(db, 1);
      const id = await addRequest(db, vendor);
      const outcomes = await Promise.allSettled([
        moveRequest(pool, id, 'approved'),
        moveRequest(pool, id, 'cancelled'),
        moveRequest(pool, id, 'approved'),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
      const status = await value(db, 'select status from tier_upgrade_requests where id = $1', [id]);
      expect(await tierOf(vendor)).toBe(status === 'approved' ? 2 : 1);
    }
    await expectConsistent(db);
  });

  it.each(['read committed', 'repeatable read', 'serializable'])(
    'approve waits for a change of the tier and then counts from it (%s)',
    async (isolation) => {
      const pool = db.pool({ max: 4 });
      const vendor = await addVendor(db, 1);
      const id = await addRequest(db, vendor, { to: 3 });
      const change = await pool.connect();
      await change.query('begin');
      await change.query('update vendors set tier = 3 where id = $1', [vendor]);
      const approval = refusal(
        inTransaction(pool, (client) => moveRequest(client, id, 'approved'), isolation),
      );
      const waiting = `select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(() => value(db, waiting, [])).toBe('1');
      await change.query('commit');
      change.release();
      expect(await approval).toMatchObject(
        isolation === 'read committed'
          ? { code: '23514', constraint: 'tier_upgrade_requests_outranked' }
          : { code: '40001' },
      );
      await expectConsistent(db);
    },
  );

  it('many changes of one tier at once leave an unbroken history', async () => {
    const pool = db.pool({ max: 10 });
    const vendor = await addVendor(db, 1);
    const id = await addRequest(db, vendor, { to: 4 });
    await Promise.allSettled([
      ...Array.from({ length: 20 }, (_, turn) =>
        pool.query('update vendors set tier = $2 where id = $1', [vendor, (turn % 3) + 1]),
      ),
      moveRequest(pool, id, 'approved'),
    ]);
    await expectConsistent(db);
  });
});
