import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addRequest,
  addUser,
  addVendor,
  inTransaction,
  moveRequest,
  type Queryable,
  refusal,
  timeline,
  value,
} from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

async function announce(client: Queryable, settings: Record<string, string>): Promise<void> {
  for (const [name, setting] of Object.entries(settings)) {
    await client.query('select set_config($1, $2, true)', [`tierline.${name}`, setting]);
  }
}

describe('the timeline', () => {
  it.each([
    `update tier_upgrade_request_events set note = 'Never.'`,
    'update tier_upgrade_request_events set id = default where false',
    'delete from tier_upgrade_request_events',
    'delete from tier_upgrade_request_events where false',
    'truncate tier_upgrade_request_events',
    `insert into tier_upgrade_request_events overriding system value
       select * from tier_upgrade_request_events on conflict (id) do update set note = 'Never.'`,
  ])('refuses: %s', async (sql) => {
    await addRequest(db, await addVendor(db));
    expect(await refusal(db.query(sql))).toMatchObject({
      code: '23001',
      message: expect.stringContaining('append-only'),
    });
  });

  it('names the actor whom the transaction announced, and brings its notes', async () => {
    const vendor = await addVendor(db);
    const admin = await addUser(db, null);
    const pool = db.pool({ max: 1 });
    await inTransaction(pool, async (client) => {
      await announce(client, {
        actor_id: admin,
        actor_role: 'app_admin',
        note: ' As agreed on the phone. ',
        internal_note: 'Ticket 12.',
      });
      await client.query('update vendors set tier = 3 where id = $1', [vendor]);
    });
    // The same connection, the next transaction: nothing of the announcement is left.
    await pool.query('update vendors set tier = 2 where id = $1', [vendor]);
    expect(await timeline(db, vendor)).toMatchObject([
      {
        kind: 'tier_changed',
        actor_id: admin,
        actor_role: 'app_admin',
        note: 'As agreed on the phone.',
        internal_note: 'Ticket 12.',
      },
      { kind: 'tier_changed', actor_id: null, actor_role: 'database', note: null, internal_note: null },
    ]);
  });

  it('says database when only half of the actor is announced', async () => {
    const vendor = await addVendor(db);
    await inTransaction(db.pool(), async (client) => {
      await announce(client, { actor_role: 'app_admin' });
      await addRequest(client, vendor);
    });
    expect(await timeline(db, vendor)).toMatchObject([{ actor_id: null, actor_role: 'database' }]);
  });

  it('carries the reason for the vendor and the notes for administrators', async () => {
    const vendor = await addVendor(db);
    const id = await addRequest(db, vendor);
    await db.query(
      `update tier_upgrade_requests set status = 'rejected', reviewed_at = now(),
         rejection_reason = 'Too early.', admin_notes = 'Ask again in May.' where id = $1`,
      [id],
    );
    expect((await timeline(db, vendor)).at(-1)).toMatchObject({
      kind: 'rejected',
      request_id: id,
      note: 'Too early.',
      internal_note: 'Ask again in May.',
      from_tier: null,
      to_tier: null,
    });
  });

  it('has one row for a change and none where nothing changed', async () => {
    const vendor = await addVendor(db, 2);
    await db.query('update vendors set tier = 2, is_beta = false where id = $1', [vendor]);
    expect(await timeline(db, vendor)).toEqual([]);
    await db.query('update vendors set tier = 1, is_beta = true where id = $1', [vendor]);
    await moveRequest(db, await addRequest(db, vendor), 'cancelled');
    expect((await timeline(db, vendor)).map(({ kind }) => kind)).toEqual([
      'tier_changed',
      'beta_changed',
      'submitted',
      'cancelled',
    ]);
  });

  it('knows of users who were disabled and enabled, by id', async () => {
    const vendor = await addVendor(db);
    const user = await addUser(db, vendor);
    await db.query('update users set disabled_at = now() where id = $1', [user]);
    await db.query(`update users set disabled_at = now() + interval '1 hour' where id = $1`, [user]);
    await db.query('update users set disabled_at = null where id = $1', [user]);
    expect(await timeline(db, vendor)).toMatchObject([
      { kind: 'user_disabled', internal_note: `user ${user}` },
      { kind: 'user_enabled', internal_note: `user ${user}` },
    ]);
  });

  it('knows of every change of a feature flag', async () => {
    await db.query(`update feature_flags set audience = 'beta' where key = 'tier_upgrade_requests'`);
    await db.query(`insert into feature_flags (key, audience) values ('other', 'all')`);
    await db.query(`delete from feature_flags where key = 'other'`);
    const { rows } = await db.query(
      `select internal_note from tier_upgrade_request_events where kind = 'flag_changed' order by id`,
    );
    expect(rows.map(({ internal_note }) => internal_note)).toEqual([
      'tier_upgrade_requests: none to beta',
      'other: absent to all',
      'other: all to absent',
    ]);
  });

  it('rolls back with the change that it tells of', async () => {
    const vendor = await addVendor(db);
    await expect(
      inTransaction(db.pool(), async (client) => {
        await addRequest(client, vendor);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(
      await value(db, 'select count(*)::int from tier_upgrade_request_events where vendor_id = $1', [vendor]),
    ).toBe(0);
  });
});
