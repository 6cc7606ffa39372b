import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearerOf, createAdmin, PASSWORD, type TestAdmin } from '../testing/people.ts';
import { createSigningKey, startTestServer, type TestServer } from '../testing/test-server.ts';
import { HASURA_CLAIMS } from './access-token.ts';
import { readSigningKeys } from './signing-keys.ts';

const LIST = '/api/admin/tier-upgrade-requests';

let server: TestServer;
let admin: TestAdmin;
let oldKey: object;

beforeAll(async () => {
  oldKey = await createSigningKey('of-last-year');
  const newKey = await createSigningKey('of-this-year');
  server = await startTestServer({ env: { JWT_SIGNING_KEYS: JSON.stringify([newKey, oldKey]) } });
  admin = await createAdmin(server.admin);
});

afterAll(() => server?.stop());

test('all keys are published with their ids, to be kept for a while, and nothing private of them', async () => {
  const { body, headers } = await server.send('/.well-known/jwks.json');
  expect(body.keys.map(({ kid }: JsonWebKey) => kid)).toEqual(['of-this-year', 'of-last-year']);
  for (const key of body.keys)
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  expect(headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
  expect(headers.get('etag')).toBeTruthy();
});

test('the first key signs; a token of the second is good until that key is gone', async () => {
  const { body } = await server.send('/api/auth/login', {
    method: 'POST',
    json: { email: admin.email, password: PASSWORD },
  });
  expect(decodeProtectedHeader(body.accessToken)).toEqual({ alg: 'RS256', kid: 'of-this-year', typ: 'JWT' });

  const beforeRotation = { signingKeys: await readSigningKeys(JSON.stringify([oldKey])) };
  const headers = await bearerOf(beforeRotation, admin);
  expect((await server.send(LIST, { headers })).status).toBe(200);
  const forgotten = {
    signingKeys: await readSigningKeys(JSON.stringify([await createSigningKey('of-this-year')])),
  };
  expect((await server.send(LIST, { headers: await bearerOf(forgotten, admin) })).status).toBe(401);
});

test('a published key opens nothing when it is taken for a shared secret', async () => {
  const { body } = await server.send('/.well-known/jwks.json');
  const pem = createPublicKey({ key: body.keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  for (const secret of [
    pem.toString(),
    pem.toString().trim(),
    JSON.stringify(body.keys[0]),
    body.keys[0].n,
  ]) {
    const forged = await new SignJWT({
      [HASURA_CLAIMS]: { 'x-hasura-allowed-roles': ['app_admin'], 'x-hasura-default-role': 'app_admin' },
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'of-this-year' })
      .setIssuer('tierline')
      .setAudience('tierline')
      .setSubject(admin.userId)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret));
    const answer = await server.send(LIST, { headers: { Authorization: `Bearer ${forged}` } });
    expect(answer).toMatchObject({ status: 401, body: { success: false, code: 'UNAUTHORIZED' } });
  }
});
