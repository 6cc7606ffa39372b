import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ANONYMOUS,
  createAdmin,
  createVendor,
  JUSTIFICATION,
  openFeature,
  PASSWORD,
} from '../testing/people.ts';
import { startTestServer, TEST_SECRET, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await openFeature(server.admin);
});

afterAll(() => server?.stop());

const ACTION = '/hasura/actions/login';
const withSecret = { 'X-Action-Secret': TEST_SECRET, 'Content-Type': 'application/json' };

describe('the action secret', () => {
  test.each([
    ['missing', {}],
    ['wrong', { 'X-Action-Secret': 'wrong' }],
    ['empty', { 'X-Action-Secret': '' }],
    ['longer', { 'X-Action-Secret': `${TEST_SECRET}x` }],
    ['sent twice', { 'X-Action-Secret': `${TEST_SECRET}, ${TEST_SECRET}` }],
  ])('%s is 401, whatever the body or the path', async (_name, headers: Record<string, string>) => {
    const expected = { status: 401, body: { extensions: { code: 'UNAUTHORIZED' } } };
    expect(await server.send(ACTION, { method: 'POST', headers, body: '{broken' })).toMatchObject(expected);
    expect(await server.send(ACTION, { method: 'POST', headers, body: 'x'.repeat(200_000) })).toMatchObject(
      expected,
    );
    expect(await server.send('/hasura/actions/unknown', { method: 'POST', headers })).toMatchObject(expected);
    expect(await server.send('/hasura', { headers })).toMatchObject(expected);
  });

  test('is asked for before a body has arrived', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest(`${server.url}${ACTION}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': '1000' },
      });
      call.on('response', (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.on('error', reject);
      call.flushHeaders();
    });
    expect(status).toBe(401);
  });
});

describe('a body', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    server.send(path, { method: 'POST', headers: { ...withSecret, ...headers }, body });

  test.each([
    ['broken JSON', '{"input":', {}, 400],
    ['no JSON at all', 'hello', {}, 400],
    ['too large', JSON.stringify({ input: 'x'.repeat(110_000) }), {}, 413],
    ['not called JSON', '{}', { 'Content-Type': 'text/plain' }, 415],
    ['almost called JSON', '{}', { 'Content-Type': 'application/jsonp' }, 415],
    ['in another charset', '{}', { 'Content-Type': 'application/json; charset=koi8-r' }, 415],
    ['in an unknown encoding', '{}', { 'Content-Encoding': 'rot13' }, 415],
  ] as [string, string, Record<string, string>, number][])(
    'that is %s',
    async (_name, body, headers, status) => {
      expect(await post(ACTION, body, headers)).toMatchObject({
        status,
        body: { message: expect.any(String), extensions: { code: 'INVALID_INPUT' } },
      });
      expect(await post('/api/auth/login', body, headers)).toMatchObject({
        status,
        body: { success: false, code: 'INVALID_INPUT' },
      });
    },
  );

  test('that nests without end is refused for it', async () => {
    const body = `{"input":${'['.repeat(40_000)}${']'.repeat(40_000)}}`;
    expect(await post(ACTION, body)).toMatchObject({
      status: 400,
      body: { message: 'The body nests deeper than 64 levels.', extensions: { code: 'INVALID_INPUT' } },
    });
  });

  test.each([
    ['[]'],
    ['7'],
    ['null'],
    ['{}'],
    ['{"session_variables":[]}'],
    ['{"input":{},"session_variables":"x"}'],
  ])('of %s is not what Hasura sends', async (body) => {
    expect(await post(ACTION, body)).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT' } },
    });
  });

  test('of another action is refused', async () => {
    const body = { action: { name: 'logout' }, input: {}, session_variables: ANONYMOUS };
    expect(await post(ACTION, JSON.stringify(body))).toMatchObject({ status: 400 });
  });

  test('deeply nested does no harm', async () => {
    const body = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
    expect(await post(ACTION, body)).toMatchObject({ status: 400 });
    expect(await server.send('/healthz')).toMatchObject({ status: 200 });
  });
});

test.each(['h2c', 'websocket'])('an offer to speak %s is left aside', async (protocol) => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const body = '{"email":7}';
  // As Java's HttpClient does with the first request of a connection; the second comes over the same one.
  for (let call = 0; call < 2; call += 1) {
    socket.write(
      `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
        `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\n\r\n${body}`,
    );
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 .*"code":"INVALID_INPUT"/s);
  }
  socket.destroy();
});

