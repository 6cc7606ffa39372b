import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { addRequest, addUser, addVendor, inTransaction, JUSTIFICATION, refusal, value } from './fixtures.ts';

let db: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  db = await createTestDatabase();
  pool = db.pool();
});

/** Runs the work with the rights of the action server's login. */
function asActions<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('set local role tierline_actions');
    return work(client);
  });
}

describe('the action server', () => {
  it('submits, decides and changes a tier, and the history is written for it', async () => {
    const vendor = await addVendor(db);
    const user = await addUser(db, vendor);
    const admin = await addUser(db, null);
    const id = await asActions((client) =>
      value<string>(
        client,
        `insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
         values ($1, $2, 1, 2, $3) returning id`,
        [vendor, user, JUSTIFICATION],
      ),
    );
    await asActions(async (client) => {
      await client.query('select 1 from tier_upgrade_requests where id = $1 for update', [id]);
      await client.query('select 1 from vendors where id = $1 for update', [vendor]);
      await client.query(
        `update tier_upgrade_requests set status = 'approved', reviewed_at = now(), reviewed_by = $2 where id = $1`,
        [id, admin],
      );
    });
    await asActions((client) => client.query('update vendors set tier = 1 where id = $1', [vendor]));
    expect(
      await value(
        db,
        'select array_agg(kind order by id) from tier_upgrade_request_events where vendor_id = $1',
        [vendor],
      ),
    ).toEqual(['submitted', 'approved', 'tier_changed']);
  });

  it('keeps sessions', async () => {
    const user = await addUser(db, null);
    await asActions(async (client) => {
      const session = await value<string>(
        client,
        `insert into private.sessions (user_id, app) values ($1, 'admin') returning id`,
        [user],
      );
      await client.query(
        `insert into private.refresh_tokens (token_hash, session_id, expires_at)
         values (sha256('token'), $1, now() + interval '30 days')`,
        [session],
      );
      await client.query('update private.sessions set revoked_at = now() where id = $1', [session]);
      await client.query('delete from private.sessions where id = $1', [session]);
    });
  });

  it.each([
    'update tier_upgrade_request_events set note = null',
    'delete from tier_upgrade_request_events',
    'truncate tier_upgrade_request_events',
    `insert into tier_upgrade_request_events (kind) values ('submitted')`,
    `select private.write_timeline('submitted', null, null, now(), null, null, null, null, null, null)`,
    'select private.recount_tier_upgrades()',
    'update tier_upgrade_requests set target_tier = 4',
    'update tier_upgrade_requests set user_id = null',
    'delete from tier_upgrade_requests',
    'update vendors set name = slug',
    'delete from vendors',
    `update users set role = 'admin', vendor_id = null`,
    `insert into users (email, password_hash, role) values ('a@b', 'x', 'admin')`,
    'update tiers set max_locations = null',
    'insert into private.tier_upgrade_day_totals values (now()::date, $$approved$$, 1)',
    'create table public.mine (id int)',
    'create table private.mine (id int)',
    'alter table vendors add column more int',
    'alter table tier_upgrade_requests disable trigger user',
    'drop table notifications',
    'set local session_replication_role = replica',
    'create schema mine',
  ])('may not: %s', async (sql) => {
    await addRequest(db, await addVendor(db));
    expect((await refusal(asActions((client) => client.query(sql)))).code).toBe('42501');
  });

  it('owns nothing', async () => {
    expect(
      await value(
        db,
        `select count(*)::int from pg_shdepend
         where refobjid = 'tierline_actions'::regrole and deptype = 'o'
           and dbid = (select oid from pg_database where datname = current_database())`,
      ),
    ).toBe(0);
  });

  it('may write the event log of Hasura once that is there', async () => {
    await db.query('create schema if not exists hdb_catalog');
    await db.query('create table hdb_catalog.event_log (id text primary key)');
    const insert = `insert into hdb_catalog.event_log values ('1')`;
    expect((await refusal(asActions((client) => client.query(insert)))).code).toBe('42501');
    await db.query('select private.grant_event_log()');
    await asActions((client) => client.query(insert));
    await db.query(
      `alter table hdb_catalog.event_log add column delivered boolean not null default false,
         add column archived boolean not null default false,
         add column created_at timestamp not null default (now() at time zone 'UTC') - interval '6 minutes'`,
    );
    const undelivered = () =>
      asActions((client) => value(client, 'select private.count_undelivered_events()::int'));
    expect(await undelivered()).toBe(1);
    await db.query('update hdb_catalog.event_log set delivered = true');
    expect(await undelivered()).toBe(0);
    expect(
      (await refusal(asActions((client) => client.query('delete from hdb_catalog.event_log')))).code,
    ).toBe('42501');
  });
});
