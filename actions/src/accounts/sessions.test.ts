import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ANONYMOUS, createAdmin, createVendor, PASSWORD, type TestVendor } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { HASURA_CLAIMS } from './access-token.ts';
import { hashSecretToken } from './secret-token.ts';

let server: TestServer;
let vendor: TestVendor;

beforeAll(async () => {
  server = await startTestServer();
  vendor = await createVendor(server.admin);
});

afterAll(() => server?.stop());

const login = (email: string, password = PASSWORD, session: Record<string, string> = ANONYMOUS) =>
  server.act('login', { email, password }, session);
const refresh = (refreshToken: string) => server.act('refreshSession', { refreshToken }, ANONYMOUS);
const logout = (refreshToken: string, everywhere?: boolean) =>
  server.act('logout', { refreshToken, everywhere }, ANONYMOUS);

const UNAUTHORIZED = { status: 401, body: { extensions: { code: 'UNAUTHORIZED' } } };

async function newToken(email = vendor.email): Promise<string> {
  return (await login(email)).body.refreshToken;
}

describe('login', () => {
  test('answers with the session, whatever the case of the address', async () => {
    const { status, body } = await login(` ${vendor.email.toUpperCase()} `);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['accessToken', 'expiresAt', 'refreshToken', 'role', 'user']);
    expect(body.role).toBe('vendor');
    expect(body.user).toEqual({ id: vendor.userId, email: vendor.email, vendorId: vendor.vendorId });
    expect(Buffer.from(body.refreshToken, 'base64url')).toHaveLength(32);
  });

  test('signs a token that the published keys verify', async () => {
    const { body } = await login(vendor.email);
    const { body: keySet, headers } = await server.send('/.well-known/jwks.json');
    expect(headers.get('cache-control')).toContain('max-age');
    expect(JSON.stringify(keySet)).not.toMatch(/"(d|p|q|dp|dq|qi)"/);
    const { payload } = await jwtVerify(body.accessToken, createLocalJWKSet(keySet), {
      issuer: 'tierline',
      audience: 'tierline',
      algorithms: ['RS256'],
    });
    expect(decodeProtectedHeader(body.accessToken).kid).toBe(keySet.keys[0].kid);
    expect(payload.sub).toBe(vendor.userId);
    expect(payload.exp! - payload.iat!).toBe(15 * 60);
    expect(new Date(body.expiresAt).getTime()).toBe(payload.exp! * 1000);
    expect(payload.sid).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload[HASURA_CLAIMS]).toEqual({
      'x-hasura-session-id': payload.sid,
      'x-hasura-allowed-roles': ['vendor'],
      'x-hasura-default-role': 'vendor',
      'x-hasura-user-id': vendor.userId,
      'x-hasura-vendor-id': vendor.vendorId,
    });
  });

  test('gives an administrator no vendor', async () => {
    const admin = await createAdmin(server.admin);
    const { body } = await login(admin.email);
    expect(body).toMatchObject({ role: 'app_admin', user: { vendorId: null } });
    const { body: keySet } = await server.send('/.well-known/jwks.json');
    const { payload } = await jwtVerify(body.accessToken, createLocalJWKSet(keySet));
    expect(payload[HASURA_CLAIMS]).toEqual({
      'x-hasura-session-id': payload.sid,
      'x-hasura-allowed-roles': ['app_admin'],
      'x-hasura-default-role': 'app_admin',
      'x-hasura-user-id': admin.userId,
    });
  });

  test('says the same to an unknown address, a wrong password and a disabled user', async () => {
    const disabled = await createVendor(server.admin);
    await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
    const answers = [
      await login('nobody@example.com'),
      await login(vendor.email, `${PASSWORD} `),
      await login(disabled.email),
      await login("' or 1=1 --", "' or '1'='1"),
    ];
    for (const answer of answers) expect(answer).toMatchObject(UNAUTHORIZED);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  test('compares a hash once each time, whoever it is', async () => {
    const verify = vi.spyOn(server.passwords, 'verify');
    const disabled = await createVendor(server.admin);
    await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
    for (const email of [vendor.email, 'nobody@example.com', disabled.email]) {
      verify.mockClear();
      expect(await login(email, 'a wrong password')).toMatchObject(UNAUTHORIZED);
      expect(verify, email).toHaveBeenCalledOnce();
    }
    verify.mockRestore();
  });

  test('wants both fields', async () => {
    const answer = await server.act('login', { email: ' ', password: 5 }, ANONYMOUS);
    expect(answer).toMatchObject({ status: 400, body: { extensions: { code: 'INVALID_INPUT' } } });
    expect(answer.body.extensions.errors.map(({ field }: { field: string }) => field)).toEqual([
      'email',
      'password',
    ]);
  });

  test('is for who is not signed in, and for Hasura’s own admin', async () => {
    expect(await login(vendor.email, PASSWORD, vendor.session)).toMatchObject({ status: 403 });
    expect(await login(vendor.email, PASSWORD, { 'x-hasura-role': 'admin' })).toMatchObject({ status: 200 });
  });

  test('stores no token, only its hash', async () => {
    const token = await newToken();
    const { rows } = await server.admin.query<{ token_hash: Buffer; expires_at: Date }>(
      'select * from private.refresh_tokens where token_hash = $1',
      [hashSecretToken(token)],
    );
    expect(rows).toHaveLength(1);
    const days = (rows[0]!.expires_at.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
  });
});

describe('refreshSession', () => {
  test('rotates the token and keeps the session', async () => {
    const first = await newToken();
    const second = await refresh(first);
    expect(second).toMatchObject({ status: 200, body: { role: 'vendor', user: { id: vendor.userId } } });
    expect(second.body.refreshToken).not.toBe(first);
    expect(await refresh(second.body.refreshToken)).toMatchObject({ status: 200 });
  });

  test('a token used again ends the whole session, and only that one', async () => {
    const [first, elsewhere] = [await newToken(), await newToken()];
    const second = await refresh(first);
    expect(await refresh(first)).toMatchObject(UNAUTHORIZED);
    expect(await refresh(second.body.refreshToken)).toMatchObject(UNAUTHORIZED);
    expect(await refresh(elsewhere)).toMatchObject({ status: 200 });
    expect(server.logs()).toContain('used twice');
  });

  test('of two at once with one token exactly one wins, and then the session is over', async () => {
    for (let round = 0; round < 15; round += 1) {
      const token = await newToken();
      const answers = await Promise.all([refresh(token), refresh(token), refresh(token)]);
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      expect(await refresh(winners[0]!.body.refreshToken)).toMatchObject(UNAUTHORIZED);
    }
  });

  test('re-use against the newest token: nothing outlives the session', async () => {
    for (let round = 0; round < 15; round += 1) {
      const first = await newToken();
      const second: string = (await refresh(first)).body.refreshToken;
      const [rotated] = await Promise.all([refresh(second), refresh(first)]);
      if (rotated.status === 200)
        expect(await refresh(rotated.body.refreshToken)).toMatchObject(UNAUTHORIZED);
      else expect(rotated).toMatchObject(UNAUTHORIZED);
    }
  });

  test('refuses unknown, expired and misshapen tokens', async () => {
    const token = await newToken();
    await server.admin.query("update private.refresh_tokens set expires_at = now() - interval '1 second'");
    expect(await refresh(token)).toMatchObject(UNAUTHORIZED);
    expect(await refresh('x'.repeat(43))).toMatchObject(UNAUTHORIZED);
    expect(await server.act('refreshSession', { refreshToken: [token] }, ANONYMOUS)).toMatchObject({
      status: 400,
    });
    expect(await server.act('refreshSession', {}, ANONYMOUS)).toMatchObject({ status: 400 });
  });

  test('refuses a disabled user at once, and knows them again when enabled', async () => {
    const user = await createVendor(server.admin);
    const token = await newToken(user.email);
    await server.admin.query('update users set disabled_at = now() where id = $1', [user.userId]);
    expect(await refresh(token)).toMatchObject(UNAUTHORIZED);
    await server.admin.query('update users set disabled_at = null where id = $1', [user.userId]);
    expect(await refresh(token)).toMatchObject({ status: 200 });
  });
});

describe('logout', () => {
  test('ends this session only', async () => {
    const [here, there] = [await newToken(), await newToken()];
    expect(await logout(here)).toEqual(
      expect.objectContaining({ status: 200, body: { success: true, message: 'You are signed out.' } }),
    );
    expect(await refresh(here)).toMatchObject(UNAUTHORIZED);
    expect(await refresh(there)).toMatchObject({ status: 200 });
    expect(await logout(here)).toMatchObject({ status: 200 });
  });

  test('everywhere ends every session of the user and nobody else’s', async () => {
    const user = await createVendor(server.admin);
    const [here, there, other] = [await newToken(user.email), await newToken(user.email), await newToken()];
    expect(await logout(here, true)).toMatchObject({ status: 200, body: { success: true } });
    expect(await refresh(there)).toMatchObject(UNAUTHORIZED);
    expect(await refresh(other)).toMatchObject({ status: 200 });
  });

  test('everywhere takes a token that is still good', async () => {
    const user = await createVendor(server.admin);
    const [old, there] = [await newToken(user.email), await newToken(user.email)];
    await refresh(old);
    expect(await logout(old, true)).toMatchObject(UNAUTHORIZED);
    expect(await logout('unknown', true)).toMatchObject(UNAUTHORIZED);
    expect(await refresh(there)).toMatchObject({ status: 200 });
  });
});
