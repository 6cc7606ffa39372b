import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../testing/csv-reader.ts';
import { bearerOf, createAdmin, createRequest, createVendor, type TestAdmin } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const REQUESTS = process.env.TIERLINE_LONG ? 1_000_000 : 30_000;
const EXPORT = '/api/admin/tier-upgrade-requests.csv';

let server: TestServer;
let admin: TestAdmin;
let asAdmin: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  admin = await createAdmin(server.admin);
  asAdmin = await bearerOf(server.config, admin);
});

afterAll(() => server?.stop());

const get = (query = '', headers = asAdmin) => server.send(`${EXPORT}${query}`, { headers });

test('is a file of CSV with the contract’s columns', async () => {
  const vendor = await createVendor(server.admin);
  const id = await createRequest(server.admin, vendor);
  const answer = await get(`?vendorId=${vendor.vendorId}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="tier-upgrade-requests.csv"');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('ratelimit-limit')).toBe('1000');
  const [header, row, ...more] = readCsv(answer.body);
  expect(header?.join()).toBe(
    'id,vendor,current_tier,target_tier,status,created_at,reviewed_at,reviewed_by,rejection_reason,business_justification',
  );
  expect(row?.slice(0, 5)).toEqual([id, vendor.email.split('@')[0], '1', '2', 'pending']);
  expect(row?.[5]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(row?.slice(6, 9)).toEqual(['', '', '']);
  expect(more).toEqual([]);
});

test('texts of a hostile vendor stay text, also in a spreadsheet', async () => {
  const vendor = await createVendor(server.admin);
  const headers = await bearerOf(server.config, vendor);
  const name = '=cmd|\' /C calc\'!A0, "Ltd"';
  await server.admin.query('update vendors set name = $2 where id = $1', [vendor.vendorId, name]);
  await server.admin.query("update feature_flags set audience = 'all'");
  const justification = `@SUM(1+1)*cmd\n"quoted", <script>alert(1)</script> ; ünïcode 🦄 ${'x'.repeat(50)}`;
  await server.send(`/api/portal/vendors/${vendor.vendorId}/tier-upgrade-requests`, {
    method: 'POST',
    headers,
    json: { targetTier: 2, businessJustification: justification },
  });
  const { body } = await get(`?vendorId=${vendor.vendorId}`);
  const [, row] = readCsv(body);
  expect(row?.[1]).toBe(`'${name}`);
  expect(row?.[9]).toBe(`'${justification}`);
});

test('has a mark for spreadsheets, and times as they read them, for whoever asks', async () => {
  const vendor = await createVendor(server.admin);
  await createRequest(server.admin, vendor);
  const query = `?vendorId=${vendor.vendorId}&bom=1&timeZone=Asia/Tokyo`;
  const answer = await fetch(`${server.url}${EXPORT}${query}`, { headers: asAdmin });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const body = new TextDecoder().decode(bytes);
  expect(readCsv(body)[1]?.[5]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  const plain = await get(`?vendorId=${vendor.vendorId}`);
  expect(plain.body.startsWith('id,')).toBe(true);
});

test('without a request it is the header', async () => {
  const { body } = await get('?status=cancelled');
  expect(readCsv(body)).toHaveLength(1);
});

test.each([
  ['?page=1', 'INVALID_INPUT'],
  ['?limit=5', 'INVALID_INPUT'],
  ['?status=none', 'INVALID_INPUT'],
  ['?bom=yes', 'INVALID_INPUT'],
  ['?timeZone=Mars/Olympus', 'INVALID_INPUT'],
  [`?q=${'x'.repeat(201)}`, 'INVALID_INPUT'],
  ['?targetTier=9', 'INVALID_TIER'],
])('%s is %s, as JSON', async (query, code) => {
  const answer = await get(query);
  expect(answer).toMatchObject({ status: 400, body: { success: false, code } });
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(answer.headers.get('content-disposition')).toBeNull();
});

test('is for administrators', async () => {
  const vendor = await createVendor(server.admin);
  expect((await get('', {})).status).toBe(401);
  expect((await get('', await bearerOf(server.config, vendor))).status).toBe(403);
});

test('HEAD tells what would come and reads nothing', async () => {
  const head = await server.send(EXPORT, { method: 'HEAD', headers: asAdmin });
  expect(head).toMatchObject({ status: 200, body: '' });
  expect(head.headers.get('content-type')).toContain('text/csv');
});

describe(`of ${REQUESTS} requests`, () => {
  beforeAll(async () => {
    const pool = server.admin.pool({ max: 1 });
    await pool.query("set session_replication_role = 'replica'");
    await pool.query(
      `insert into vendors (name, slug, email, tier) select 'v' || n, 'v' || n, 'v' || n || '@example.com', 1
       from generate_series(1, 1000) n`,
    );
    await pool.query(
      `insert into tier_upgrade_requests (vendor_id, current_tier, target_tier, business_justification, status, created_at)
       select v.id, 1, 2 + n % 3, repeat('A reason that goes on and on. ', 10), 'cancelled', '2025-01-01'::timestamptz + n * interval '1 second'
       from generate_series(1, $1::int) n join vendors v on v.slug = 'v' || (1 + n % 1000)`,
      [REQUESTS],
    );
    await pool.query('vacuum (analyze) tier_upgrade_requests');
    await pool.query('select private.recount_tier_upgrades()');
  });

  /** A client that reads nothing until told to. */
  function open(query: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      httpRequest(`${server.url}${EXPORT}${query}`, { headers: asAdmin, agent: false }, (response) =>
        resolve(response),
      )
        .on('error', reject)
        .end();
    });
  }

  const exportsInPostgres = async () => {
    const { rows } = await server.admin.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
       and state <> 'idle' and query like any (array['fetch forward%', 'declare streamed%'])`,
    );
    return rows.length;
  };

  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
  };

  test('every one of them arrives once, in order', async () => {
    const response = await open('?status=cancelled&order=asc');
    let rows = -1;
    let last = '';
    let rest = '';
    for await (const chunk of response.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        rows += 1;
        if (rows === 0) continue;
        const created = line.split(',')[5]!;
        if (created <= last) throw new Error(`${created} comes after ${last}`);
        last = created;
      }
    }
    expect(rows).toBe(REQUESTS);
    expect(rest).toBe('');
  });

  test('a client who does not read makes Postgres wait instead of filling memory; who leaves ends the query', async () => {
    const response = await open('?status=cancelled');
    await once(response, 'readable');
    await until(async () => (await exportsInPostgres()) === 1);
    const before = process.memoryUsage();
    expect(before.arrayBuffers + before.external).toBeLessThan(100_000_000);
    response.destroy();
    await until(async () => (await exportsInPostgres()) === 0);
    expect(server.logs()).not.toContain('INTERNAL_ERROR');
  });

  test('three run at once; the fourth is told when to come back, and everybody else is served', async () => {
    const open3 = await Promise.all([1, 2, 3].map(() => open('')));
    const fourth = await get();
    expect(fourth).toMatchObject({ status: 429, body: { code: 'RATE_LIMIT_EXCEEDED', retryAfter: 30 } });
    expect(fourth.headers.get('retry-after')).toBe('30');
    expect((await server.send('/api/admin/tier-upgrade-requests', { headers: asAdmin })).status).toBe(200);
    for (const response of open3) response.destroy();
    await until(async () => (await exportsInPostgres()) === 0);
    await until(async () => (await get('?status=approved')).status === 200);
  });

  test('a failure in the middle cuts the file off instead of ending it', async () => {
    const response = await open('?status=cancelled');
    await once(response, 'readable');
    await until(async () => (await exportsInPostgres()) === 1);
    await server.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
       and query like 'fetch forward%' and pid <> pg_backend_pid()`,
    );
    const failure = await (async () => {
      for await (const _ of response);
    })().catch((error: Error) => error);
    expect(failure).toBeInstanceOf(Error);
    await until(async () => server.logs().includes('DATABASE_ERROR'));
  });
});
