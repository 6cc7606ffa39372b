import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { startFakeServer, TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';

const ADMIN = { 'x-hasura-admin-secret': TEST_ADMIN_SECRET };
type Started = Awaited<ReturnType<typeof startFakeServer>>;
const running: Started[] = [];

async function start(...args: Parameters<typeof startFakeServer>): Promise<Started> {
  const started = await startFakeServer(...args);
  running.push(started);
  return started;
}

afterEach(async () => {
  for (const { http } of running.splice(0)) await http.close(200);
});

function post(url: string, body: unknown, headers: Record<string, string> = ADMIN): Promise<Response> {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers, body: text as string });
}

describe('/v1/graphql', () => {
  it('passes the answer on as it is, with cookies and the request id', async () => {
    const { url } = await start();
    const response = await post(
      `${url}/v1/graphql`,
      { query: '{ cookie }', variables: { a: 1 } },
      {
        ...ADMIN,
        'x-request-id': 'abc-1',
        'x-hasura-role': 'vendor',
      },
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('x-request-id')).toBe('abc-1');
    expect(response.headers.getSetCookie()).toEqual(['a=b; HttpOnly', 'c=d']);
    expect(await response.json()).toEqual({ data: { role: 'vendor', variables: { a: 1 }, id: 'abc-1' } });
  });

  it('keeps every digit of large numbers in variables', async () => {
    const { url } = await start();
    const response = await post(
      `${url}/v1/graphql`,
      '{"query":"{ a }","variables":{"big":9223372036854775807,"long":0.12345678901234567891,"small":1e2}}',
    );
    expect(await response.text()).toContain(
      '"variables":{"big":9223372036854775807,"long":0.12345678901234567891,"small":100}',
    );
  });

  it('answers each request of a list', async () => {
    const { url } = await start();
    const response = await post(`${url}/v1/graphql`, [{ query: '{ a }' }, { query: '{ refuse }' }]);
    expect(await response.json()).toMatchObject([
      { data: { role: 'admin' } },
      { errors: [{ message: 'Uniqueness violation.' }] },
    ]);
  });

  it('serves the metadata API under its three names, to admins alone', async () => {
    const { url } = await start();
    for (const path of ['/v1/metadata', '/v2/query', '/v1/query']) {
      const response = await post(`${url}${path}`, { type: 'export_metadata', args: {} });
      expect(await response.json()).toEqual({ received: { type: 'export_metadata', args: {} } });
      const refused = await fetch(`${url}${path}`, { method: 'POST', body: '{}' });
      expect(refused.status).toBe(401);
    }
    const asUser = await post(`${url}/v1/metadata`, {}, { ...ADMIN, 'x-hasura-role': 'user' });
    expect([asUser.status, await asUser.json()]).toMatchObject([400, { code: 'access-denied' }]);
    const broken = await fetch(`${url}/v1/metadata`, {
      method: 'POST',
      body: '{"type": ',
      headers: { 'x-hasura-admin-secret': TEST_ADMIN_SECRET },
    });
    expect([broken.status, await broken.json()]).toMatchObject([400, { code: 'invalid-json' }]);
    const conflict = await post(`${url}/v1/metadata`, { type: 'refuse' });
    expect([conflict.status, await conflict.json()]).toEqual([
      409,
      { path: '$.args', error: 'not now', code: 'conflict', internal: { why: 'other' } },
    ]);
  });

  it('refuses a list that is longer than the role may send', async () => {
    const { url } = await start();
    const response = await post(`${url}/v1/graphql`, Array(4).fill({ query: '{ a }' }));
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'batch-limit-exceeded' } }],
    });
  });

  it('answers errors with status 200, without data, and details for admin only', async () => {
    const { url } = await start();
    const asAdmin = await post(`${url}/v1/graphql`, { query: '{ refuse }' });
    expect(asAdmin.status).toBe(200);
    expect(await asAdmin.json()).toEqual({
      errors: [
        {
          message: 'Uniqueness violation.',
          extensions: { path: '$.x', code: 'constraint-violation', internal: { sql: 1 } },
        },
      ],
    });
    const asVendor = await post(
      `${url}/v1/graphql`,
      { query: '{ refuse }' },
      { ...ADMIN, 'x-hasura-role': 'vendor' },
    );
    expect(JSON.stringify(await asVendor.json())).not.toContain('internal');
  });

  it('hides what it did not expect', async () => {
    const { url } = await start();
    const response = await post(
      `${url}/v1/graphql`,
      { query: '{ boom }' },
      { ...ADMIN, 'x-hasura-role': 'vendor' },
    );
    expect(await response.json()).toEqual({
      errors: [{ message: 'internal error', extensions: { path: '$', code: 'unexpected' } }],
    });
  });

  it.each([
    ['no JSON', '{"query":', 'invalid-json', '$'],
    ['no object', '5', 'parse-failed', '$'],
    ['no query', '{}', 'parse-failed', '$'],
    ['a query that is no text', '{"query":5}', 'parse-failed', '$.query'],
    ['variables that are no object', '{"query":"{a}","variables":[1]}', 'parse-failed', '$.variables'],
    [
      'an operation name that is no text',
      '{"query":"{a}","operationName":{}}',
      'parse-failed',
      '$.operationName',
    ],
    ['bytes that are not UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 'invalid-json', '$'],
    ['nothing', '', 'invalid-json', '$'],
  ])('refuses %s', async (_, body, code, path) => {
    const { url } = await start();
    const response = await post(`${url}/v1/graphql`, body);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code, path } }] });
  });

  it('refuses a body that is too large, declared or not, and lives on', async () => {
    const { url } = await start({ HASURA_GRAPHQL_MAX_REQUEST_BYTES: '2000' });
    const declared = await post(`${url}/v1/graphql`, 'x'.repeat(5000));
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({
      errors: [{ extensions: { code: 'body-limit-exceeded' } }],
    });
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1500));
      },
    });
    const streamed = fetch(`${url}/v1/graphql`, {
      method: 'POST',
      headers: ADMIN,
      body: stream,
      duplex: 'half',
    } as RequestInit);
    await streamed.then(
      (response) => expect(response.status).toBe(413),
      // The connection may be gone before the answer is read.
      () => undefined,
    );
    expect((await post(`${url}/v1/graphql`, { query: '{ a }' })).status).toBe(200);
  });

  it('asks for the secret', async () => {
    const { url } = await start();
    expect(await (await post(`${url}/v1/graphql`, { query: '{ a }' }, {})).json()).toEqual({
      errors: [
        {
          message: 'x-hasura-admin-secret/x-hasura-access-key required, but not found',
          extensions: { path: '$', code: 'access-denied' },
        },
      ],
    });
  });
});

