import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addressKeyOf } from './accounts/login-guard.ts';
import { createMetrics } from './metrics.ts';
import { createRateLimits } from './rate-limits.ts';
import {
  ANONYMOUS,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  PASSWORD,
} from './testing/people.ts';
import { startTestServer, TEST_SECRET, type TestServer } from './testing/test-server.ts';

const MINUTE = 60_000;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ env: { RATE_LIMIT_ADMIN: '4' } });
  await openFeature(server.admin);
});

afterEach(() => void vi.useRealTimers());
afterAll(() => server?.stop());

/** Moves the clock of the server, which lives in this process; the database keeps its own. */
function advance(milliseconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now + milliseconds);
}

const SUBMISSION = { targetTier: 2, businessJustification: JUSTIFICATION };
const submit = (session: Record<string, string>, input: object = SUBMISSION) =>
  server.act('submitTierUpgradeRequest', input, session);

const exceeded = (longest: number) => ({
  status: 429,
  body: {
    extensions: {
      code: 'RATE_LIMIT_EXCEEDED',
      retryAfter: expect.toSatisfy((seconds) => seconds >= 1 && seconds <= longest),
    },
  },
});

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < count; turn += 1) results.push(await work());
  return results;
}

describe('submissions', () => {
  test('are ten an hour for all users of a vendor together, whatever comes of them', async () => {
    const vendor = await createVendor(server.admin);
    expect((await submit(vendor.session)).body.submitsLeft).toBe(9);
    await times(9, () => submit(vendor.session, { targetTier: 'nonsense' }));
    expect(await submit(vendor.session)).toMatchObject(exceeded(3600));
    const { rows } = await server.admin.query<{ id: string }>(
      `insert into users (email, password_hash, role, vendor_id) values ($1, 'none', 'vendor', $2) returning id`,
      [`${randomUUID()}@example.com`, vendor.vendorId],
    );
    const colleague = { 'x-hasura-role': 'vendor', 'x-hasura-user-id': rows[0]!.id };
    expect(await submit(colleague)).toMatchObject(exceeded(3600));
    advance(61 * MINUTE);
    expect(await submit(vendor.session)).toMatchObject({
      status: 409,
      body: { extensions: { code: 'PENDING_REQUEST_EXISTS' } },
    });
  });

  test('are counted before the input is looked at, and after role and user', async () => {
    const vendor = await createVendor(server.admin);
    await times(12, () => submit({ ...vendor.session, 'x-hasura-role': 'app_admin' }));
    expect((await submit(vendor.session)).body.submitsLeft).toBe(9);
    await times(9, () => submit(vendor.session));
    expect(await submit(vendor.session, { wrong: 1 })).toMatchObject(exceeded(3600));
    await server.admin.query('update users set disabled_at = now() where id = $1', [vendor.userId]);
    expect(await submit(vendor.session)).toMatchObject({ status: 401 });
  });

  test('of other vendors have their own ten, also against a forged vendor id', async () => {
    const [vendor, other] = [await createVendor(server.admin), await createVendor(server.admin)];
    const forged = { ...vendor.session, 'x-hasura-vendor-id': other.vendorId };
    await times(11, () => submit(forged));
    expect(await submit(vendor.session)).toMatchObject(exceeded(3600));
    expect((await submit(other.session)).body.submitsLeft).toBe(9);
  });

  test('do not limit a vendor’s way out', async () => {
    const vendor = await createVendor(server.admin);
    const requestId = await createRequest(server.admin, vendor);
    await times(11, () => submit(vendor.session));
    expect(await server.act('cancelTierUpgradeRequest', { requestId }, vendor.session)).toMatchObject({
      status: 200,
    });
  });
});

