import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { EngineError } from '../errors.ts';
import { silentLog } from '../log.ts';
import { startTestHandler, type TestHandler } from '../testing/action-handler.ts';
import { type Authenticate, createAuthenticator } from './authenticate.ts';

const SECRET = 'correct horse battery staple';
const headers = {
  authorization: 'Bearer opaque',
  cookie: 'session=1',
  'x-hasura-role': 'admin',
  'x-custom': 'kept',
  host: 'engine',
  'user-agent': 'test',
  'content-type': 'application/json',
  connection: 'keep-alive',
};

describe('the authentication webhook', () => {
  let hook: TestHandler;

  beforeAll(async () => {
    hook = await startTestHandler();
  });
  beforeEach(() => {
    hook.calls.length = 0;
    hook.reply = () => ({ body: '{"X-Hasura-Role": "vendor", "X-Hasura-User-Id": "7", "other": 1}' });
  });
  afterAll(() => hook.close());

  const authenticator = (more: Record<string, string> = {}): Authenticate => {
    const config = readConfig({
      HASURA_GRAPHQL_DATABASE_URL: 'postgres://localhost/x',
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
      HASURA_GRAPHQL_AUTH_HOOK: `${hook.url}/auth?x=1`,
      ...more,
    });
    return async (...request) => createAuthenticator(await config, silentLog)(...request);
  };

  async function refusal(more: Record<string, string> = {}): Promise<string> {
    const thrown = await authenticator(more)(headers).catch((error: unknown) => error);
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.status} ${thrown.code}: ${thrown.message}`;
  }

  it('says who asks, whatever the client says of itself', async () => {
    expect(await authenticator()(headers)).toEqual({
      role: 'vendor',
      isAdmin: false,
      backendOnly: false,
      expiresAt: null,
      variables: { 'x-hasura-role': 'vendor', 'x-hasura-user-id': '7' },
    });
  });

  it('is not asked when the admin secret is sent, right or wrong', async () => {
    const authenticate = authenticator();
    expect((await authenticate({ 'x-hasura-admin-secret': SECRET })).isAdmin).toBe(true);
    await expect(authenticate({ 'x-hasura-admin-secret': 'wrong' })).rejects.toThrow(
      'invalid x-hasura-admin-secret',
    );
    expect(hook.calls).toEqual([]);
  });

  it('gets the client’s headers by GET, without those of its connection', async () => {
    await authenticator()(headers);
    const [call] = hook.calls;
    expect(call).toMatchObject({ method: 'GET', url: '/auth?x=1', body: '' });
    expect(call?.headers).toMatchObject({
      authorization: 'Bearer opaque',
      cookie: 'session=1',
      'x-custom': 'kept',
      'x-hasura-role': 'admin',
    });
    expect(call?.headers['user-agent']).toMatch(/^hasura-graphql-engine/);
    expect(call?.headers.host).not.toBe('engine');
  });

  it('gets all headers and the request by POST, unless told otherwise', async () => {
    const post = { HASURA_GRAPHQL_AUTH_HOOK_MODE: 'POST' };
    const body = '{"query":"{ a }","variables":{"b":1}}';
    await authenticator(post)(headers, () => Promise.resolve(body));
    await authenticator(post)(headers, () => Promise.resolve('no json'));
    await authenticator(post)(headers);
    await authenticator({ ...post, HASURA_GRAPHQL_AUTH_HOOK_SEND_REQUEST_BODY: 'false' })(headers);
    expect(hook.calls.map((call) => call.method)).toEqual(['POST', 'POST', 'POST', 'POST']);
    expect(hook.calls.map((call) => call.body)).toEqual([
      { headers, request: { query: '{ a }', variables: { b: 1 } } },
      { headers, request: null },
      { headers, request: null },
      { headers },
    ]);
  });

  it('may limit the session’s time, by seconds or by date', async () => {
    const before = Date.now();
    hook.reply = () => ({ body: '{"X-Hasura-Role": "vendor", "Cache-Control": "max-age=600"}' });
    const expiresAt = (await authenticator()(headers)).expiresAt ?? 0;
    expect(expiresAt).toBeGreaterThanOrEqual(before + 600_000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 600_000);
    hook.reply = () => ({ body: '{"X-Hasura-Role": "vendor", "Expires": "Mon, 30 Mar 2099 13:25:18 GMT"}' });
    const until = (await authenticator()(headers)).expiresAt ?? 0;
    expect(Math.abs(until - Date.UTC(2099, 2, 30, 13, 25, 18))).toBeLessThan(1000);
  });

  it('may set cookies of the client', async () => {
    hook.reply = () => ({ body: '{"X-Hasura-Role": "vendor"}', headers: { 'set-cookie': ['a=1', 'b=2'] } });
    expect((await authenticator()(headers)).setCookie).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['a 401', { status: 401 }, '401 access-denied: Authentication hook unauthorized this request'],
    ['a 500', { status: 500 }, '500 unexpected: Invalid response from authorization hook'],
    [
      'a redirect',
      { status: 302, headers: { location: '/x' } },
      '500 unexpected: Invalid response from authorization hook',
    ],
    ['no JSON', { body: 'admin' }, '500 unexpected: Invalid response from authorization hook'],
    ['a list', { body: '[]' }, '500 unexpected: Invalid response from authorization hook'],
    [
      'a number',
      { body: '{"x-hasura-role": 1}' },
      '500 unexpected: Invalid response from authorization hook',
    ],
    [
      'no role',
      { body: '{"x-hasura-user-id": "1"}' },
      '400 invalid-params: x-hasura-role not found in session variables',
    ],
  ])('refuses by %s', async (_name, reply, message) => {
    hook.reply = () => reply;
    expect(await refusal()).toBe(message);
    expect(hook.calls).toHaveLength(1);
  });

  it('refuses when it cannot be reached', async () => {
    expect(await refusal({ HASURA_GRAPHQL_AUTH_HOOK: 'http://127.0.0.1:1/' })).toBe(
      '500 unexpected: webhook authentication request failed',
    );
  });

  it.each([
    [
      { HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'anonymous' },
      'HASURA_GRAPHQL_UNAUTHORIZED_ROLE cannot both be set',
    ],
    [{ HASURA_GRAPHQL_JWT_SECRET: `{"type":"HS256","key":"${'k'.repeat(32)}"}` }, 'cannot both be set'],
    [{ HASURA_GRAPHQL_AUTH_HOOK: 'ftp://host' }, 'must be an http(s) URL'],
    [{ HASURA_GRAPHQL_AUTH_HOOK_MODE: 'PUT' }, 'must be one of'],
  ])('is refused at the start with %j', async (more, message) => {
    await expect(authenticator(more)(headers)).rejects.toThrow(message);
  });
});
