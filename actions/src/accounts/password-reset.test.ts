import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteExpired } from '../housekeeping.ts';
import {
  ANONYMOUS,
  createAdmin,
  createVendor,
  PASSWORD,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { createResetLink } from './reset-tokens.ts';

const NEW_PASSWORD = 'a new horse, a new battery';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    env: { PORTAL_URL: 'https://portal.example.com', ADMIN_URL: 'https://review.example.com' },
  });
});

afterAll(() => server?.stop());

const login = (email: string, password: string) => server.act('login', { email, password }, ANONYMOUS);
const refresh = (refreshToken: string) => server.act('refreshSession', { refreshToken }, ANONYMOUS);
const reset = (token: string, newPassword = NEW_PASSWORD) =>
  server.act('resetPassword', { token, newPassword }, ANONYMOUS);
const change = (
  { session }: TestVendor | TestAdmin,
  currentPassword: string,
  newPassword: unknown = NEW_PASSWORD,
) => server.act('changePassword', { currentPassword, newPassword }, session);
const refusal = (status: number, code: string) => ({ status, body: { extensions: { code } } });

async function rows(sql: string, values: unknown[] = []) {
  return (await server.admin.query(sql, values)).rows;
}

/** A link as the mail step makes it, and the token in it. */
async function linkFor({ userId }: { userId: string }, role: 'vendor' | 'admin' = 'vendor') {
  const link = await createResetLink(server.database, server.config, { id: userId, role });
  return { link, token: new URLSearchParams(new URL(link).hash.slice(1)).get('token')! };
}

describe('requestPasswordReset', () => {
  const ask = (email: string) => server.act('requestPasswordReset', { email }, ANONYMOUS);
  const orders = (email: string) =>
    rows(
      `select d.status, d.template, d.attempts, o.user_id, o.event_id
       from email_deliveries d join private.email_orders o on o.delivery_id = d.id where d.recipient = $1`,
      [email],
    );

  test('orders a mail for who is known and enabled, and says the same to everybody', async () => {
    const [known, disabled] = [await createVendor(server.admin), await createVendor(server.admin)];
    await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
    const bodies = [
      (await ask(known.email.toUpperCase())).body,
      (await ask(disabled.email)).body,
      (await ask('nobody@example.com')).body,
    ];
    expect(bodies[0]).toMatchObject({ success: true });
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
    expect(await orders(known.email)).toEqual([
      { status: 'queued', template: 'password_reset', attempts: 0, user_id: known.userId, event_id: null },
    ]);
    expect(await orders(disabled.email)).toEqual([]);
    expect(await orders('nobody@example.com')).toEqual([]);
  });

  test('makes no token: that is for whoever sends the mail', async () => {
    const { email, userId } = await createVendor(server.admin);
    await ask(email);
    expect(await rows('select from private.password_reset_tokens where user_id = $1', [userId])).toEqual([]);
  });
});

describe('a link', () => {
  test('leads to the app of its user, at the address of the settings, and keeps its token from servers', async () => {
    const [vendor, admin] = [await createVendor(server.admin), await createAdmin(server.admin)];
    expect((await linkFor(vendor)).link).toMatch(
      /^https:\/\/portal\.example\.com\/portal\/reset-password#token=[\w-]{43}$/,
    );
    expect((await linkFor(admin, 'admin')).link).toMatch(
      /^https:\/\/review\.example\.com\/admin\/reset-password#token=[\w-]{43}$/,
    );
  });

  test('is stored as a hash only', async () => {
    const vendor = await createVendor(server.admin);
    const { token } = await linkFor(vendor);
    const [row] = await rows(
      `select t::text as text, encode(token_hash, 'escape') as hash
       from private.password_reset_tokens t where user_id = $1`,
      [vendor.userId],
    );
    expect(row!.text).not.toContain(token);
    expect(row!.hash).not.toContain(token);
  });
});

