import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, bearerOf, createVendor, PASSWORD, type TestVendor } from '../testing/people.ts';
import { type Answer, startTestServer, TEST_SECRET, type TestServer } from '../testing/test-server.ts';
import { createResetLink } from './reset-tokens.ts';

const ORIGIN = 'http://localhost:3000';
const WRONG = 'not the password';

let server: TestServer;
/** One behind a proxy that we trust, which is where addresses are believed from Hasura too. */
let proxied: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  proxied = await startTestServer({ env: { TRUST_PROXY: '192.0.2.200', RATE_LIMIT_LOGIN: '1' } });
});

afterAll(async () => {
  await server?.stop();
  await proxied?.stop();
});

/** A browser: what it sends along, and what it keeps. */
interface Browser {
  readonly address: string;
  cookie?: string | undefined;
}

async function post(browser: Browser, path: string, json: object): Promise<Answer> {
  const answer = await server.send(`/api/auth/${path}`, {
    method: 'POST',
    headers: {
      Origin: ORIGIN,
      // As the servers of our pages pass an address on.
      'X-Action-Secret': TEST_SECRET,
      'X-Forwarded-For': browser.address,
      ...(browser.cookie === undefined ? {} : { Cookie: browser.cookie }),
    },
    json,
  });
  const set = answer.headers.getSetCookie().find((line) => line.startsWith('tierline_device='));
  if (set !== undefined) browser.cookie = set.split(';')[0];
  return answer;
}

const login = (browser: Browser, email: string, password = PASSWORD) =>
  post(browser, 'login', { email, password, app: 'portal' });

const statuses = (answers: Answer[]) => answers.map(({ status }) => status);

async function times<T>(count: number, work: (turn: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < count; turn += 1) results.push(await work(turn));
  return results;
}

/** A stranger uses up all guesses that unknown clients have at an address, from many addresses. */
async function lockUnknownOut({ email }: TestVendor): Promise<void> {
  const answers = await times(11, (turn) => login({ address: `198.51.100.${turn}` }, email, WRONG));
  expect(statuses(answers)).toEqual([...Array(10).fill(401), 429]);
}