describe('an administrator', () => {
  test('has one limit for all actions together, submissions on behalf included', async () => {
    const admin = await createAdmin(server.admin);
    const vendors = await Promise.all(Array.from({ length: 2 }, () => createVendor(server.admin)));
    for (const { vendorId } of vendors) {
      const answer = await submit(admin.session, { ...SUBMISSION, vendorId });
      expect(answer).toMatchObject({ status: 200, body: { submitsLeft: null } });
    }
    await server.act('bulkApproveTierUpgradeRequests', { requestIds: 'wrong' }, admin.session);
    await server.act('setVendorBeta', { vendorId: vendors[0]!.vendorId, isBeta: true }, admin.session);
    const one = () => server.act('updateVendorTier', {}, admin.session);
    expect(await one()).toMatchObject(exceeded(3600));
    const other = await createAdmin(server.admin);
    expect(await server.act('updateVendorTier', {}, other.session)).toMatchObject({ status: 400 });
    advance(61 * MINUTE);
    expect(await one()).toMatchObject({ status: 400 });
  });
});

describe('wrong passwords', () => {
  const login = (email: string, password = 'not the password') =>
    server.act('login', { email, password }, ANONYMOUS);
  const codes = (answers: { body: { extensions?: { code: string } } }[]) =>
    answers.map(({ body }) => body.extensions?.code ?? 'ok');

  test('are ten in a quarter of an hour per address, however it is written', async () => {
    const { email } = await createVendor(server.admin);
    const spellings = [email, email.toUpperCase(), ` ${email} `];
    let turn = 0;
    const answers = await times(10, () => login(spellings[turn++ % 3]!));
    expect(codes(answers)).toEqual(Array(10).fill('UNAUTHORIZED'));
    expect(await login(email, PASSWORD)).toMatchObject(exceeded(900));
    advance(16 * MINUTE);
    expect((await login(email, PASSWORD)).status).toBe(200);
  });

  test('of an address that nobody has are counted alike', async () => {
    const email = `${randomUUID()}@example.com`;
    expect(codes(await times(11, () => login(email)))).toEqual([
      ...Array(10).fill('UNAUTHORIZED'),
      'RATE_LIMIT_EXCEEDED',
    ]);
  });

  test('are no more when they come all at once', async () => {
    const { email } = await createVendor(server.admin);
    const answers = codes(await Promise.all(Array.from({ length: 40 }, () => login(email))));
    expect(answers.filter((code) => code === 'UNAUTHORIZED')).toHaveLength(10);
    expect(answers.filter((code) => code === 'RATE_LIMIT_EXCEEDED')).toHaveLength(30);
  });

  test('count, right ones do not', async () => {
    const { email } = await createVendor(server.admin);
    expect(codes(await times(12, () => login(email, PASSWORD)))).toEqual(Array(12).fill('ok'));
  });

  test('leave no address in the table', async () => {
    const email = `${randomUUID()}@example.com`;
    await login(email);
    const { rows } = await server.admin.query('select key from private.rate_limits where key like $1', [
      `%${email}%`,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('wrong passwords over REST', () => {
  const login = (from: string, email = `${randomUUID()}@example.com`, at = server) =>
    at.send('/api/auth/login', {
      method: 'POST',
      headers: { 'X-Forwarded-For': from },
      json: { email, password: 'not the password' },
    });

  test('count together with those over GraphQL, and the answer says where one stands', async () => {
    const email = `${randomUUID()}@example.com`;
    await times(9, () => server.act('login', { email, password: 'wrong' }, ANONYMOUS));
    const last = await login('192.0.2.1', email);
    expect(last.status).toBe(401);
    expect(Object.fromEntries(last.headers)).toMatchObject({
      'ratelimit-limit': '10',
      'ratelimit-remaining': '0',
      'x-ratelimit-remaining': '0',
    });
    const answer = await login('192.0.2.1', email);
    const retryAfter = Number(answer.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(answer).toMatchObject({
      status: 429,
      body: { success: false, code: 'RATE_LIMIT_EXCEEDED', retryAfter },
    });
    expect(answer.headers.get('ratelimit-reset')).toBe(String(retryAfter));
  });

  test('are limited per client address too, as a proxy that we trust tells it', async () => {
    const proxied = await startTestServer({ env: { TRUST_PROXY: 'loopback', RATE_LIMIT_LOGIN: '1' } });
    try {
      const statuses = await times(11, async () => (await login('192.0.2.7', undefined, proxied)).status);
      expect(statuses).toEqual([...Array(10).fill(401), 429]);
      expect((await login('192.0.2.8', undefined, proxied)).status).toBe(401);
      // What the client writes in front is not believed, only what the proxy added.
      expect((await login('203.0.113.9, 192.0.2.7', undefined, proxied)).status).toBe(429);
    } finally {
      await proxied.stop();
    }
  });

  test('are limited per client address as the servers of our pages tell it, which carry the action secret', async () => {
    const direct = await startTestServer({ env: { RATE_LIMIT_LOGIN: '1' } });
    const from = (address: string) =>
      direct.send('/api/auth/login', {
        method: 'POST',
        headers: { 'X-Forwarded-For': address, 'X-Action-Secret': TEST_SECRET },
        json: { email: `${randomUUID()}@example.com`, password: 'not the password' },
      });
    try {
      const statuses = await times(11, async () => (await from('192.0.2.7')).status);
      expect(statuses).toEqual([...Array(10).fill(401), 429]);
      expect((await from('192.0.2.8')).status).toBe(401);
      expect((await from('203.0.113.9, 192.0.2.7')).status).toBe(429);
    } finally {
      await direct.stop();
    }
  });

  test('a client that nobody vouches for cannot choose its address', async () => {
    const direct = await startTestServer({ env: { RATE_LIMIT_LOGIN: '1' } });
    try {
      let turn = 0;
      const statuses = await times(
        11,
        async () => (await login(`192.0.2.${turn++}`, undefined, direct)).status,
      );
      expect(statuses).toEqual([...Array(10).fill(401), 429]);
    } finally {
      await direct.stop();
    }
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => expect(addressKeyOf(address)).toBe(key));
});

test('mails with a reset link are three an hour per address, whoever has it', async () => {
  const { email } = await createVendor(server.admin);
  for (const address of [email, `${randomUUID()}@example.com`]) {
    const ask = (written: string) => server.act('requestPasswordReset', { email: written }, ANONYMOUS);
    const statuses = [await ask(address), await ask(` ${address} `), await ask(address.toUpperCase())];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await ask(address)).toMatchObject(exceeded(3600));
  }
});

test('replicas count together, and what one counted another takes back', async () => {
  const replicas = [1, 2].map(() => createRateLimits(server.config, server.database, createMetrics()));
  const key = randomUUID();
  const counted = await Promise.all(
    Array.from({ length: 10 }, (_, turn) => replicas[turn % 2]!.count('submit', key)),
  );
  expect(counted.map((state) => state!.remaining).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await expect(replicas[0]!.count('submit', key)).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  await replicas[1]!.forget('submit', key);
  expect(await replicas[0]!.count('submit', key)).toMatchObject({ remaining: 9 });
});

test('a limit of 0 is off', async () => {
  const config = { rateLimits: { submit: 0, vendorList: 0, admin: 0, login: 0 } };
  const off = createRateLimits(config, server.database, createMetrics());
  expect(await off.count('submit', 'anybody')).toBeNull();
  expect(await off.count('password_reset', 'anybody')).toBeNull();
  await off.forgive('login', 'anybody');
});

test('a refusal is measured by its limit', async () => {
  expect(await server.metrics.registry.metrics()).toMatch(
    /tierline_rate_limit_hits_total\{limit="submit"\} [1-9]/,
  );
});

test('counters whose window is over are deleted, the others stay', async () => {
  const key = randomUUID();
  await server.rateLimits.count('login', key);
  await server.rateLimits.count('submit', key);
  advance(16 * MINUTE);
  await server.rateLimits.deleteExpired();
  const { rows } = await server.admin.query('select key from private.rate_limits where key like $1', [
    `%${key}`,
  ]);
  expect(rows).toEqual([{ key: `submit:${key}` }]);
});
