import { afterEach, describe, expect, it, vi } from 'vitest';
import { authApi } from './auth-api.ts';
import { readCookie } from './cookies.ts';
import { tokenLifetime } from './token-lifetime.ts';

const encode = (claims: object) => btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_');
const token = `x.${encode({ iat: 1000, exp: 1900 })}.y`;
const body = {
  success: true,
  accessToken: token,
  expiresAt: '2001-01-01T00:00:00Z',
  refreshToken: null,
  role: 'app_admin',
  user: { id: 'u1', email: 'admin1@example.com', vendorId: null },
};

function answer(status: number, content: unknown) {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => {
    return new Response(typeof content === 'string' ? content : JSON.stringify(content), { status });
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

afterEach(() => {
  vi.unstubAllGlobals();
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie is the subject here.
  document.cookie = 'tierline_admin_csrf=; Max-Age=0';
});

describe('signIn', () => {
  it('names the app and keeps the token for as long as it lasts, whatever the clock here says', async () => {
    const fetch = answer(200, body);
    const result = await authApi.signIn('a@b.example', 'secret');
    expect(JSON.parse(String(fetch.mock.calls[0]?.[1].body))).toEqual({
      email: 'a@b.example',
      password: 'secret',
      app: 'admin',
    });
    expect(result.ok && result.grant.expiresAt - Date.now()).toBeGreaterThan(899_000);
    expect(result.ok && result.grant.user).toEqual({ id: 'u1', email: 'admin1@example.com' });
  });

  it.each([
    [401, { code: 'UNAUTHORIZED' }, 'credentials'],
    [400, { code: 'INVALID_INPUT' }, 'credentials'],
    [403, { code: 'FORBIDDEN', message: 'Not here.' }, 'vendor'],
    [429, { code: 'RATE_LIMIT_EXCEEDED', retryAfter: 90 }, 'rate-limit'],
    [500, { code: 'INTERNAL_ERROR' }, 'server'],
    [502, '<html>Bad gateway</html>', 'server'],
    [200, { success: true }, 'server'],
  ])('reads %d %j as %s', async (status, content, problem) => {
    answer(status, content);
    expect(await authApi.signIn('a@b.example', 'x')).toMatchObject({ ok: false, problem });
  });

  it('knows a network that is away', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await authApi.signIn('a@b.example', 'x')).toEqual({ ok: false, problem: 'offline' });
  });
});

describe('refresh', () => {
  it('repeats the readable cookie as a header', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie is the subject here.
    document.cookie = 'tierline_admin_csrf=abc';
    const fetch = answer(200, body);
    expect((await authApi.refresh()).kind).toBe('granted');
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ 'X-CSRF-Token': 'abc' });
  });

  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [429, 'unreachable'],
    [503, 'unreachable'],
  ])('takes %d as %s', async (status, kind) => {
    answer(status, {});
    expect(await authApi.refresh()).toEqual({ kind });
  });
});

describe('readCookie', () => {
  it('reads one by its whole name', () => {
    expect(readCookie('xtierline=1; tierline=a%3Db; other=2', 'tierline')).toBe('a=b');
    expect(readCookie('tierline=%zz', 'tierline')).toBe('%zz');
    expect(readCookie('', 'tierline')).toBeUndefined();
  });
});

describe('tokenLifetime', () => {
  it('counts from one claim to the other', () => {
    expect(tokenLifetime(token)).toBe(900_000);
    expect(tokenLifetime('not a token')).toBeUndefined();
    expect(tokenLifetime(`x.${encode({ exp: 5 })}.y`)).toBeUndefined();
  });
});
