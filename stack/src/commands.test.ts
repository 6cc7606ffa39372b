import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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

/** Every index with all that could get lost when one is dropped and made again. */
const indexesOf = async (db: TestDatabase) =>
  (
    await db.query(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition, i.indisvalid,
         i.indisclustered, obj_description(i.indexrelid, 'pg_class') as comment
       from pg_index i join pg_class c on c.oid = i.indexrelid
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) order by 1`,
    )
  ).rows;

describe('npm run seed', () => {
  let db: TestDatabase;
  let indexes: unknown;
  const steps: string[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    indexes = await indexesOf(db);
    await loadBulkData(db.url, { ...SIZE, seed: 7 }, (step) => steps.push(step));
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

  it('says what it does, and leaves every index as it was', async () => {
    expect(steps).toContain(`Writing ${SIZE.requests.toLocaleString('en-GB')} requests`);
    expect(steps).toContainEqual(expect.stringMatching(/^Building \d+ indexes$/));
    expect(await indexesOf(db)).toEqual(indexes);
  });

  it('leaves alone what could not be made again exactly, and the indexes where more is there than comes', async () => {
    const own = await createTestDatabase();
    await own.query(
      `create index tier_upgrade_requests_ours on tier_upgrade_requests (target_tier);
       comment on index tier_upgrade_requests_ours is 'Ours.'`,
    );
    const before = await indexesOf(own);
    await loadBulkData(own.url, { vendors: 5, requests: 40, seed: 1 });
    expect(await indexesOf(own)).toEqual(before);
    const told: string[] = [];
    await loadBulkData(own.url, { vendors: 5, requests: 20, seed: 2 }, (step) => told.push(step));
    expect(told.join()).not.toContain('indexes');
  });

  it('needs no superuser, and leaves the triggers of the owner as they were', async () => {
    const [{ name: role }] = (
      await db.query<{ name: string }>(`select 'bulk_owner_' || substr(md5(random()::text), 1, 8) as name`)
    ).rows as [{ name: string }];
    const own = await createTestDatabase();
    try {
      await own.query(`create role ${role} login password 'owner of a test'`);
      await own.query(
        `do $$ declare t record; begin
           for t in select oid::regclass as name from pg_class
             where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind in ('r', 'v') loop
             execute format('alter table %s owner to ${role}', t.name);
           end loop;
         end $$;
         grant all on schema public, private to ${role};
         grant execute on all functions in schema private to ${role};
         grant temporary on database ${own.name} to ${role};
         alter table users disable trigger users_record_change`,
      );
      const url = new URL(own.url);
      url.username = role;
      url.password = 'owner of a test';
      await loadBulkData(url.href, { vendors: 5, requests: 40, seed: 1 });
      const { rows } = await own.query(
        `select tgname from pg_trigger where not tgisinternal and tgenabled = 'D'`,
      );
      expect(rows).toEqual([{ tgname: 'users_record_change' }]);
    } finally {
      await own.drop();
      await db.query(`drop role ${role}`);
    }
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
    expect(run('seed.ts', {}, '--vendor', '1').output).toMatch(
      /^Unknown option '--vendor'\. Use: npm run seed -- [^\n]*\n$/,
    );
    expect(run('seed.ts', { npm_config_vendors: '5' }).output).toContain('put -- before the options');
  });

  it('says which database cannot be reached, without its password', () => {
    const url = 'postgres://owner:a-secret-of-mine@127.0.0.1:1/tierline';
    const { code, output } = run('seed.ts', { DATABASE_URL: url, ACTIONS_DATABASE_URL: url });
    expect(code).toBe(1);
    expect(output).toBe(
      'The database of DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:1.\n',
    );
  });

  it('says when something else answers at the port of the embedded database', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tierline-seed-'));
    const other = createServer((socket) => socket.end('not a database')).listen(0, '127.0.0.1');
    try {
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PG_PORT: String(port) };
      const child = spawn(process.execPath, [join(import.meta.dirname, 'seed.ts')], { env });
      const [[code], errors] = await Promise.all([once(child, 'close'), text(child.stderr)]);
      expect(code).toBe(1);
      expect(errors).toMatch(/^Port \d+ answers, but not as the database in [^\n]*\n$/);
    } finally {
      other.close();
      await rm(dataDir, { recursive: true });
    }
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
