import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { addUser, addVendor, refusal, value } from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

const insertUser = (email: string, role: string, vendor: string | null) =>
  db.query(`insert into users (email, password_hash, role, vendor_id) values ($1, 'no hash', $2, $3)`, [
    email,
    role,
    vendor,
  ]);

describe('users', () => {
  it('have one address each, however it is written', async () => {
    await insertUser(' Ada@Example.com\u00a0', 'admin', null);
    expect(await value(db, `select email from users where lower(email) = 'ada@example.com'`)).toBe(
      'Ada@Example.com',
    );
    expect(await refusal(insertUser('aDA@example.COM', 'admin', null))).toMatchObject({
      code: '23505',
      constraint: 'users_email_key',
    });
  });

  it('have a vendor when they are vendors, and none when they are administrators', async () => {
    const vendor = await addVendor(db);
    for (const [role, vendorId] of [
      ['vendor', null],
      ['admin', vendor],
    ] as const) {
      expect(await refusal(insertUser(`${randomUUID()}@example.com`, role, vendorId))).toMatchObject({
        constraint: 'users_vendor_matches_role',
      });
    }
    expect((await refusal(insertUser('x@example.com', 'owner', null))).code).toBe('23514');
  });

  it('go with their vendor, and their notifications and sessions with them', async () => {
    const vendor = await addVendor(db);
    const user = await addUser(db, vendor);
    await db.query(
      `insert into notifications (user_id, kind, title, body, dedupe_key) values ($1, 'k', 't', 'b', $2)`,
      [user, randomUUID()],
    );
    await db.query('insert into private.sessions (user_id) values ($1)', [user]);
    await db.query('delete from vendors where id = $1', [vendor]);
    expect(await value(db, 'select count(*)::int from users where id = $1', [user])).toBe(0);
  });
});

describe('vendors', () => {
  it('have a slug of their own, a known tier and a name that is not empty', async () => {
    const vendor = await addVendor(db);
    const other = await addVendor(db);
    const change = (set: string) => refusal(db.query(`update vendors set ${set} where id = $1`, [vendor]));
    expect(
      (
        await refusal(
          db.query('update vendors set slug = (select slug from vendors where id = $2) where id = $1', [
            vendor,
            other,
          ]),
        )
      ).code,
    ).toBe('23505');
    expect((await change('tier = 5')).code).toBe('23503');
    expect((await change('tier = 0')).code).toBe('23503');
    expect(await change(`name = e'\\t\\u2003'`)).toMatchObject({ constraint: 'vendors_name_length' });
    expect(await change(`email = 'nobody'`)).toMatchObject({ constraint: 'vendors_email_format' });
  });

  it('note when they were changed', async () => {
    const vendor = await addVendor(db);
    const read = () => value<Date>(db, 'select updated_at from vendors where id = $1', [vendor]);
    const before = await read();
    await db.query('update vendors set name = name where id = $1', [vendor]);
    expect(await read()).toEqual(before);
    await db.query(`update vendors set name = 'Renamed' where id = $1`, [vendor]);
    expect((await read()).getTime()).toBeGreaterThan(before.getTime());
  });
});

describe('once only', () => {
  it.each([
    [
      'notifications',
      `insert into notifications (user_id, kind, title, body, dedupe_key) values ($1, 'k', 't', 'b', 'once')`,
    ],
    [
      'email_deliveries',
      `insert into email_deliveries (recipient, template, dedupe_key) values ($1::uuid || '@example.com', 't', 'once')`,
    ],
    [
      'analytics_events',
      `insert into analytics_events (name, properties, dedupe_key)
       values ('tier_upgrade_request_submitted', jsonb_build_object('user', $1::uuid), 'once')`,
    ],
  ])('%s', async (_, sql) => {
    const user = await addUser(db, null);
    await db.query(sql, [user]);
    expect((await refusal(db.query(sql, [user]))).code).toBe('23505');
  });
});

describe('feature flags', () => {
  it('know three audiences', async () => {
    expect((await refusal(db.query(`update feature_flags set audience = 'some'`))).code).toBe('23514');
  });
});
