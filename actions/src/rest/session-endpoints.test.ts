import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csrfTokenFor } from '../accounts/secret-token.ts';
import { createAdmin, createVendor, PASSWORD, type TestAdmin, type TestVendor } from '../testing/people.ts';
import { type Answer, startTestServer, type TestServer } from '../testing/test-server.ts';

const PORTAL = 'http://localhost:3000';

let server: TestServer;
let vendor: TestVendor;
let admin: TestAdmin;

beforeAll(async () => {
  server = await startTestServer();
  vendor = await createVendor(server.admin);
  admin = await createAdmin(server.admin);
});

afterAll(() => server?.stop());

const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  server.send(`/api/auth/${path}`, { method: 'POST', json, headers });

const credentials = () => ({ email: vendor.email, password: PASSWORD });

/** The cookies of an answer, by name. */
function cookiesOf({ headers }: Answer): Map<string, { value: string; attributes: string }> {
  return new Map(
    headers.getSetCookie().map((line) => {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      return [name, { value, attributes }];
    }),
  );
}

/** A browser that is signed in to the portal: what it sends with each request. */
async function signIn(): Promise<{
  refreshToken: string;
  csrfToken: string;
  headers: Record<string, string>;
}> {
  const cookies = cookiesOf(await post('login', { ...credentials(), app: 'portal' }, { Origin: PORTAL }));
  const refreshToken = cookies.get('tierline_portal')!.value;
  const csrfToken = cookies.get('tierline_portal_csrf')!.value;
  return { refreshToken, csrfToken, headers: browserHeaders(refreshToken, csrfToken) };
}

function browserHeaders(refreshToken: string, csrfToken: string): Record<string, string> {
  return {
    Origin: PORTAL,
    Cookie: `other=1; tierline_portal=${refreshToken}; tierline_portal_csrf=${csrfToken}`,
    'X-CSRF-Token': csrfToken,
  };
}

const FORBIDDEN = { status: 403, body: { success: false, code: 'FORBIDDEN' } };
const UNAUTHORIZED = { status: 401, body: { success: false, code: 'UNAUTHORIZED' } };

describe('without an app', () => {
  test('the tokens travel in bodies and no cookie is set', async () => {
    const first = await post('login', credentials());
    expect(first).toMatchObject({
      status: 200,
      body: { success: true, role: 'vendor', user: { id: vendor.userId } },
    });
    expect(first.headers.getSetCookie()).toEqual([]);
    expect(first.headers.get('cache-control')).toBe('no-store');
    const second = await post('refresh', { refreshToken: first.body.refreshToken });
    expect(second).toMatchObject({ status: 200, body: { success: true } });
    const { refreshToken } = second.body;
    expect(await post('logout', { refreshToken, everywhere: true })).toMatchObject({
      status: 200,
      body: { success: true },
    });
    expect(await post('refresh', { refreshToken })).toMatchObject(UNAUTHORIZED);
  });

  test('a cookie opens nothing', async () => {
    const { headers } = await signIn();
    expect(await post('refresh', {}, headers)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field: 'refreshToken' }] },
    });
  });

  test('wrong credentials are UNAUTHORIZED', async () => {
    expect(await post('login', { ...credentials(), password: 'wrong' })).toMatchObject(UNAUTHORIZED);
  });
});