describe('resetPassword', () => {
  test('sets the password, ends every session, and works once', async () => {
    const vendor = await createVendor(server.admin);
    const { refreshToken } = (await login(vendor.email, PASSWORD)).body;
    const [first, second] = [await linkFor(vendor), await linkFor(vendor)];
    expect(await reset(first.token)).toMatchObject({ status: 200, body: { success: true } });
    expect(await login(vendor.email, PASSWORD)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    expect((await login(vendor.email, NEW_PASSWORD)).status).toBe(200);
    expect(await refresh(refreshToken)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    expect(await reset(first.token)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    // The other links of the same user are used up with it.
    expect(await reset(second.token)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
  });

  test('of many at once with one link exactly one wins', async () => {
    const vendor = await createVendor(server.admin);
    const { token } = await linkFor(vendor);
    const passwords = Array.from({ length: 6 }, (_, turn) => `${NEW_PASSWORD} ${turn}`);
    const answers = await Promise.all(passwords.map((password) => reset(token, password)));
    const winners = passwords.filter((_, turn) => answers[turn]!.status === 200);
    expect(winners).toHaveLength(1);
    expect((await login(vendor.email, winners[0]!)).status).toBe(200);
  });

  test.each([
    ['made up', async () => 'x'.repeat(43)],
    ['empty', async () => ''],
    [
      'too old',
      async (vendor: TestVendor) => {
        const { token } = await linkFor(vendor);
        await server.admin.query(
          "update private.password_reset_tokens set expires_at = now() - interval '1 second' where user_id = $1",
          [vendor.userId],
        );
        return token;
      },
    ],
    [
      'of a disabled user',
      async (vendor: TestVendor) => {
        const { token } = await linkFor(vendor);
        await server.admin.query('update users set disabled_at = now() where id = $1', [vendor.userId]);
        return token;
      },
    ],
  ])('refuses a link that is %s', async (_, tokenOf) => {
    const vendor = await createVendor(server.admin);
    expect(await reset(await tokenOf(vendor))).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    const [{ password_hash: hash } = {}] = await rows('select password_hash from users where id = $1', [
      vendor.userId,
    ]);
    expect(await server.passwords.verify(PASSWORD, hash)).toBe(true);
  });

  test.each([
    ['short pass!'],
    ['x'.repeat(129)],
    [''],
    [`${NEW_PASSWORD}\0`],
    [`${NEW_PASSWORD}\ud800`],
    [7],
  ])('refuses the password %j and leaves the link good', async (newPassword) => {
    const { token } = await linkFor(await createVendor(server.admin));
    const answer = await server.act('resetPassword', { token, newPassword }, ANONYMOUS);
    expect(answer).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT', errors: [{ field: 'newPassword' }] } },
    });
    expect((await reset(token, '🚀'.repeat(12))).status).toBe(200);
  });

  test('gives back the guesses that somebody else used up', async () => {
    const vendor = await createVendor(server.admin);
    for (let guess = 0; guess < 11; guess += 1) await login(vendor.email, 'guess');
    expect(await login(vendor.email, PASSWORD)).toMatchObject(refusal(429, 'RATE_LIMIT_EXCEEDED'));
    await reset((await linkFor(vendor)).token);
    expect((await login(vendor.email, NEW_PASSWORD)).status).toBe(200);
  });
});

describe('changePassword', () => {
  test.each([['vendor'], ['admin']])(
    'ends every session of a %s and answers with a new one',
    async (role) => {
      const person = role === 'admin' ? await createAdmin(server.admin) : await createVendor(server.admin);
      const old = (await login(person.email, PASSWORD)).body.refreshToken;
      const { token } = await linkFor(person);
      const answer = await change(person, PASSWORD);
      expect(answer).toMatchObject({ status: 200, body: { user: { id: person.userId } } });
      expect(Object.keys(answer.body).sort()).toEqual([
        'accessToken',
        'expiresAt',
        'refreshToken',
        'role',
        'user',
      ]);
      expect((await refresh(answer.body.refreshToken)).status).toBe(200);
      expect(await refresh(old)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
      expect(await reset(token)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
      expect((await login(person.email, NEW_PASSWORD)).status).toBe(200);
    },
  );

  test('wants the current password, and guesses are limited like those of a sign-in', async () => {
    const vendor = await createVendor(server.admin);
    const { refreshToken } = (await login(vendor.email, PASSWORD)).body;
    for (let guess = 0; guess < 10; guess += 1) {
      expect(await change(vendor, 'not the password')).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    }
    expect(await change(vendor, PASSWORD)).toMatchObject(refusal(429, 'RATE_LIMIT_EXCEEDED'));
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  test('of two at once one wins', async () => {
    const vendor = await createVendor(server.admin);
    const passwords = [`${NEW_PASSWORD} 1`, `${NEW_PASSWORD} 2`];
    const answers = await Promise.all(passwords.map((password) => change(vendor, PASSWORD, password)));
    const winners = passwords.filter((_, turn) => answers[turn]!.status === 200);
    expect(winners).toHaveLength(1);
    expect((await login(vendor.email, winners[0]!)).status).toBe(200);
  });

  test('refuses a new password that is too short', async () => {
    const vendor = await createVendor(server.admin);
    expect(await change(vendor, PASSWORD, 'short pass!')).toMatchObject(refusal(400, 'INVALID_INPUT'));
  });
});

test('what has expired is deleted: links, refresh tokens, and sessions without any', async () => {
  const [gone, here] = [await createVendor(server.admin), await createVendor(server.admin)];
  for (const vendor of [gone, here]) {
    await server.admin.query('delete from private.sessions where id = $1', [vendor.sessionId]);
    await login(vendor.email, PASSWORD);
    await linkFor(vendor);
  }
  await server.admin.query(
    `update private.sessions set created_at = now() - interval '31 days' where user_id = $1`,
    [gone.userId],
  );
  await server.admin.query(
    `update private.refresh_tokens t set expires_at = now() - interval '1 day'
     from private.sessions s where s.id = t.session_id and s.user_id = $1`,
    [gone.userId],
  );
  await server.admin.query(
    `update private.password_reset_tokens set expires_at = now() - interval '1 day' where user_id = $1`,
    [gone.userId],
  );
  await deleteExpired(server);
  for (const [vendor, left] of [
    [gone, 0],
    [here, 1],
  ] as const) {
    expect(await rows('select from private.sessions where user_id = $1', [vendor.userId])).toHaveLength(left);
    expect(
      await rows('select from private.password_reset_tokens where user_id = $1', [vendor.userId]),
    ).toHaveLength(left);
  }
});
