import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { authenticator, bearer, CLAIMS, NAMESPACE, refusal } from '../testing/authenticators.ts';

const MINUTE = 60_000;

describe('a published key set', () => {
  let server: Server | undefined;
  let keys: object[] = [];
  let fetches = 0;
  let cacheControl: string | undefined;
  let isDown = false;
  let first: Awaited<ReturnType<typeof makeKey>>;
  let second: Awaited<ReturnType<typeof makeKey>>;

  async function makeKey(kid: string) {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
    const sign = () =>
      new SignJWT({ [NAMESPACE]: CLAIMS })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setExpirationTime('1h')
        .sign(privateKey);
    return { jwk, sign };
  }

  beforeAll(async () => {
    first = await makeKey('first');
    second = await makeKey('second');
  });

  // Only the clock stands: what waits for an answer waits as ever.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    server?.close();
    server = undefined;
    fetches = 0;
    cacheControl = undefined;
    isDown = false;
  });

  async function publish(): Promise<{ jwk_url: string }> {
    server = createServer((_request, response) => {
      fetches += 1;
      if (isDown) response.statusCode = 500;
      if (cacheControl !== undefined) response.setHeader('cache-control', cacheControl);
      response.end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return { jwk_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` };
  }

  /** Long enough that the set may be fetched again. */
  const pass = () => vi.setSystemTime(Date.now() + MINUTE);

  it('is fetched once for many tokens', async () => {
    keys = [first.jwk];
    const authenticate = authenticator(await publish());
    const tokens = await Promise.all(Array.from({ length: 20 }, () => first.sign()));
    await Promise.all(tokens.map((token) => authenticate(bearer(token))));
    expect(fetches).toBe(1);
  });

  it('is fetched again for a key that came later', async () => {
    keys = [first.jwk];
    const authenticate = authenticator(await publish());
    await authenticate(bearer(await first.sign()));
    keys = [second.jwk, first.jwk];
    pass();
    expect((await authenticate(bearer(await second.sign()))).role).toBe('vendor');
    expect((await authenticate(bearer(await first.sign()))).role).toBe('vendor');
    expect(fetches).toBe(2);
  });

  it('ends remembered tokens whose key it no longer holds', async () => {
    keys = [first.jwk];
    cacheControl = 'max-age=0';
    const authenticate = authenticator(await publish());
    const token = await first.sign();
    await authenticate(bearer(token));
    keys = [second.jwk];
    pass();
    // The old keys serve until the new ones have come.
    await expect.poll(() => refusal(authenticate(bearer(token)))).toContain('JWSInvalidSignature');
  });

  it('may be away: what it said last still counts, and unknown keys cost few requests', async () => {
    keys = [first.jwk];
    const authenticate = authenticator(await publish());
    await authenticate(bearer(await first.sign()));
    isDown = true;
    pass();
    for (let round = 0; round < 10; round += 1) {
      expect(await refusal(authenticate(bearer(await second.sign())))).toContain('JWSInvalidSignature');
    }
    expect((await authenticate(bearer(await first.sign()))).role).toBe('vendor');
    // The first, and two attempts for the first token of an unknown key.
    expect(fetches).toBe(3);
  });

  it('may come up after the engine', async () => {
    keys = [first.jwk];
    const settings = await publish();
    isDown = true;
    const authenticate = authenticator(settings);
    expect(await refusal(authenticate(bearer(await first.sign())))).toBe(
      'invalid-jwt: Could not verify JWT: JWSError NoUsableKeys',
    );
    isDown = false;
    pass();
    expect((await authenticate(bearer(await first.sign()))).role).toBe('vendor');
  });
});