describe('signing in', () => {
  test('leaves a cookie that scripts do not see, that goes to sign-in alone and opens nothing', async () => {
    const vendor = await createVendor(server.admin);
    const answer = await login({ address: '203.0.113.1' }, vendor.email);
    const [cookie] = answer.headers.getSetCookie().filter((line) => line.startsWith('tierline_device='));
    expect(cookie).toMatch(
      /^tierline_device=[\w-]{54}; Max-Age=15552000; Path=\/api\/auth; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const value = cookie!.split(';')[0]!;
    for (const path of ['refresh', 'logout']) {
      const opened = await post({ address: '203.0.113.1', cookie: value }, path, {
        app: 'portal',
        ...(path === 'logout' ? { everywhere: true } : {}),
      });
      expect(opened.status).toBe(401);
    }
    const failed = await login({ address: '203.0.113.1' }, vendor.email, WRONG);
    expect(failed.headers.getSetCookie()).toEqual([]);
  });

  test('goes on from a known browser while strangers use up all that is theirs', async () => {
    const vendor = await createVendor(server.admin);
    const own: Browser = { address: '203.0.113.2' };
    await login(own, vendor.email);
    await lockUnknownOut(vendor);
    expect((await login({ address: '203.0.113.3' }, vendor.email)).status).toBe(429);
    expect((await login(own, vendor.email)).status).toBe(200);
    // Ten of its own, counted apart; another person's browser gives none.
    expect(statuses(await times(11, () => login(own, vendor.email, WRONG)))).toEqual([
      ...Array(10).fill(401),
      429,
    ]);
    const other = await createVendor(server.admin);
    const others: Browser = { address: '203.0.113.4' };
    await login(others, other.email);
    expect((await login(others, vendor.email)).status).toBe(429);
  });

  test('is open again to whoever sets a password by a mailed link', async () => {
    const vendor = await createVendor(server.admin);
    await lockUnknownOut(vendor);
    const link = await createResetLink(server.database, server.config, { id: vendor.userId, role: 'vendor' });
    const token = new URL(link).hash.slice('#token='.length);
    const browser: Browser = { address: '203.0.113.5' };
    const newPassword = 'a new horse, a new battery';
    expect((await post(browser, 'password/reset', { token, newPassword })).status).toBe(200);
    await lockUnknownOut(vendor);
    expect((await login(browser, vendor.email, newPassword)).status).toBe(200);
  });

  test('wrong guesses of strangers do not keep one from changing a password, nor do other sessions', async () => {
    const vendor = await createVendor(server.admin);
    await lockUnknownOut(vendor);
    const change = async (sessionId: string, currentPassword: string) =>
      server.send('/api/auth/password/change', {
        method: 'POST',
        headers: await bearerOf(server.config, { ...vendor, sessionId }),
        json: { currentPassword, newPassword: 'a new horse, a new battery' },
      });
    const stolen = await server.admin.query<{ id: string }>(
      'insert into private.sessions (user_id) values ($1) returning id',
      [vendor.userId],
    );
    const guesses = await times(11, () => change(stolen.rows[0]!.id, WRONG));
    expect(statuses(guesses)).toEqual([...Array(10).fill(401), 429]);
    expect((await change(vendor.sessionId, PASSWORD)).status).toBe(200);
  });
});

test('a known browser has mails with a link of its own, too', async () => {
  const vendor = await createVendor(server.admin);
  const own: Browser = { address: '203.0.113.6' };
  await login(own, vendor.email);
  const forgot = (browser: Browser) => post(browser, 'password/forgot', { email: vendor.email });
  const stranger = await times(4, (turn) => forgot({ address: `198.51.100.${turn}` }));
  expect(statuses(stranger)).toEqual([200, 200, 200, 429]);
  expect(statuses(await times(4, () => forgot(own)))).toEqual([200, 200, 200, 429]);
});

describe('through Hasura', () => {
  const guess = (at: TestServer, forwardedFor: string | undefined, email = `${randomUUID()}@example.com`) =>
    at.act(
      'login',
      { email, password: WRONG },
      ANONYMOUS,
      forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor },
    );

  test('guesses count by address where a proxy that we trust tells it', async () => {
    const answers = await times(11, () => guess(proxied, '203.0.113.9, 192.0.2.200'));
    expect(statuses(answers)).toEqual([...Array(10).fill(401), 429]);
    // What a client writes in front changes nothing.
    expect((await guess(proxied, '198.51.100.1, 203.0.113.9')).status).toBe(429);
    expect((await guess(proxied, '203.0.113.10')).status).toBe(401);
    expect((await guess(proxied, undefined)).status).toBe(401);
  });

  test('a header that anybody could have written is not believed', async () => {
    const direct = await startTestServer({ env: { RATE_LIMIT_LOGIN: '1' } });
    try {
      expect(statuses(await times(12, () => guess(direct, '203.0.113.9')))).toEqual(Array(12).fill(401));
      // Nor can it be used to lock a neighbour out.
      const { status } = await direct.send('/api/auth/login', {
        method: 'POST',
        headers: { 'X-Action-Secret': TEST_SECRET, 'X-Forwarded-For': '203.0.113.9' },
        json: { email: `${randomUUID()}@example.com`, password: WRONG },
      });
      expect(status).toBe(401);
    } finally {
      await direct.stop();
    }
  });
});

test('two hundred wrong passwords at once do not make a right one wait', async () => {
  const vendor = await createVendor(server.admin);
  const own: Browser = { address: '203.0.113.20' };
  await login(own, vendor.email);
  let compared = 0;
  const wrong = Array.from({ length: 200 }, async (_, turn) => {
    const from = { address: `198.51.100.${100 + (turn % 4)}` };
    const { status } = await login(from, `${randomUUID()}@example.com`, WRONG);
    if (status === 401) compared += 1;
    return status;
  });
  // Once some have been answered, the others are waiting for their turn.
  await expect.poll(() => compared, { timeout: 30_000, interval: 5 }).toBeGreaterThan(3);
  const before = compared;
  expect((await login(own, vendor.email)).status).toBe(200);
  expect(compared - before).toBeLessThan(100);
  expect(new Set(await Promise.all(wrong)).size).toBeLessThanOrEqual(2);
});