describe('a path', () => {
  test.each([
    ['GET', '/nothing', 404],
    ['GET', '/api', 404],
    ['POST', '/api/auth/nothing', 404],
    ['GET', '/api/auth/%ff', 404],
    ['GET', '/%', 404],
    ['GET', '/api/auth/login', 405],
    ['OPTIONS', '/api/auth/login', 405],
    ['DELETE', '/healthz', 405],
  ])('%s %s is %i in the shape of REST', async (method, path, status) => {
    const answer = await server.send(path, { method });
    expect(answer).toMatchObject({ status, body: { success: false, code: 'INVALID_INPUT' } });
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|POST/);
  });

  test.each([
    ['POST', '/hasura/actions/unknown', 404],
    ['POST', '/hasura/actions/__proto__', 404],
    ['GET', ACTION, 405],
  ])('%s %s is %i in the shape of GraphQL', async (method, path, status) => {
    expect(await server.send(path, { method, headers: withSecret })).toMatchObject({
      status,
      body: { extensions: { code: 'INVALID_INPUT' } },
    });
  });
});

describe('answers', () => {
  test('carry the headers of a server that gives nothing away', async () => {
    const { headers } = await server.send('/healthz');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  test('carry the request id: the caller’s if it is fit for a log, otherwise a new one', async () => {
    const idFor = async (id: string) =>
      (await server.send('/healthz', { headers: { 'X-Request-Id': id } })).headers.get('x-request-id');
    expect(await idFor('trace-1.a:B_2')).toBe('trace-1.a:B_2');
    for (const unfit of ['a b', '{"x":1}', 'x'.repeat(129), '<b>'])
      expect(await idFor(unfit)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('are measured by route, never by path', async () => {
    await server.send('/secret-path-of-somebody');
    await server.act('login', {}, ANONYMOUS);
    const { body, headers } = await server.send('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toContain('tierline_request_seconds_count{route="/hasura/actions/login",status="400"}');
    expect(body).toContain('route="unmatched",status="404"');
    expect(body).toContain('tierline_errors_total{code="INVALID_INPUT"}');
    expect(body).not.toContain('secret-path');
  });
});

test('nothing secret is ever logged', async () => {
  const marks = {
    password: 'MARKED-password-1',
    justification: `MARKED-justification ${JUSTIFICATION}`,
    reason: 'MARKED-reason that the vendor reads',
  };
  const vendor = await createVendor(server.admin);
  const admin = await createAdmin(server.admin);
  await server.act('login', { email: vendor.email, password: marks.password }, ANONYMOUS);
  const { body: session } = await server.act('login', { email: vendor.email, password: PASSWORD }, ANONYMOUS);
  const [misled, rest] = await Promise.all(
    ['?password=MARKED-query', ''].map((query) =>
      server.send(`/api/auth/login${query}`, {
        method: 'POST',
        json: { email: vendor.email, password: PASSWORD, app: 'portal' },
        headers: { Origin: 'http://localhost:3000', Authorization: 'Bearer MARKED-bearer' },
      }),
    ),
  );
  expect([misled?.status, rest?.status]).toEqual([400, 200]);
  await server.act('refreshSession', { refreshToken: session.refreshToken }, ANONYMOUS);
  await server.act('refreshSession', { refreshToken: session.refreshToken }, ANONYMOUS);
  const input = { targetTier: 2, businessJustification: marks.justification };
  const { body } = await server.act('submitTierUpgradeRequest', input, vendor.session);
  await server.act('submitTierUpgradeRequest', input, vendor.session);
  const rejection = { requestId: body.requestId, rejectionReason: marks.reason };
  await server.act('rejectTierUpgradeRequest', rejection, admin.session);
  await server.send(ACTION, { method: 'POST', headers: withSecret, body: '{"password":"MARKED-broken"' });
  // A row that the database itself refuses: its error carries the whole row.
  await server.admin.query(
    'alter table tier_upgrade_requests add constraint no_marks check (business_justification !~ $$MARKED$$) not valid',
  );
  const other = await createVendor(server.admin);
  const refused = await server.act('submitTierUpgradeRequest', input, other.session);
  await server.admin.query('alter table tier_upgrade_requests drop constraint no_marks');
  expect(refused).toMatchObject({ status: 400, body: { extensions: { code: 'DATABASE_ERROR' } } });
  expect(JSON.stringify(refused.body)).not.toMatch(/no_marks|constraint|tier_upgrade/);

  const logs = server.logs();
  expect(logs).toContain('DATABASE_ERROR');
  expect(logs).toContain('no_marks');
  const cookies = rest!.headers.getSetCookie().map((line) => /=([^;]+)/.exec(line)![1]!);
  const secrets = [
    'MARKED',
    PASSWORD,
    TEST_SECRET,
    JUSTIFICATION,
    session.accessToken,
    session.refreshToken,
    ...cookies,
  ];
  for (const secret of secrets) expect(logs).not.toContain(secret);
  const lines = logs
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(
    lines.find(({ action, outcome }) => action === 'submitTierUpgradeRequest' && outcome === 'ok'),
  ).toMatchObject({
    level: 'info',
    requestId: expect.any(String),
    userId: vendor.userId,
    role: 'vendor',
    status: 200,
    durationMs: expect.any(Number),
  });
});
