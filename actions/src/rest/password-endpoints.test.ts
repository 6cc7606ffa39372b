import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HASURA_CLAIMS } from '../accounts/access-token.ts';
import { createResetLink } from '../accounts/reset-tokens.ts';
import { bearerOf, createAdmin, createVendor, PASSWORD, type TestVendor } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const NEW_PASSWORD = 'a new horse, a new battery';
const ORIGIN = 'http://localhost:3000';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server?.stop());

const post = (path: string, json: object, headers: Record<string, string> = {}) =>
  server.send(`/api/auth/${path}`, { method: 'POST', headers, json });

const bearer = (vendor: TestVendor, now?: Date) => bearerOf(server.config, vendor, now);

test('a forgotten password: a mail is ordered, the link sets a new one', async () => {
  const vendor = await createVendor(server.admin);
  const forgot = await post('password/forgot', { email: vendor.email });
  expect(forgot).toMatchObject({ status: 200, body: { success: true } });
  expect(forgot.headers.get('ratelimit-remaining')).toBe('2');
  const link = await createResetLink(server.database, server.config, { id: vendor.userId, role: 'vendor' });
  const token = new URL(link).hash.slice('#token='.length);
  expect(await post('password/reset', { token, newPassword: NEW_PASSWORD })).toMatchObject({
    status: 200,
    body: { success: true },
  });
  expect(await post('password/reset', { token, newPassword: NEW_PASSWORD })).toMatchObject({
    status: 401,
    body: { success: false, code: 'UNAUTHORIZED' },
  });
  expect(await post('login', { email: vendor.email, password: NEW_PASSWORD })).toMatchObject({ status: 200 });
});

describe('a change', () => {
  const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };

  test('with an app hands the new session to the cookie alone', async () => {
    const vendor = await createVendor(server.admin);
    const answer = await post(
      'password/change',
      { ...passwords, app: 'portal' },
      { ...(await bearer(vendor)), Origin: ORIGIN },
    );
    expect(answer).toMatchObject({ status: 200, body: { success: true, refreshToken: null } });
    expect(answer.headers.getSetCookie().some((cookie) => /^tierline_portal=[\w-]{43};/.test(cookie))).toBe(
      true,
    );
  });

  test('with an app is for pages of ours, and for the role of the app', async () => {
    const vendor = await createVendor(server.admin);
    const headers = await bearer(vendor);
    for (const [app, origin] of [
      ['portal', 'https://evil.example'],
      ['admin', ORIGIN],
    ] as const) {
      const answer = await post('password/change', { ...passwords, app }, { ...headers, Origin: origin });
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
  });

  test('without an app answers with the token', async () => {
    const answer = await post('password/change', passwords, await bearer(await createVendor(server.admin)));
    expect(answer.body.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('is not for who has no good token', async () => {
    const vendor = await createVendor(server.admin);
    const [key] = server.config.signingKeys;
    const claims = { sid: vendor.sessionId, [HASURA_CLAIMS]: { 'x-hasura-default-role': 'vendor' } };
    const sign = (issuer: string, audience: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: key.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(vendor.userId)
        .setExpirationTime('5m')
        .sign(key.privateKey);
    const unsigned = [{ alg: 'none' }, { sub: vendor.userId, iss: 'tierline', aud: 'tierline', ...claims }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const forgeries: Record<string, string>[] = [
      {},
      { Authorization: 'Bearer ' },
      { Authorization: 'Bearer x.y.z' },
      { Authorization: `Bearer ${unsigned}.` },
      { Authorization: `Bearer ${await sign('somebody', 'tierline')}` },
      { Authorization: `Bearer ${await sign('tierline', 'somebody')}` },
      await bearer(vendor, new Date(Date.now() - 16 * 60_000)),
      { Cookie: (await bearer(vendor)).Authorization!.replace('Bearer ', 'tierline_portal=') },
    ];
    for (const headers of forgeries) {
      expect(await post('password/change', passwords, headers)).toMatchObject({
        status: 401,
        body: { success: false, code: 'UNAUTHORIZED' },
      });
    }
  });

  test('is refused to a disabled user and to a role that is no longer theirs', async () => {
    const vendor = await createVendor(server.admin);
    const headers = await bearer(vendor);
    await server.admin.query('update users set disabled_at = now() where id = $1', [vendor.userId]);
    expect((await post('password/change', passwords, headers)).status).toBe(401);
    const admin = await createAdmin(server.admin);
    const wrongRole = await bearer({ ...vendor, userId: admin.userId, sessionId: admin.sessionId });
    expect((await post('password/change', passwords, wrongRole)).status).toBe(403);
  });
});
