import { type CryptoKey, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { silentLog } from '../log.ts';
import {
  authenticator,
  bearer,
  CLAIMS,
  HMAC,
  hmacToken,
  NAMESPACE,
  refusal,
  SECRET,
} from '../testing/authenticators.ts';
import { createAuthenticator } from './authenticate.ts';

describe('the admin secret', () => {
  it('is admin, or whatever role and variables it names', async () => {
    const authenticate = authenticator();
    expect(await authenticate({ 'x-hasura-admin-secret': SECRET })).toMatchObject({
      role: 'admin',
      isAdmin: true,
      expiresAt: null,
      variables: { 'x-hasura-role': 'admin' },
    });
    expect(
      await authenticate({
        'x-hasura-access-key': SECRET,
        'x-hasura-role': 'vendor',
        'x-hasura-vendor-id': '3',
        'x-hasura-use-backend-only-permissions': 'true',
      }),
    ).toMatchObject({
      role: 'vendor',
      isAdmin: false,
      backendOnly: true,
      variables: { 'x-hasura-role': 'vendor', 'x-hasura-vendor-id': '3' },
    });
  });

  it('never shows up among the session variables', async () => {
    const session = await authenticator()({ 'x-hasura-admin-secret': SECRET });
    expect(JSON.stringify(session)).not.toContain(SECRET);
  });

  it('is refused when wrong and asked for when missing', async () => {
    const authenticate = authenticator();
    expect(await refusal(authenticate({ 'x-hasura-admin-secret': 'no' }))).toBe(
      'access-denied: invalid x-hasura-admin-secret/x-hasura-access-key',
    );
    expect(await refusal(authenticate({ 'x-hasura-admin-secret': '' }))).toBe(
      'access-denied: invalid x-hasura-admin-secret/x-hasura-access-key',
    );
    expect(await refusal(authenticate({ 'x-hasura-role': 'admin' }))).toBe(
      'access-denied: x-hasura-admin-secret/x-hasura-access-key required, but not found',
    );
  });

  it('may be one of several', async () => {
    const config = await readConfig({
      HASURA_GRAPHQL_DATABASE_URL: 'postgres://localhost/x',
      HASURA_GRAPHQL_ADMIN_SECRETS: '["first secret","second secret"]',
    });
    const authenticate = createAuthenticator(config, silentLog);
    expect((await authenticate({ 'x-hasura-admin-secret': 'second secret' })).isAdmin).toBe(true);
  });
});

describe('without any admin secret', () => {
  it('everybody may be anybody, as in the reference', async () => {
    const authenticate = createAuthenticator(
      { adminSecrets: [], jwtSecrets: [], unauthorizedRole: null, authHook: null },
      silentLog,
    );
    expect((await authenticate({})).isAdmin).toBe(true);
    expect((await authenticate({ 'x-hasura-role': 'vendor' })).role).toBe('vendor');
  });
});

describe('the unauthorized role', () => {
  it('ignores the role that the client asks for and takes its other variables', async () => {
    const authenticate = authenticator(undefined, 'anonymous');
    expect(await authenticate({ 'x-hasura-role': 'admin', 'x-hasura-user-id': '1' })).toMatchObject({
      role: 'anonymous',
      isAdmin: false,
      variables: { 'x-hasura-role': 'anonymous', 'x-hasura-user-id': '1' },
    });
  });

  it('never makes backend-only permissions count', async () => {
    const authenticate = authenticator(undefined, 'anonymous');
    const session = await authenticate({ 'x-hasura-use-backend-only-permissions': 'true' });
    expect(session.backendOnly).toBe(false);
  });

  it('does not stand in for a bad token', async () => {
    const authenticate = authenticator({ type: 'HS256', key: HMAC }, 'anonymous');
    expect((await authenticate({})).role).toBe('anonymous');
    expect(await refusal(authenticate(bearer('a.b.c')))).toMatch(/^invalid-jwt: Could not verify JWT/);
    expect(await refusal(authenticate({ authorization: 'Basic abc' }))).toBe(
      'invalid-headers: Malformed Authorization header',
    );
  });
});

describe('a token', () => {
  const jwt = { type: 'HS256', key: HMAC };

  it('gives its default role and its variables, and never the client’s own', async () => {
    const token = await hmacToken({ [NAMESPACE]: CLAIMS });
    const session = await authenticator(jwt)(bearer(token, { 'x-hasura-vendor-id': '8' }));
    expect(session).toMatchObject({
      role: 'vendor',
      isAdmin: false,
      variables: { 'x-hasura-role': 'vendor', 'x-hasura-vendor-id': '7' },
    });
    expect(Object.keys(session.variables)).toEqual(['x-hasura-vendor-id', 'x-hasura-role']);
    expect(session.expiresAt).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it('allows its allowed roles and no other, remembered or not', async () => {
    const authenticate = authenticator(jwt);
    const token = await hmacToken({ [NAMESPACE]: CLAIMS });
    for (let round = 0; round < 2; round += 1) {
      expect((await authenticate(bearer(token, { 'x-hasura-role': 'editor' }))).role).toBe('editor');
      expect(await refusal(authenticate(bearer(token, { 'x-hasura-role': 'admin' })))).toBe(
        'access-denied: Your requested role is not in allowed roles',
      );
    }
  });

  it('turns list claims into Postgres arrays and refuses other kinds', async () => {
    const authenticate = authenticator(jwt);
    const list = await hmacToken({ [NAMESPACE]: { ...CLAIMS, 'x-hasura-ids': [1, 'a"b'] } });
    expect((await authenticate(bearer(list))).variables['x-hasura-ids']).toBe('{"1","a\\"b"}');
    const number = await hmacToken({ [NAMESPACE]: { ...CLAIMS, 'x-hasura-id': 5 } });
    expect(await refusal(authenticate(bearer(number)))).toBe(
      'jwt-invalid-claims: x-hasura-* claims: parsing Text failed, expected String, but encountered Number',
    );
  });

  it.each([
    ['expired', { [NAMESPACE]: CLAIMS, exp: 1000 }, 'JWTExpired'],
    ['not valid yet', { [NAMESPACE]: CLAIMS, nbf: 4e9 }, 'JWTNotYetValid'],
    ['issued in the future', { [NAMESPACE]: CLAIMS, iat: 4e9 }, 'JWTIssuedAtFuture'],
    ['of another issuer', { [NAMESPACE]: CLAIMS, iss: 'them', aud: 'me' }, 'JWTNotInIssuer'],
    ['without issuer', { [NAMESPACE]: CLAIMS, aud: 'me' }, 'JWTNotInIssuer'],
    ['for another audience', { [NAMESPACE]: CLAIMS, iss: 'us', aud: ['you'] }, 'JWTNotInAudience'],
  ])('is refused when %s', async (_, payload, reason) => {
    const authenticate = authenticator({ ...jwt, issuer: 'us', audience: ['me'] });
    expect(await refusal(authenticate(bearer(await hmacToken(payload, null))))).toBe(
      `invalid-jwt: Could not verify JWT: ${reason}`,
    );
  });

  it('is refused when forged, cut or nonsense', async () => {
    const authenticate = authenticator(jwt);
    const token = await hmacToken({ [NAMESPACE]: CLAIMS });
    const [header, , signature] = token.split('.');
    const forged = Buffer.from(
      JSON.stringify({ [NAMESPACE]: { ...CLAIMS, 'x-hasura-allowed-roles': ['admin'] } }),
    );
    expect(
      await refusal(authenticate(bearer(`${header}.${forged.toString('base64url')}.${signature}`))),
    ).toBe('invalid-jwt: Could not verify JWT: JWSError JWSInvalidSignature');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await refusal(authenticate(bearer(`${none}.${forged.toString('base64url')}.`)))).toMatch(
      /^invalid-jwt/,
    );
    expect(await refusal(authenticate(bearer('nonsense')))).toBe(
      'invalid-jwt: Could not verify JWT: JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got 1)',
    );
  });

  it('is allowed the configured skew', async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = await hmacToken({ [NAMESPACE]: CLAIMS, exp: now - 5 }, null);
    const session = await authenticator({ ...jwt, allowed_skew: 60 })(bearer(token));
    expect(session.expiresAt).toBe((now + 55) * 1000);
  });

  it('is remembered only until it ends', async () => {
    const authenticate = authenticator(jwt);
    const now = Math.floor(Date.now() / 1000);
    const token = await hmacToken({ [NAMESPACE]: CLAIMS, exp: now + 2 }, null);
    expect((await authenticate(bearer(token))).role).toBe('vendor');
    await new Promise((resolve) => setTimeout(resolve, (now + 2) * 1000 - Date.now() + 10));
    expect(await refusal(authenticate(bearer(token)))).toBe('invalid-jwt: Could not verify JWT: JWTExpired');
  });

  it('needs Hasura claims', async () => {
    const authenticate = authenticator(jwt);
    expect(await refusal(authenticate(bearer(await hmacToken({}))))).toBe(
      `jwt-invalid-claims: claims key: '${NAMESPACE}' not found`,
    );
    expect(await refusal(authenticate(bearer(await hmacToken({ [NAMESPACE]: {} }))))).toBe(
      'jwt-missing-role-claims: JWT claim does not contain x-hasura-allowed-roles',
    );
    const noList = { ...CLAIMS, 'x-hasura-allowed-roles': 'vendor' };
    expect(await refusal(authenticate(bearer(await hmacToken({ [NAMESPACE]: noList }))))).toBe(
      'jwt-invalid-claims: invalid x-hasura-allowed-roles; should be a list of roles: parsing [] failed, expected Array, but encountered String',
    );
  });

  it('is missing in JWT mode', async () => {
    expect(await refusal(authenticator(jwt)({}))).toBe(
      "invalid-headers: Missing 'Authorization' or 'Cookie' header in JWT authentication mode",
    );
  });

  it('may keep its claims as text, at a path, or anywhere by a map', async () => {
    const text = await hmacToken({ [NAMESPACE]: JSON.stringify(CLAIMS) });
    const asText = authenticator({ ...jwt, claims_format: 'stringified_json' });
    expect((await asText(bearer(text))).role).toBe('vendor');
    expect(await refusal(authenticator(jwt)(bearer(text)))).toBe(
      'jwt-invalid-claims: expecting a json object when claims_format is json',
    );
    const path = await hmacToken({ 'their claims': [{ hasura: CLAIMS }] });
    const atPath = authenticator({ ...jwt, claims_namespace_path: "$['their claims'][0].hasura" });
    expect((await atPath(bearer(path))).variables['x-hasura-vendor-id']).toBe('7');
    const mapped = await hmacToken({ user: { id: 'u1', roles: ['vendor'] } });
    const byMap = authenticator({
      ...jwt,
      claims_map: {
        'x-hasura-allowed-roles': { path: '$.user.roles' },
        'x-hasura-default-role': { path: '$.user.role', default: 'vendor' },
        'x-hasura-user-id': { path: '$.user.id' },
        'x-hasura-tenant': 'one',
      },
    });
    expect((await byMap(bearer(mapped))).variables).toEqual({
      'x-hasura-role': 'vendor',
      'x-hasura-user-id': 'u1',
      'x-hasura-tenant': 'one',
    });
    expect(await refusal(byMap(bearer(await hmacToken({ user: { roles: ['vendor'] } }))))).toBe(
      'jwt-invalid-claims: JWT claim from claims_map, x-hasura-user-id not found',
    );
  });

  it('may come in a cookie or a header of another name', async () => {
    const token = await hmacToken({ [NAMESPACE]: CLAIMS });
    const byCookie = authenticator({ ...jwt, header: { type: 'Cookie', name: 'session' } });
    expect((await byCookie({ cookie: `a=b; session=${token}; c=d` })).role).toBe('vendor');
    expect(await refusal(byCookie(bearer(token)))).toContain('Missing');
    const byHeader = authenticator({ ...jwt, header: { type: 'CustomHeader', name: 'X-Token' } });
    expect((await byHeader({ 'x-token': token })).role).toBe('vendor');
  });

  it('is told apart by its issuer when there are several secrets', async () => {
    const authenticate = authenticator([
      { type: 'HS256', key: HMAC, issuer: 'a' },
      { type: 'HS256', key: 'another key that is long enough for it', issuer: 'b' },
    ]);
    expect((await authenticate(bearer(await hmacToken({ [NAMESPACE]: CLAIMS, iss: 'a' })))).role).toBe(
      'vendor',
    );
    expect(await refusal(authenticate(bearer(await hmacToken({ [NAMESPACE]: CLAIMS, iss: 'b' }))))).toBe(
      'invalid-jwt: Could not verify JWT: JWSError JWSInvalidSignature',
    );
    // A token of nobody among them is no token.
    expect(await refusal(authenticate(bearer(await hmacToken({ [NAMESPACE]: CLAIMS, iss: 'c' }))))).toMatch(
      /^invalid-headers: Missing/,
    );
    expect(await refusal(authenticate(bearer(await hmacToken({ [NAMESPACE]: CLAIMS }))))).toBe(
      'invalid-headers: Could not verify JWT: Multiple JWTs found',
    );
  });
});

describe('public keys', () => {
  it.each([
    ['RS256', 'RS256'],
    ['RS512', 'RS512'],
    ['ES256', 'ES256'],
    ['ES384', 'ES384'],
    ['Ed25519', 'EdDSA'],
  ])('verify tokens of type %s, and only with their private half', async (type, alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const pem = await exportSPKI(publicKey);
    const authenticate = authenticator({ type, key: pem });
    const sign = (key: CryptoKey | Uint8Array, algorithm: string) =>
      new SignJWT({ [NAMESPACE]: CLAIMS })
        .setProtectedHeader({ alg: algorithm })
        .setExpirationTime('1h')
        .sign(key);
    expect((await authenticate(bearer(await sign(privateKey, alg)))).role).toBe('vendor');
    const other = await generateKeyPair(alg);
    expect(await refusal(authenticate(bearer(await sign(other.privateKey, alg))))).toContain(
      'JWSInvalidSignature',
    );
    // The old trick: the public key, which all may know, used as an HMAC secret.
    expect(await refusal(authenticate(bearer(await sign(new TextEncoder().encode(pem), 'HS256'))))).toContain(
      'JWSInvalidSignature',
    );
  });
});
