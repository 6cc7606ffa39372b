import { verify } from '@node-rs/argon2';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, expect, it } from 'vitest';
import { expectConsistent, value } from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase({ seeded: true });
});

it('tells one story in vendors, requests and timeline', () => expectConsistent(db));

it('has forty vendors over the four tiers, ten of them beta', async () => {
  const { rows } = await db.query(
    'select count(*)::int, count(distinct tier)::int as tiers, count(*) filter (where is_beta)::int as beta from vendors',
  );
  expect(rows).toEqual([{ count: 40, tiers: 4, beta: 10 }]);
  const beta = await db.query(
    'select u.email from users u join vendors v on v.id = u.vendor_id where v.is_beta order by u.id',
  );
  expect(beta.rows.map(({ email }) => email)).toEqual(
    Array.from({ length: 10 }, (_, index) => `vendor${index + 1}@example.com`),
  );
});

it('lets forty vendors and two administrators sign in with one password', async () => {
  const { rows } = await db.query<{ email: string; role: string; password_hash: string }>(
    'select email, role, password_hash from users order by role, id',
  );
  expect(rows.map(({ email, role }) => `${role} ${email}`)).toEqual([
    'admin admin1@example.com',
    'admin admin2@example.com',
    ...Array.from({ length: 40 }, (_, index) => `vendor vendor${index + 1}@example.com`),
  ]);
  const [hash, ...others] = new Set(rows.map(({ password_hash }) => password_hash));
  expect(others).toEqual([]);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verify(hash!, 'tierline-demo')).toBe(true);
});

it.each([
  ['vendor1', 1, []],
  ['vendor2', 1, ['pending 1 to 2']],
  ['vendor3', 2, ['rejected 1 to 2', 'approved 1 to 2']],
  ['vendor4', 4, []],
  ['vendor5', 2, ['pending 2 to 4']],
])('%s is at tier %i with %j', async (user, tier, requests) => {
  const { rows } = await db.query(
    `select v.tier, array(
       select format('%s %s to %s', r.status, r.current_tier, r.target_tier)
       from tier_upgrade_requests r where r.vendor_id = v.id order by r.created_at
     ) as requests
     from vendors v join users u on u.vendor_id = v.id where u.email = $1`,
    [`${user}@example.com`],
  );
  expect(rows).toEqual([{ tier, requests }]);
});

it('spreads about 120 requests in all four states over the past ninety days', async () => {
  const { rows } = await db.query(
    `select count(*)::int as n, count(distinct status)::int as states, count(distinct business_justification)::int as texts,
       bool_and(created_at between now() - interval '91 days' and now() and updated_at <= now()) as past,
       count(distinct date_trunc('week', created_at))::int as weeks
     from tier_upgrade_requests`,
  );
  expect(rows[0]).toMatchObject({ states: 4, past: true });
  expect(rows[0]!.n).toBeGreaterThanOrEqual(110);
  expect(rows[0]!.n).toBeLessThanOrEqual(135);
  expect(rows[0]!.texts).toBe(rows[0]!.n);
  expect(rows[0]!.weeks).toBeGreaterThanOrEqual(13);
});

it('asks for one tier after the other: no request starts before the one before it ended', async () => {
  expect(
    await value(
      db,
      `select count(*)::int from tier_upgrade_requests earlier join tier_upgrade_requests later
         on later.vendor_id = earlier.vendor_id and later.created_at > earlier.created_at
       where earlier.updated_at > later.created_at`,
    ),
  ).toBe(0);
});

it('tells its timeline in the order of time', async () => {
  expect(
    await value(
      db,
      `select count(*)::int from (
         select at < lag(at) over (order by id) as back from tier_upgrade_request_events
       ) e where back`,
    ),
  ).toBe(0);
});

it('has no vendor with more locations than its tier allows', async () => {
  expect(
    await value(
      db,
      `select count(*)::int from vendors v join tiers t on t.level = v.tier
       where (select count(*) from vendor_locations l where l.vendor_id = v.id) > t.max_locations`,
    ),
  ).toBe(0);
});

it('switches the feature on for all', async () => {
  expect((await db.query('select * from feature_flags')).rows).toEqual([
    { key: 'tier_upgrade_requests', audience: 'all' },
  ]);
});
