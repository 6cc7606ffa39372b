import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { value } from './fixtures.ts';

let db: TestDatabase;

/** Enough rows for the planner to choose as it would in earnest, a thousand of them at each moment, one vendor with many. */
beforeAll(async () => {
  db = await createTestDatabase();
  await db.query(`
    insert into vendors (name, slug, email)
    select 'Vendor ' || n, 'vendor-' || n, 'vendor@example.com' from generate_series(1, 1000) n`);
  await db.query(`
    insert into vendors (id, name, slug, email)
    values ('10000000-0000-4000-8000-000000000001', 'Busy vendor', 'busy-vendor', 'busy@example.com')`);
  await db.query('alter table tier_upgrade_requests disable trigger user');
  await db.query(`
    insert into tier_upgrade_requests (
      vendor_id, current_tier, target_tier, business_justification, status, created_at, updated_at
    )
    select v.id, 1, 2 + n % 3, repeat('Because. ', 10), case n when 1 then 'pending' else 'cancelled' end,
      now() - n * interval '1 day', now() - n * interval '1 day'
    from vendors v cross join lateral generate_series(1, case v.slug when 'busy-vendor' then 2000 else 10 end) n`);
  await db.query('alter table tier_upgrade_requests enable trigger user');
  await db.query('analyze');
});

describe('a page of requests', () => {
  it.each([
    ['of the queue', `where status = 'pending' order by created_at desc, id desc`],
    ['of the queue, oldest first', `where status = 'pending' order by created_at, id`],
    ['of all', 'order by created_at desc, id desc'],
    [
      "of a vendor's history",
      `where vendor_id = '10000000-0000-4000-8000-000000000001' order by created_at desc, id desc`,
    ],
    ['of the last touched', 'order by updated_at desc, id desc'],
    ['by target', 'order by target_tier desc, id desc'],
    ['after a key', 'where (created_at, id) < (now(), gen_random_uuid()) order by created_at desc, id desc'],
  ])('%s comes from an index, without a sort', async (_, clauses) => {
    const { rows } = await db.query(
      `explain (costs off) select * from tier_upgrade_requests ${clauses} limit 10`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Scan/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  it('is followed by the next without a gap or a repetition, though times are equal', async () => {
    const seen: string[] = [];
    let after: [Date | string, string] = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
    for (;;) {
      const { rows } = await db.query<{ id: string; at: string }>(
        `select id, created_at::text as at from tier_upgrade_requests
         where (created_at, id) < ($1::timestamptz, $2::uuid) order by created_at desc, id desc limit 700`,
        after,
      );
      if (rows.length === 0) break;
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1)!;
      after = [last.at, last.id];
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await value(db, 'select count(*)::int from tier_upgrade_requests'));
  });
});

describe('a page of another list', () => {
  it.each([
    ['vendors by name', 'vendors order by name, id'],
    ['vendors by tier', 'vendors order by tier desc, id desc'],
    ['users by address', 'users order by email, id'],
    ['users, newest first', 'users order by created_at desc, id desc'],
    ['mails by attempts', 'email_deliveries order by attempts desc, id desc'],
    ['requests by decision', 'tier_upgrade_requests order by reviewed_at desc nulls last, id desc'],
    ['requests by status', 'tier_upgrade_requests order by status, created_at desc, id desc'],
  ])('%s comes from an index, without a sort', async (_, clauses) => {
    const plan = await planOf(`select * from ${clauses} limit 10`);
    expect(plan).toMatch(/Index Scan/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});

describe('words anywhere in a text', () => {
  it.each([
    [
      'a vendor',
      `vendors where name ilike '%quay%' or email ilike '%quay%' or slug ilike '%quay%'`,
      'vendors_words',
    ],
    ['a user', `users where email ilike '%quay%'`, 'users_words'],
    [
      'a mail',
      `email_deliveries where recipient ilike '%quay%' or template ilike '%quay%'`,
      'email_deliveries_words',
    ],
    [
      'a request, or its vendor',
      `tier_upgrade_requests where vendor_id in ('10000000-0000-4000-8000-000000000001')
         or private.search_form(business_justification || E'\\n' || coalesce(rejection_reason, ''))
           like private.search_pattern('quay')`,
      'tier_upgrade_requests_words',
    ],
    [
      'a name',
      `vendors where private.search_form(name) like private.search_pattern('quay')`,
      'vendors_search_name',
    ],
  ])('are found in %s by their trigrams', async (_, clauses, index) => {
    expect(await planOf(`select * from ${clauses}`)).toContain(`Bitmap Index Scan on ${index}`);
  });
});

/** How a statement would be done if reading a whole table were never worth it: these tables are small. */
async function planOf(statement: string): Promise<string> {
  const client = await db.pool().connect();
  try {
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query(`explain (costs off) ${statement}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    client.release(true);
  }
}
