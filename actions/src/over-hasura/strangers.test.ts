import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HASURA_CLAIMS } from '../accounts/access-token.ts';
import { readSigningKeys } from '../accounts/signing-keys.ts';
import {
  bearerOf,
  createRequest,
  createVendor,
  JUSTIFICATION,
  PASSWORD,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import type { TestHasura } from '../testing/test-hasura.ts';
import { startTestProduct, type TestProduct } from '../testing/test-product.ts';
import { createSigningKey, type TestServer } from '../testing/test-server.ts';

let product: TestProduct;
let server: TestServer;
let hasura: TestHasura;
let admin: TestAdmin;
let vendor: TestVendor;
let other: TestVendor;
let otherRequest: string;

beforeAll(async () => {
  product = await startTestProduct();
  ({ server, hasura, admin } = product);
  vendor = await createVendor(server.admin);
  other = await createVendor(server.admin);
  otherRequest = await createRequest(server.admin, other);
});

afterAll(() => product?.stop());

/** Both ways to reach the engine; a query over WebSocket is a live one. */
const WAYS = {
  HTTP: (query: string, headers?: Record<string, string>) => hasura.ask(`query ${query}`, headers),
  WebSocket: (query: string, headers?: Record<string, string>) =>
    hasura.askLive(`subscription ${query}`, headers),
};

describe.each(Object.entries(WAYS))('somebody without a token, over %s', (_, ask) => {
  test.each([
    'vendors { id }',
    'users { email }',
    'tier_upgrade_requests { id }',
    'tier_upgrade_request_events { id }',
    'feature_flags { key }',
    'email_deliveries { recipient }',
    'notifications { id }',
    'analytics_events { id }',
    'tier_upgrade_stats { pending_count }',
    'tier_review_time { median_hours }',
  ])('reads nothing of %s, whatever headers they invent', async (selection) => {
    const invented: Record<string, string> = {
      'x-hasura-role': 'app_admin',
      'x-hasura-user-id': admin.userId,
      'x-hasura-vendor-id': vendor.vendorId,
    };
    const guessed: Record<string, string> = { 'x-hasura-admin-secret': 'a guess' };
    for (const headers of [{}, invented, guessed]) {
      const answer = await ask(`{ ${selection} }`, headers);
      expect(answer.data ?? null).toBeNull();
      expect(answer.message).toBeDefined();
    }
  });

  test('reads the tiers', async () => {
    const answer = await ask('{ tiers(order_by: { level: asc }) { level } }');
    expect(answer.data.tiers.map(({ level }: { level: number }) => level)).toEqual([1, 2, 3, 4]);
  });
});

describe.each(Object.entries(WAYS))('a token that is not good, over %s', (_, ask) => {
  const claims = (userId: string) => ({
    [HASURA_CLAIMS]: {
      'x-hasura-allowed-roles': ['app_admin'],
      'x-hasura-default-role': 'app_admin',
      'x-hasura-user-id': userId,
    },
  });

  async function sign(
    key: Parameters<SignJWT['sign']>[0],
    kid: string,
    { alg = 'RS256', issuer = 'tierline', audience = 'tierline' } = {},
  ) {
    const token = await new SignJWT(claims(admin.userId))
      .setProtectedHeader({ alg, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(admin.userId)
      .setExpirationTime('5m')
      .sign(key);
    return { Authorization: `Bearer ${token}` };
  }

  const forgeries: [string, () => Promise<Record<string, string>>][] = [
    ['nonsense', async () => ({ Authorization: 'Bearer x.y.z' })],
    ['expired', () => bearerOf(server.config, admin, new Date(Date.now() - 20 * 60_000))],
    [
      'unsigned',
      async () => {
        const parts = [
          { alg: 'none', typ: 'JWT' },
          { iss: 'tierline', aud: 'tierline', ...claims(admin.userId) },
        ];
        const [header, payload] = parts.map((part) =>
          Buffer.from(JSON.stringify(part)).toString('base64url'),
        );
        return { Authorization: `Bearer ${header}.${payload}.` };
      },
    ],
    [
      'signed by somebody else under our key’s name',
      async () => {
        const [key] = await readSigningKeys(JSON.stringify([await createSigningKey()]));
        return sign(key.privateKey, server.config.signingKeys[0].kid);
      },
    ],
    [
      'signed with our public key as if it were a secret',
      async () => {
        const { n, e, kty } = server.config.signingKeys[0].publicJwk;
        const key = createPublicKey({ key: { n, e, kty } as JsonWebKey, format: 'jwk' });
        const pem = key.export({ type: 'spki', format: 'pem' }).toString();
        return sign(new TextEncoder().encode(pem), server.config.signingKeys[0].kid, { alg: 'HS256' });
      },
    ],
    [
      'of another issuer',
      () => sign(server.config.signingKeys[0].privateKey, server.config.signingKeys[0].kid, { issuer: 'x' }),
    ],
    [
      'for another audience',
      () =>
        sign(server.config.signingKeys[0].privateKey, server.config.signingKeys[0].kid, { audience: 'x' }),
    ],
    [
      'a vendor’s whose claims were edited',
      async () => {
        const [header, , signature] = (await bearerOf(server.config, vendor)).Authorization!.split('.');
        const payload = Buffer.from(JSON.stringify(claims(admin.userId))).toString('base64url');
        return { Authorization: `${header}.${payload}.${signature}` };
      },
    ],
  ];

  test.each(forgeries)('%s opens nothing, not even what is open', async (_name, headersOf) => {
    const answer = await ask('{ tiers { level } }', await headersOf());
    expect(answer.data ?? null).toBeNull();
    expect(answer.message).toBeDefined();
  });
});

describe.each(Object.entries(WAYS))('a hostile vendor, over %s', (_, ask) => {
  test('takes no role and no vendor id by header', async () => {
    const headers = await bearerOf(server.config, vendor);
    const asAdmin = await ask('{ users { email } }', { ...headers, 'x-hasura-role': 'app_admin' });
    expect(asAdmin.data ?? null).toBeNull();
    const forged = await ask('{ vendors { id } }', { ...headers, 'x-hasura-vendor-id': other.vendorId });
    expect(forged.data).toEqual({ vendors: [{ id: vendor.vendorId }] });
  });

  test.each([
    ['tier_upgrade_requests(where: { id: { _eq: "OTHER" } }) { id }', { tier_upgrade_requests: [] }],
    ['tier_upgrade_requests_by_pk(id: "OTHER") { id }', { tier_upgrade_requests_by_pk: null }],
    [
      'tier_upgrade_request_events(where: { request_id: { _eq: "OTHER" } }) { id }',
      { tier_upgrade_request_events: [] },
    ],
    [
      'tier_upgrade_requests_aggregate(where: { id: { _eq: "OTHER" } }) { aggregate { count } }',
      { tier_upgrade_requests_aggregate: { aggregate: { count: 0 } } },
    ],
    ['users { email }', { users: [{ email: 'OWN' }] }],
  ])('sees nothing of another: %s', async (selection, data) => {
    const answer = await ask(
      `{ ${selection.replace('OTHER', otherRequest)} }`,
      await bearerOf(server.config, vendor),
    );
    expect(answer.data).toEqual(JSON.parse(JSON.stringify(data).replace('OWN', vendor.email)));
  });

  test.each([
    'tier_upgrade_requests { admin_notes }',
    'tier_upgrade_requests { reviewed_by }',
    'tier_upgrade_requests(where: { admin_notes: { _like: "%" } }) { id }',
    'tier_upgrade_requests(order_by: { reviewed_by: asc }) { id }',
    'tier_upgrade_request_events { internal_note }',
    'tier_upgrade_request_events { actor_id }',
    'users { password_hash }',
    'users(where: { password_hash: { _like: "$argon2id%" } }) { id }',
    'email_deliveries { recipient }',
    'analytics_events { id }',
    'tier_upgrade_stats { pending_count }',
  ])('neither reads nor guesses %s', async (selection) => {
    const answer = await ask(`{ ${selection} }`, await bearerOf(server.config, vendor));
    expect(answer.data ?? null).toBeNull();
    expect(answer.code).toBe('validation-failed');
  });
});

describe('a hostile vendor writes nothing that is not its own', () => {
  test.each([
    'insert_tier_upgrade_requests_one(object: { status: "approved" }) { id }',
    'update_vendors(where: {}, _set: { tier: 4 }) { affected_rows }',
    'update_vendors(where: {}, _set: { is_beta: true }) { affected_rows }',
    'update_users(where: {}, _set: { role: "admin" }) { affected_rows }',
    'delete_tier_upgrade_request_events(where: {}) { affected_rows }',
    'insert_email_deliveries_one(object: { recipient: "x" }) { id }',
    'insert_vendor_locations_one(object: { vendor_id: "00000000-0000-0000-0000-000000000000" }) { id }',
    'approveTierUpgradeRequest(requestId: "00000000-0000-0000-0000-000000000000") { success }',
    'setFeatureFlag(key: "tier_upgrade_requests", audience: all) { success }',
  ])('%s', async (mutation) => {
    const answer = await hasura.ask(`mutation { ${mutation} }`, await bearerOf(server.config, vendor));
    expect(answer.code).toBe('validation-failed');
  });

  test('renames itself only', async () => {
    const rename = `mutation { update_vendors(where: {}, _set: { name: "Mine now" }) { affected_rows } }`;
    const answer = await hasura.ask(rename, await bearerOf(server.config, vendor));
    expect(answer.data).toEqual({ update_vendors: { affected_rows: 1 } });
  });
});

test('neither many fields in one request nor many requests in one body get round a limit', async () => {
  const hammer = await createVendor(server.admin);
  const headers = { 'Content-Type': 'application/json', ...(await bearerOf(server.config, hammer)) };
  const field = `submitTierUpgradeRequest(targetTier: 9, businessJustification: "${JUSTIFICATION}") { success }`;
  const many = Array.from({ length: 8 }, (_, turn) => `f${turn}: ${field}`).join(' ');
  await hasura.ask(`mutation { ${many} }`, headers);
  const batch = Array.from({ length: 10 }, () => ({ query: `mutation { ${field} }` }));
  await fetch(hasura.url, { method: 'POST', headers, body: JSON.stringify(batch) });
  expect((await hasura.ask(`mutation { ${field} }`, headers)).code).toBe('RATE_LIMIT_EXCEEDED');
});

test('a token that outlives its session is refused by actions at once, and by REST', async () => {
  const { email } = await createVendor(server.admin);
  const signedIn = await hasura.ask(
    `mutation { login(email: "${email}", password: "${PASSWORD}") { accessToken refreshToken } }`,
  );
  const { accessToken, refreshToken } = signedIn.data.login;
  const headers = { Authorization: `Bearer ${accessToken}` };
  const submit = `mutation { submitTierUpgradeRequest(targetTier: 9, businessJustification: "") { success } }`;
  expect((await hasura.ask(submit, headers)).code).toBe('INVALID_INPUT');
  await hasura.ask(`mutation { logout(refreshToken: "${refreshToken}") { success } }`, headers);
  // A header of the client's is no session variable once there is a token.
  expect((await hasura.ask(submit, { ...headers, 'x-hasura-session-id': vendor.sessionId })).code).toBe(
    'UNAUTHORIZED',
  );
  const overRest = await server.send('/api/auth/password/change', { method: 'POST', headers, json: {} });
  expect(overRest).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
});

test('a user who is disabled is refused by actions at once', async () => {
  const gone = await createVendor(server.admin);
  const headers = await bearerOf(server.config, gone);
  await server.admin.query('update users set disabled_at = now() where id = $1', [gone.userId]);
  const query = `mutation { submitTierUpgradeRequest(targetTier: 2, businessJustification: "${JUSTIFICATION}") { success } }`;
  expect((await hasura.ask(query, headers)).code).toBe('UNAUTHORIZED');
});
