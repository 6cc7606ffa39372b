import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBulkData } from './bulk/load-bulk-data.ts';
import { PROJECT_ROOT } from './project.ts';

const isLong = process.env.TIERLINE_LONG !== undefined;
const SIZE = isLong ? { vendors: 100_000, requests: 1_000_000 } : { vendors: 200, requests: 2000 };

function run(script: string, env: Record<string, string>, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, script), ...args],
    { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' },
  );
  return { code: status, output: `${stdout}${stderr}` };
}

const digest = async (db: TestDatabase) =>
  (
    await db.query(
      `select (select md5(string_agg(r::text, '' order by r.id)) from tier_upgrade_requests r) as requests,
         (select md5(string_agg((e.at, e.kind, e.request_id, e.from_tier, e.to_tier)::text, '' order by e.id))
          from tier_upgrade_request_events e) as events,
         (select md5(string_agg(v::text, '' order by v.id)) from vendors v) as vendors`,
    )
  ).rows[0];

describe('npm run seed', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
    await loadBulkData(db.url, { ...SIZE, seed: 7 });
  }, 600_000);

  it('loads what was asked for, and the whole database tells one story', async () => {
    const { rows } = await db.query(
      `select (select count(*)::int from vendors) as vendors, (select count(*)::int from tier_upgrade_requests) as requests,
         (select array_agg(distinct status order by status) from tier_upgrade_requests) as statuses,
         (select array_agg(distinct tier order by tier) from vendors) as tiers`,
    );
    expect(rows[0]).toEqual({
      ...SIZE,
      statuses: ['approved', 'cancelled', 'pending', 'rejected'],
      tiers: [1, 2, 3, 4],
    });
    const consistency = await readFile(join(PROJECT_ROOT, 'hasura/tests/consistency.sql'), 'utf8');
    expect((await db.query(consistency)).rows).toEqual([]);
  });

  it('leaves the timeline in the order of time, the counts right and the triggers on', async () => {
    const { rows } = await db.query(
      `select
         (select count(*)::int from (select at < lag(at) over (order by id) as is_back from tier_upgrade_request_events) e
          where e.is_back) as steps_back,
         (select sum(count)::int from tier_upgrade_daily where status = 'submitted') as submitted,
         (select count(*)::int from pg_trigger t where not t.tgisinternal and t.tgenabled = 'D') as disabled,
         (select max(created_at) < now() from tier_upgrade_requests) as is_past`,
    );
    expect(rows[0]).toEqual({ steps_back: 0, submitted: SIZE.requests, disabled: 0, is_past: true });
  });

  it('takes no data twice', async () => {
    await expect(loadBulkData(db.url, { ...SIZE, seed: 7 })).rejects.toThrow('--seed 7');
  });

  it('loads the same for the same seed, and beside what is there for another', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const small = { vendors: 7, requests: 50 };
    for (const each of [one, two]) await loadBulkData(each.url, { ...small, seed: 1 });
    expect(await digest(one)).toEqual(await digest(two));
    await loadBulkData(one.url, { ...small, seed: 2 });
    expect(await digest(one)).not.toEqual(await digest(two));
    await loadBulkData(one.url, { vendors: 20, requests: 0, seed: 3 });
    expect((await one.query('select count(*)::int as n from vendors')).rows).toEqual([{ n: 34 }]);
  });

  it('is refused in production and for sizes that are none', () => {
    expect(run('seed.ts', { NODE_ENV: 'production' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('NODE_ENV=production'),
    });
    expect(run('seed.ts', {}, '--vendors', '0').output).toContain('--vendors must be a whole number');
    expect(run('seed.ts', {}, '--vendor', '1').output).toContain('Use: npm run seed');
  });
});

describe('npm run user', () => {
  let db: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    db = await createTestDatabase({ seeded: true });
    env = {
      DATABASE_URL: db.url,
      ACTIONS_DATABASE_URL: db.url,
      ADMIN_URL: 'https://review.example.com',
      PORTAL_URL: 'https://portal.example.com',
    };
  });

  it('creates an administrator who has no password yet, and prints a link that sets one', async () => {
    const { code, output } = run('user.ts', env, '--email', 'First@example.com', '--role', 'admin');
    expect(code, output).toBe(0);
    expect(output).toMatch(/https:\/\/review\.example\.com\/admin\/reset-password#token=[\w-]{43}\n/);
    const { rows } = await db.query(
      `select u.role, u.vendor_id, u.password_hash, t.expires_at - t.created_at = interval '1 hour' as is_hour
       from users u join private.password_reset_tokens t on t.user_id = u.id where u.email = 'First@example.com'`,
    );
    expect(rows).toEqual([{ role: 'admin', vendor_id: null, password_hash: '!', is_hour: true }]);
    const again = run('user.ts', env, '--email', 'first@example.com', '--role', 'admin');
    expect(again.output).toContain('was there already');
  });

  it('creates a user of a vendor', async () => {
    const { rows } = await db.query<{ slug: string }>('select slug from vendors order by slug limit 1');
    const { output } = run(
      'user.ts',
      env,
      '--email',
      'second@example.com',
      '--role',
      'vendor',
      '--vendor',
      rows[0]!.slug,
    );
    expect(output).toContain('https://portal.example.com/portal/reset-password#token=');
  });

  it.each([
    [['--role', 'admin'], 'Use: npm run user'],
    [['--email', 'a@example.com', '--role', 'owner'], 'must be admin or vendor'],
    [['--email', 'a@example.com', '--role', 'vendor'], 'needs --vendor'],
    [['--email', 'a@example.com', '--role', 'vendor', '--vendor', 'none'], 'no vendor with the slug none'],
    [['--email', 'nonsense', '--role', 'admin'], 'not an e-mail address'],
    [['--email', 'vendor1@example.com', '--role', 'admin'], 'another role or vendor'],
  ])('refuses %j in one sentence', (args, sentence) => {
    const { code, output } = run('user.ts', env, ...args);
    expect(code).toBe(1);
    expect(output).toContain(sentence);
  });

  it('needs the tables', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const { output } = run(
      'user.ts',
      { ...env, DATABASE_URL: empty.url },
      '--email',
      'a@b',
      '--role',
      'admin',
    );
    expect(output).toContain('The tables are not there yet');
  });
});
