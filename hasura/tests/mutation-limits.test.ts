import type { Engine } from '@tierline/engine';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, serveProject, sessionOf, userId, vendorId, vendorSession } from './engine.ts';
import { inTransaction, refusal, value } from './fixtures.ts';

let db: TestDatabase;
let engine: Engine;

/** Vendor 4 is at tier 4: as many locations as it likes. */
const VENDOR = vendorId(4);

beforeAll(async () => {
  db = await createTestDatabase({ seeded: true });
  engine = await serveProject(db.url);
});
afterAll(() => engine?.close());

beforeEach(async () => {
  await db.query('delete from private.mutation_counts');
  await db.query('update private.mutation_limits set rows_an_hour = 5');
});

/** Runs SQL in a transaction as Hasura does for these session variables. */
const mutate = (variables: Record<string, string>, sql: string) =>
  inTransaction(db.pool({ max: 1 }), async (client) => {
    await client.query(`select set_config('hasura.user', $1, true)`, [JSON.stringify(variables)]);
    await client.query(sql);
  });

const asVendor = { 'x-hasura-role': 'vendor', 'x-hasura-vendor-id': VENDOR, 'x-hasura-user-id': userId(4) };

const insert = (count: number, vendor = VENDOR) =>
  `insert into vendor_locations (vendor_id, name, address, city, country)
   select '${vendor}', 'Shop ' || n, '1 Mill Lane', 'Leeds', 'UK' from generate_series(1, ${count}) n`;

const counted = () =>
  value<number>(db, `select coalesce(sum(rows_written), 0)::int from private.mutation_counts`);

describe('the rows that a vendor writes in an hour', () => {
  it('are counted whether they are inserted, changed or deleted, and come to an end', async () => {
    await mutate(asVendor, insert(2));
    await mutate(asVendor, `update vendor_locations set city = 'York' where name in ('Shop 1', 'Shop 2')`);
    await mutate(asVendor, `delete from vendor_locations where name = 'Shop 1'`);
    expect(await counted()).toBe(5);
    const refused = await refusal(mutate(asVendor, `delete from vendor_locations where name = 'Shop 2'`));
    expect(refused).toMatchObject({
      code: '23000',
      message: expect.stringMatching(/^RATE_LIMIT_EXCEEDED: .*5 rows of vendor_locations .* in 60 minutes$/),
    });
    expect(await counted()).toBe(5);
    expect(await value(db, `select count(*)::int from vendor_locations where name = 'Shop 2'`)).toBe(1);
    await mutate(asVendor, 'delete from vendor_locations where false');
  });

  it('are those of a statement together, and of statements at once', async () => {
    expect((await refusal(mutate(asVendor, insert(6)))).code).toBe('23000');
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => mutate(asVendor, insert(1))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('are counted apart for each vendor and each table, and anew in each window', async () => {
    await mutate(asVendor, insert(5));
    await mutate(asVendor, `update vendors set name = name where id = '${VENDOR}'`);
    const other = { ...asVendor, 'x-hasura-vendor-id': vendorId(3) };
    await mutate(other, `update vendor_locations set city = 'Hull' where name = 'Shop 3'`);
    await db.query(`update private.mutation_counts set ends_at = now() - interval '1 second'`);
    await mutate(asVendor, insert(5));
  });

  it('are all that is counted: administrators, the admin secret and plain SQL are not', async () => {
    await mutate({ 'x-hasura-role': 'app_admin', 'x-hasura-user-id': userId(901) }, insert(6));
    await mutate({ 'x-hasura-role': 'admin' }, insert(6));
    await db.query(insert(6));
    expect(await counted()).toBe(0);
    // A session that names no role is none of these.
    expect((await refusal(mutate({ 'x-hasura-vendor-id': VENDOR }, insert(6)))).code).toBe('23000');
  });

  it('have no end where no limit stands', async () => {
    await db.query(`delete from private.mutation_limits where table_name = 'vendors'`);
    await mutate(asVendor, 'update vendors set name = name');
    expect(await counted()).toBe(0);
    await db.query(`insert into private.mutation_limits values ('vendors', 5)`);
  });
});

it('a vendor is told over GraphQL, for each table that vendors write', async () => {
  const mutations = {
    vendor_locations: `mutation { insert_vendor_locations_one(object: {name: "Pier", address: "1 Pier", city: "Hove", country: "UK"}) { id } }`,
    vendors: `mutation { update_vendors(where: {}, _set: {name: "Pier"}) { affected_rows } }`,
    notifications: `mutation { update_notifications(where: {}, _set: {read_at: "2026-01-01T00:00:00Z"}) { affected_rows } }`,
  };
  await db.query(
    `insert into notifications (user_id, kind, title, body, dedupe_key) values ($1, 'k', 't', 'b', 'limit')`,
    [userId(4)],
  );
  await db.query('update private.mutation_limits set rows_an_hour = 1');
  for (const [table, mutation] of Object.entries(mutations)) {
    const answers = [];
    for (let turn = 0; turn < 8; turn += 1) answers.push(await ask(engine, vendorSession(4), mutation));
    expect(answers.at(-1), table).toMatchObject({
      code: 'constraint-violation',
      message: expect.stringContaining(`RATE_LIMIT_EXCEEDED: a vendor changes at most 1 rows of ${table} `),
    });
  }
  const admin = sessionOf('app_admin', { 'x-hasura-user-id': userId(901) });
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await ask(engine, admin, mutations.notifications)).data).toBeDefined();
  }
});