describe('with an app', () => {
  test('the refresh token is in the cookie only', async () => {
    const answer = await post('login', { ...credentials(), app: 'portal' }, { Origin: PORTAL });
    expect(answer).toMatchObject({ status: 200, body: { success: true, refreshToken: null } });
    const cookies = cookiesOf(answer);
    const { value, attributes } = cookies.get('tierline_portal')!;
    expect(attributes).toMatch(
      /; Max-Age=2592000; Path=\/api\/auth; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const csrf = cookies.get('tierline_portal_csrf')!;
    expect(csrf.value).toBe(csrfTokenFor(value));
    expect(csrf.attributes).toMatch(/; Max-Age=2592000; Path=\/; Expires=[^;]+; SameSite=Strict$/);
    expect(JSON.stringify(answer.body)).not.toContain(value);
  });

  test('a session is refreshed and ended', async () => {
    const browser = await signIn();
    const answer = await post('refresh', { app: 'portal' }, browser.headers);
    expect(answer).toMatchObject({
      status: 200,
      body: { refreshToken: null, user: { email: vendor.email } },
    });
    const cookies = cookiesOf(answer);
    const [token, csrf] = [cookies.get('tierline_portal')!.value, cookies.get('tierline_portal_csrf')!.value];
    expect(token).not.toBe(browser.refreshToken);
    expect(csrf).not.toBe(browser.csrfToken);
    const end = await post('logout', { app: 'portal' }, browserHeaders(token, csrf));
    expect(end).toMatchObject({ status: 200, body: { success: true } });
    expect(cookiesOf(end).get('tierline_portal')).toMatchObject({ value: '' });
    expect(cookiesOf(end).get('tierline_portal_csrf')).toMatchObject({ value: '' });
    expect(await post('refresh', { app: 'portal' }, browserHeaders(token, csrf))).toMatchObject(UNAUTHORIZED);
  });

  test('a cookie used twice ends the session and is taken away', async () => {
    const browser = await signIn();
    await post('refresh', { app: 'portal' }, browser.headers);
    const again = await post('refresh', { app: 'portal' }, browser.headers);
    expect(again).toMatchObject(UNAUTHORIZED);
    expect(cookiesOf(again).get('tierline_portal')).toMatchObject({ value: '' });
  });

  test('each app is for its own role', async () => {
    const asVendor = { ...credentials(), app: 'admin' };
    expect(await post('login', asVendor, { Origin: 'http://localhost:3001' })).toMatchObject(FORBIDDEN);
    const wrongPassword = { ...asVendor, password: 'wrong' };
    expect(await post('login', wrongPassword, { Origin: PORTAL })).toMatchObject(UNAUTHORIZED);
    const asAdmin = { email: admin.email, password: PASSWORD };
    expect(await post('login', { ...asAdmin, app: 'portal' }, { Origin: PORTAL })).toMatchObject(FORBIDDEN);
    expect(await post('login', { ...asAdmin, app: 'admin' }, { Origin: PORTAL })).toMatchObject({
      status: 200,
    });
  });

  test('a cookie of one app is not the other’s, even under its name', async () => {
    const { refreshToken, csrfToken } = await signIn();
    const headers = {
      Origin: 'http://localhost:3001',
      Cookie: `tierline_admin=${refreshToken}; tierline_admin_csrf=${csrfToken}`,
      'X-CSRF-Token': csrfToken,
    };
    expect(await post('refresh', { app: 'admin' }, headers)).toMatchObject(FORBIDDEN);
    expect(await post('refresh', { app: 'portal' }, browserHeaders(refreshToken, csrfToken))).toMatchObject({
      status: 200,
    });
  });

  test('without a cookie one is not signed in, and signing out is done already', async () => {
    expect(await post('refresh', { app: 'portal' }, { Origin: PORTAL })).toMatchObject(UNAUTHORIZED);
    expect(await post('logout', { app: 'portal' }, { Origin: PORTAL })).toMatchObject({ status: 200 });
    expect(await post('logout', { app: 'portal', everywhere: true }, { Origin: PORTAL })).toMatchObject(
      UNAUTHORIZED,
    );
  });
});

describe('a page that is not ours', () => {
  const origins: [string | undefined, boolean][] = [
    ['http://localhost:3000', true],
    ['http://127.0.0.1:3000', true],
    ['http://localhost:3001', true],
    ['http://127.0.0.1:3001', true],
    ['https://localhost:3000', false],
    ['http://localhost:3002', false],
    ['http://localhost', false],
    ['http://localhost:3000.evil.example', false],
    ['http://evil.example', false],
    ['http://[::1]:3000', false],
    ['HTTP://LOCALHOST:3000', false],
    ['null', false],
    ['', false],
    [undefined, false],
  ];

  test.each(origins)('Origin %s: %s', async (origin, isOurs) => {
    const browser = await signIn();
    const { Origin: _, ...rest } = browser.headers;
    const headers = origin === undefined ? rest : { ...rest, Origin: origin };
    const expected = isOurs ? { status: 200 } : FORBIDDEN;
    const sent: Record<string, string> = origin === undefined ? {} : { Origin: origin };
    expect(await post('login', { ...credentials(), app: 'portal' }, sent)).toMatchObject(expected);
    expect(await post('refresh', { app: 'portal' }, headers)).toMatchObject(expected);
    if (isOurs) return;
    expect(await post('logout', { app: 'portal' }, headers)).toMatchObject(FORBIDDEN);
    expect(await post('refresh', { app: 'portal' }, browser.headers)).toMatchObject({ status: 200 });
  });
});

describe('the CSRF token', () => {
  test.each([
    ['is missing', { header: undefined }],
    ['is wrong', { header: 'x'.repeat(43) }],
    ['is empty', { header: '' }],
    ['fits a planted cookie only', { header: 'planted', cookie: 'planted' }],
    ['has no cookie beside it', { cookie: undefined }],
    ['is that of another session', { header: csrfTokenFor('another'), cookie: csrfTokenFor('another') }],
  ] as [string, { header?: string; cookie?: string }][])('refuses when it %s', async (_name, change) => {
    const browser = await signIn();
    const { header, cookie } = { header: browser.csrfToken, cookie: browser.csrfToken, ...change };
    const headers: Record<string, string> = {
      Origin: PORTAL,
      Cookie: [
        `tierline_portal=${browser.refreshToken}`,
        ...(cookie ? [`tierline_portal_csrf=${cookie}`] : []),
      ].join('; '),
      ...(header === undefined ? {} : { 'X-CSRF-Token': header }),
    };
    expect(await post('refresh', { app: 'portal' }, headers)).toMatchObject(FORBIDDEN);
    expect(await post('logout', { app: 'portal' }, headers)).toMatchObject(FORBIDDEN);
    expect(await post('refresh', { app: 'portal' }, browser.headers)).toMatchObject({ status: 200 });
  });

  test('a cookie sent twice counts as none', async () => {
    const browser = await signIn();
    const headers = { ...browser.headers, Cookie: `tierline_portal=planted; ${browser.headers.Cookie}` };
    expect(await post('refresh', { app: 'portal' }, headers)).toMatchObject(UNAUTHORIZED);
    expect(await post('refresh', { app: 'portal' }, browser.headers)).toMatchObject({ status: 200 });
  });
});

describe('the input', () => {
  test.each([
    ['login', { app: 'shop' }, ['app', 'email', 'password']],
    ['login', { email: 'a@b.c', password: 'x', remember: true }, ['remember']],
    ['refresh', { app: 'portal', refreshToken: 'x' }, ['refreshToken']],
    ['refresh', {}, ['refreshToken']],
    ['refresh', { refreshToken: 7 }, ['refreshToken']],
    ['logout', { refreshToken: 'x', everywhere: 'yes' }, ['everywhere']],
    ['login', ['a'], ['body']],
    ['login', 'text', ['body']],
  ])('of %s: %j', async (path, body, fields) => {
    const answer = await post(path, body, { Origin: PORTAL });
    expect(answer).toMatchObject({ status: 400, body: { success: false, code: 'INVALID_INPUT' } });
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields);
  });
});

test('cookies are Secure where the app is HTTPS', async () => {
  const secure = await startTestServer({
    env: {
      PORTAL_URL: 'https://portal.example',
      ADMIN_URL: 'https://admin.example',
      SMTP_URL: 'smtps://mail.example',
      NODE_ENV: 'production',
    },
  });
  try {
    const user = await createVendor(secure.admin);
    const signInFrom = (origin: string) =>
      secure.send('/api/auth/login', {
        method: 'POST',
        json: { email: user.email, password: PASSWORD, app: 'portal' },
        headers: { Origin: origin },
      });
    const answer = await signInFrom('https://portal.example');
    expect(answer.headers.getSetCookie()).toHaveLength(3);
    for (const line of answer.headers.getSetCookie()) expect(line).toContain('; Secure');
    expect(await signInFrom('http://localhost:3000')).toMatchObject(FORBIDDEN);
  } finally {
    await secure.stop();
  }
});