describe('/v1alpha1/graphql', () => {
  it('answers errors with their status', async () => {
    const { url } = await start();
    const refused = await post(
      `${url}/v1alpha1/graphql`,
      { query: '{ refuse }' },
      { ...ADMIN, 'x-hasura-role': 'v' },
    );
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({
      errors: [
        { message: 'Uniqueness violation.', extensions: { path: '$.x', code: 'constraint-violation' } },
      ],
    });
    expect((await post(`${url}/v1alpha1/graphql`, { query: '{ a }' }, {})).status).toBe(401);
  });
});

describe('the small routes', () => {
  it('tell health, version and metrics', async () => {
    const { url, engine } = await start();
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('OK');
    engine.isDatabaseUp = false;
    const down = await fetch(`${url}/healthz`);
    expect([down.status, await down.text()]).toEqual([503, 'ERROR: the database does not answer']);
    Object.assign(engine, { isDatabaseUp: true, writeProblem: 'its disk is full' });
    const full = await fetch(`${url}/healthz`);
    expect([full.status, await full.text()]).toEqual([
      503,
      'ERROR: the database takes no writes: its disk is full',
    ]);
    expect(await (await fetch(`${url}/v1/version`)).json()).toMatchObject({
      version: expect.stringMatching(/^v2\./),
    });
    await post(`${url}/v1/graphql`, { query: '{ a }' });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'hasura_graphql_requests_total{response_status="success"} 1',
    );
  });

  it('keep metrics behind their secret', async () => {
    const { url } = await start({ HASURA_GRAPHQL_METRICS_SECRET: 'only for prometheus' });
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const authorization = 'Bearer only for prometheus';
    expect((await fetch(`${url}/metrics`, { headers: { authorization } })).status).toBe(200);
  });

  it('answer 404 for all else', async () => {
    const { url } = await start();
    for (const path of ['/', '/nothing', '/v1/graphql', '/console']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        path: '$',
        error: 'resource does not exist',
        code: 'not-found',
      });
    }
  });

  it('survive a client that leaves in the middle of its body', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST /v1/graphql HTTP/1.1\r\nhost: x\r\nx-hasura-admin-secret: ${TEST_ADMIN_SECRET}\r\ncontent-length: 99\r\n\r\n{"que`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('survive a request that is none', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.resume();
    socket.write('GET // HTTP/1.1\r\nhost: x\r\n\r\n\u0000\u0001garbage\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('CORS', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/v1/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });

  it('lets the listed origins in, subdomains by their star', async () => {
    const { url } = await start({
      HASURA_GRAPHQL_CORS_DOMAIN: 'https://app.example.com, https://*.example.org',
    });
    for (const origin of ['https://app.example.com', 'https://a.example.org']) {
      const response = await preflight(url, origin);
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
    }
    for (const origin of [
      'https://evilexample.org',
      'https://example.org',
      // One star is one label, as in the reference.
      'https://a.b.example.org',
      'https://example.org.evil.com',
      'http://app.example.com',
    ]) {
      expect((await preflight(url, origin)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('may be switched off', async () => {
    const { url } = await start({ HASURA_GRAPHQL_DISABLE_CORS: 'true' });
    expect((await preflight(url, 'https://a.b')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the log', () => {
  it('has a line a request, without variables or query text', async () => {
    const lines: string[] = [];
    const log = createLog({
      level: 'info',
      types: ['http-log'],
      format: 'json',
      destination: { write: (line) => lines.push(line) },
    });
    const { url } = await start({}, { log });
    await post(`${url}/v1/graphql`, {
      query: 'mutation Login { refuse(password: "hunter2") }',
      operationName: 'Login',
      variables: { password: 'hunter3' },
    });
    await fetch(`${url}/nothing?token=hunter4`);
    await fetch(`${url}/v1/graphql`, {
      method: 'POST',
      headers: { 'x-hasura-admin-secret': TEST_ADMIN_SECRET },
      body: '{"variables": {"password": hunter5}}',
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        type: 'http-log',
        level: 'error',
        detail: {
          operation: { operation_name: 'Login', error: { code: 'constraint-violation' } },
          http_info: { status: 200, url: '/v1/graphql' },
        },
      },
      { detail: { http_info: { status: 404, url: '/nothing' } } },
      {
        detail: { operation: { error: { code: 'invalid-json', error: expect.stringMatching(/^Error in/) } } },
      },
    ]);
    expect(lines.join()).not.toContain('hunter');
  });
});

describe('the console', () => {
  it('serves its own files and nothing beside them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-console-'));
    try {
      await mkdir(join(folder, 'console', 'assets'), { recursive: true });
      await writeFile(join(folder, 'secret.txt'), 'secret');
      await writeFile(join(folder, 'console', 'index.html'), '<p>console</p>');
      await writeFile(join(folder, 'console', 'assets', 'a.js'), 'go()');
      const { url } = await start({}, { consoleFiles: { prepare: async () => join(folder, 'console') } });
      const page = await fetch(`${url}/console`);
      expect(await page.text()).toBe('<p>console</p>');
      expect(page.headers.get('content-security-policy')).toContain(
        "default-src 'self'; connect-src 'self'; ",
      );
      expect((await fetch(`${url}/`)).url).toBe(`${url}/console`);
      expect((await fetch(`${url}/console/assets/a.js`)).headers.get('content-type')).toContain('javascript');
      for (const path of [
        '/console/..%2fsecret.txt',
        '/console/%2e%2e/secret.txt',
        '/console/none.js',
        '/console/%00.js',
      ]) {
        expect((await fetch(url + path)).status).toBe(404);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('closing', () => {
  it('lets a running request end', async () => {
    const { url, http, engine } = await start();
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    engine.onSlow = () => {
      begun.resolve();
      return end.promise;
    };
    const answer = post(`${url}/v1/graphql`, { query: '{ slow }' });
    await begun.promise;
    const closing = http.close();
    end.resolve();
    expect((await answer).status).toBe(200);
    await closing;
  });
});
