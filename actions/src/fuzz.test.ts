import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from './actions.ts';
import { ERROR_CODES } from './errors.ts';
import { CRON_JOBS, EVENTS } from './hooks.ts';
import { ENDPOINTS } from './rest/endpoints.ts';
import { errorAnswer } from './rest/error-answer.ts';
import {
  bearerOf,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  PASSWORD,
  type TestAdmin,
  type TestVendor,
} from './testing/people.ts';
import { SEED } from './testing/seeded-random.ts';
import { startTestServer, TEST_SECRET, type TestServer } from './testing/test-server.ts';

const isLong = Boolean(process.env.TIERLINE_LONG);
const runs = (short: number) => ({
  seed: SEED,
  numRuns: isLong ? short * 50 : short,
  endOnFailure: !isLong,
});
/** What HTTP itself has a number for; every other status belongs to a code. */
const OF_HTTP = new Set([400, 404, 405, 413, 415]);
const OURS = new Set(['DATABASE_ERROR', 'INTERNAL_ERROR']);

let server: TestServer;
/** What a stranger cannot guess and a hostile vendor knows: filled in where a generated text names it. */
const known = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer({
    env: {
      RATE_LIMIT_SUBMIT: '0',
      RATE_LIMIT_VENDOR_LIST: '0',
      RATE_LIMIT_ADMIN: '0',
      TRUST_PROXY: '127.0.0.1',
    },
  });
  await openFeature(server.admin);
  const vendor: TestVendor = await createVendor(server.admin);
  const admin: TestAdmin = await createAdmin(server.admin);
  const victim = await createVendor(server.admin);
  known.set('@vendor', vendor.vendorId);
  known.set('@victim', victim.vendorId);
  known.set('@user', victim.userId);
  known.set('@request', await createRequest(server.admin, vendor));
  known.set('@email', vendor.email);
  known.set('@vendorToken', (await bearerOf(server.config, vendor)).Authorization ?? '');
  known.set('@adminToken', (await bearerOf(server.config, admin)).Authorization ?? '');
  known.set('@vendorUser', vendor.userId);
  known.set('@adminUser', admin.userId);
});

afterAll(() => server?.stop());

/** Puts ids and tokens in the place of their names, of which those that begin another come last. */
function fill(text: string): string {
  const names = [...known].sort(([one], [other]) => other.length - one.length);
  return names.reduce((filled, [name, value]) => filled.replaceAll(name, value), text);
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Sends what no well-behaved client does, which `fetch` would not. */
function send({ method, path, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(`${server.url}${path}`, { method, path, headers: { ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
      response.on('error', reject);
    });
    // Whoever is refused before the body has arrived may find the line closed, with or without an answer to read.
    call.on('error', (error) => {
      const isClosed = ['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isClosed) reject(error);
      else resolve({ status: 400, type: '', text: '' });
    });
    call.end(body);
  });
}

const ids = fc.constantFrom('@vendor', '@victim', '@user', '@request', '@vendorUser', '@adminUser');
const texts = fc.oneof(
  ids,
  fc.constantFrom(
    '',
    ' ',
    '@email',
    PASSWORD,
    JUSTIFICATION,
    'portal',
    'admin',
    '\0',
    '\ud800',
    '🚀'.repeat(600),
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    "'; --",
    '%00',
    '2026-02-30',
    '9999-12-31T23:59:60Z',
    '+292277026596-12-04',
  ),
  fc.constantFrom(
    '1e400',
    '-0',
    '00000000-0000-0000-0000-000000000000',
    'pending',
    'tier',
    'x'.repeat(5_000),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const scalars = fc.oneof(
  { arbitrary: texts, weight: 4 },
  { arbitrary: fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 4, -1, 2.5, 1e308, 2 ** 53), weight: 2 },
  { arbitrary: fc.integer(), weight: 1 },
);
const fieldNames = [
  ...new Set(
    ENDPOINTS.flatMap(({ body, query, params }) =>
      [body, query, params].flatMap((shape) => (shape === undefined ? [] : Object.keys(shape.shape))),
    ),
  ),
  ...[
    'email',
    'password',
    'requestId',
    'requestIds',
    'vendorId',
    'userId',
    'disabled',
    'deliveryId',
    'key',
    'tier',
  ],
  ...[
    'audience',
    'isBeta',
    'targetTier',
    'businessJustification',
    'token',
    'newPassword',
    'everywhere',
    'atomic',
  ],
];
const odd = fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '', '\0', 'x'.repeat(300));
const name = fc.oneof(
  { arbitrary: fc.constantFrom(...fieldNames), weight: 6 },
  { arbitrary: odd, weight: 1 },
);
const values = fc.oneof(
  { arbitrary: scalars, weight: 8 },
  { arbitrary: fc.array(scalars, { maxLength: 4 }), weight: 1 },
  { arbitrary: fc.array(ids, { minLength: 1, maxLength: 4 }), weight: 1 },
  { arbitrary: fc.dictionary(name, scalars, { maxKeys: 3, noNullPrototype: true }), weight: 1 },
);

/** Fields of a shape, most of them there; each may hold anything, and some that nobody asked for. */
function objectWith(names: readonly string[]): fc.Arbitrary<object> {
  const usual = fc.record(Object.fromEntries(names.map((key) => [key, values])), { requiredKeys: [] });
  const extra = fc.dictionary(name, values, { maxKeys: 1, noNullPrototype: true });
  return fc.tuple(usual, fc.option(extra, { freq: 4, nil: {} })).map(([own, more]) => ({ ...more, ...own }));
}

const nonsense = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '7',
    '"text"',
    '{"a":1,"a":2}',
    '{"__proto__":{"role":"admin"}}',
    '\ufeff{}',
  ),
  fc.constantFrom(
    `${'['.repeat(40_000)}${']'.repeat(40_000)}`,
    `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
    'x'.repeat(150_000),
  ),
  fc.constantFrom(
    '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na@b.c\r\n--x--\r\n',
    '--x\r\nContent-Disposition: form-data; name="f"; filename="../../etc/passwd"\r\nContent-Type: text/html\r\n\r\n<script>',
    'email=a%40b.c&password=%ff%00&a[b][c]=d',
  ),
  fc.uint8Array({ maxLength: 200 }),
  fc.json(),
);
const types = fc.oneof(
  { arbitrary: fc.constant('application/json'), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16le',
      'application/json; charset=x',
      'application/json;',
      'text/plain',
      '/',
      '',
    ),
    weight: 2,
  },
);
const JUNK: readonly (readonly [string, string])[] = [
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br, deflate'],
  ['cookie', 'tierline_portal=a; tierline_portal_csrf=b'],
  ['cookie', `tierline_admin=${'=;'.repeat(500)}`],
  ['cookie', '__proto__=1; tierline_device=%ff; =; ;'],
  ['x-csrf-token', 'b'],
  ['x-forwarded-for', '::::, 1.2.3.4, unknown, 999.1.1.1'],
  ['x-forwarded-for', ',,,'],
  ['x-forwarded-proto', 'javascript'],
  ['x-forwarded-host', '\xff'],
  ['origin', 'null'],
  ['origin', 'http://localhost:3000'],
  ['x-request-id', '\xe9'.repeat(50)],
  ['x-action-secret', 'no'],
  ['accept', '*/*;q=x'],
  ['accept-language', 'de;q=,,,'],
  ['if-none-match', '*, "'],
  ['if-none-match', '"'.repeat(200)],
  ['if-modified-since', 'never'],
  ['range', 'bytes=9-1'],
  ['upgrade', 'h2c'],
  ['expect', 'tea'],
  ['te', 'x'],
];
const junk = fc
  .array(fc.constantFrom(...JUNK), { maxLength: 3 })
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));
const tokens = fc.oneof(
  { arbitrary: fc.constantFrom('@vendorToken', '@adminToken'), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      '',
      'Bearer',
      'Bearer a.b.c',
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      'Basic eDp4',
      '@vendorToken.',
    ),
    weight: 1,
  },
);

/** Of something to send: mostly the shape that is asked for, sometimes anything. */
function bodies(usual: fc.Arbitrary<unknown>): fc.Arbitrary<string | Uint8Array> {
  return fc.oneof(
    { arbitrary: usual.map((value) => JSON.stringify(value)), weight: 5 },
    { arbitrary: nonsense, weight: 1 },
  );
}

const segments = fc.oneof(
  { arbitrary: ids, weight: 6 },
  {
    arbitrary: fc.constantFrom('', '.', '..', '%00', '%ff', '%', '%2e%2e%2f', ';', '*', 'x'.repeat(3_000)),
    weight: 1,
  },
  {
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 9 })
      .map((text) => encodeURIComponent(text.toWellFormed())),
    weight: 1,
  },
);
const escaped = (value: unknown): string => encodeURIComponent(String(value).toWellFormed());
/** What is named in a text is filled in after it is escaped, which leaves names as they are but for the sign before them. */
const query = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        {
          arbitrary: fc
            .tuple(names.length > 0 ? fc.constantFrom(...names) : name, scalars)
            .map(([key, value]) => `${escaped(key)}=${escaped(value)}`),
          weight: 5,
        },
        {
          arbitrary: fc.constantFrom(
            'a[]=1',
            'a[b]=c',
            '__proto__[x]=1',
            '%ff=%',
            '=',
            '&&',
            'limit',
            'page=1&page=2',
          ),
          weight: 1,
        },
      ),
      { maxLength: 4 },
    )
    .map((parts) => (parts.length === 0 ? '' : `?${parts.join('&')}`));

const filled = (call: Call): Call => ({
  ...call,
  path: fill(call.path.replaceAll('%40', '@')),
  headers: Object.fromEntries(Object.entries(call.headers).map(([key, value]) => [key, fill(value)])),
  body: typeof call.body === 'string' ? fill(call.body) : call.body,
});

function checkRest({ status, type, text }: Answer, call: Call): void {
  const told = JSON.stringify([call, status, text]).slice(0, 2_000);
  expect(status, told).toBeLessThan(500);
  if (status < 400 || call.method === 'HEAD' || (type === '' && text === '')) return;
  const answer = errorAnswer.safeParse(JSON.parse(text));
  expect(answer.error, told).toBeUndefined();
  expect(OURS.has(answer.data?.code ?? ''), told).toBe(false);
}

test('fuzz: REST, with any path, query, headers, cookies and body', async () => {
  const calls = fc.constantFrom(...ENDPOINTS).chain((endpoint) =>
    fc.record({
      method: fc.oneof(
        { arbitrary: fc.constant(endpoint.method.toUpperCase()), weight: 9 },
        {
          arbitrary: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'),
          weight: 1,
        },
      ),
      path: fc
        .tuple(
          fc.array(segments, { minLength: 3, maxLength: 3 }),
          query(Object.keys(endpoint.query?.shape ?? {})),
        )
        .map(([parts, asked]) => {
          let index = 0;
          return `/api${endpoint.path.replaceAll(/\{\w+\}/g, () => parts[index++] ?? '')}${asked}`;
        }),
      headers: fc
        .tuple(junk, tokens, types)
        .map(([more, authorization, type]) => ({ ...more, authorization, 'content-type': type })),
      body: fc.option(bodies(objectWith(Object.keys(endpoint.body?.shape ?? {}))), {
        freq: endpoint.method === 'get' ? 1 : 8,
      }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(calls, async (call) => {
      const real = filled(call);
      checkRest(await send(real), real);
    }),
    runs(400),
  );
});

describe('fuzz: what Hasura calls', () => {
  const sessions = fc.oneof(
    {
      arbitrary: fc.constantFrom<unknown>(
        { 'x-hasura-role': 'vendor', 'x-hasura-user-id': '@vendorUser' },
        { 'x-hasura-role': 'app_admin', 'x-hasura-user-id': '@adminUser' },
        { 'x-hasura-role': 'anonymous' },
      ),
      weight: 6,
    },
    {
      arbitrary: fc.dictionary(
        fc.constantFrom('x-hasura-role', 'x-hasura-user-id', 'x-hasura-session-id', '__proto__'),
        values,
        { noNullPrototype: true },
      ),
      weight: 1,
    },
    { arbitrary: scalars, weight: 1 },
  );
  const actionBodies = fc.constantFrom(...ACTIONS).chain(({ name: action }) =>
    fc.tuple(
      fc.constant(`actions/${action}`),
      bodies(
        fc.record(
          {
            action: fc.oneof({ arbitrary: fc.constant<unknown>({ name: action }), weight: 9 }, values),
            input: fc.oneof(
              { arbitrary: objectWith(fieldNames.slice(0, 40)), weight: 1 },
              inputOf(action),
              values,
            ),
            session_variables: sessions,
          },
          { requiredKeys: ['input', 'session_variables'] },
        ),
      ),
    ),
  );
  const eventBodies = fc.constantFrom(...EVENTS).chain(({ name: trigger }) =>
    fc.tuple(
      fc.constant(`events/${trigger}`),
      bodies(
        fc.record({
          trigger: fc.oneof(fc.constant<unknown>({ name: trigger }), values),
          event: fc.record({
            op: fc.constantFrom<unknown>('INSERT', 'DELETE', null),
            data: fc.record({
              new: fc.record({
                id: fc.oneof(
                  fc.constantFrom<unknown>(1, '1', '9223372036854775807', '9999999999999999999', 2 ** 60),
                  values,
                ),
                kind: fc.oneof(fc.constantFrom('submitted', 'approved', 'rejected', 'cancelled'), values),
              }),
            }),
          }),
        }),
      ),
    ),
  );
  const cronBodies = fc.tuple(fc.constantFrom(...CRON_JOBS.map((job) => `cron/${job.name}`)), bodies(values));

  test('answers in its shape, whatever is sent behind the secret', async () => {
    const calls = fc
      .tuple(fc.oneof({ arbitrary: actionBodies, weight: 6 }, eventBodies, cronBodies), junk, types)
      .map(
        ([[path, body], more, type]): Call => ({
          method: 'POST',
          path: `/hasura/${path}`,
          headers: { ...more, 'content-type': type, 'x-action-secret': TEST_SECRET },
          body,
        }),
      );
    await fc.assert(
      fc.asyncProperty(calls, async (call) => {
        const real = filled(call);
        const { status, type, text } = await send(real);
        const told = JSON.stringify([real, status, text]).slice(0, 2_000);
        expect(status, told).toBeLessThan(500);
        if (status < 400 || (type === '' && text === '')) return;
        const answer = JSON.parse(text) as { message: unknown; extensions: { code: string } };
        expect(answer, told).toMatchObject({ message: expect.any(String) });
        expect(Object.keys(ERROR_CODES), told).toContain(answer.extensions.code);
        expect(OURS.has(answer.extensions.code), told).toBe(false);
        if (answer.extensions.code === 'INVALID_INPUT') expect(OF_HTTP, told).toContain(status);
      }),
      runs(400),
    );
  });
});

test('fuzz: bytes on the wire', async () => {
  const heads = fc.constantFrom(
    'GET /api/docs HTTP/1.1\r\n',
    'POST /api/auth/login HTTP/1.1\r\n',
    'POST /hasura/actions/login HTTP/1.1\r\n',
    'GET /%00?%ff HTTP/1.1\r\n',
    'GET /api/../../metrics HTTP/1.1\r\n',
    'GET http:// HTTP/1.1\r\n',
    'GET //[ HTTP/1.1\r\n',
    'OPTIONS * HTTP/1.1\r\n',
    'CONNECT db:5432 HTTP/1.1\r\n',
    'PRI * HTTP/2.0\r\n',
    'GET /healthz HTTP/1.0\r\n',
    '\x16\x03\x01',
  );
  const lines = fc.oneof(
    fc.constantFrom(
      'Host: x\r\n',
      'Host: [\r\n',
      'Content-Type: application/json\r\n',
      'Content-Type: multipart/form-data; boundary=x\r\n',
      'Content-Length: 5\r\n',
      'Content-Length: -1\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Content-Encoding: gzip\r\n',
      'Connection: Upgrade\r\nUpgrade: websocket\r\n',
      'Expect: 100-continue\r\n',
      'X-Forwarded-For: ::::,\xff\r\n',
      'Cookie: tierline_portal=\xff\xfe; a\r\n',
      `X-Action-Secret: ${TEST_SECRET}\r\n`,
    ),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `X: ${text}\r\n`),
  );
  const rest = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
    fc
      .constantFrom('5\r\n{"a":\r\n0\r\n\r\n', 'ffffffffffffffff\r\n', '{"a":', '--x\r\n\r\n')
      .map((text) => Buffer.from(text)),
  );
  const streams = fc.tuple(
    heads,
    fc.array(lines, { maxLength: 5 }),
    fc.array(rest, { maxLength: 3 }),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(streams, async ([first, headers, parts, resets]) => {
      const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
      const closed = new Promise((resolve) => socket.once('close', resolve));
      let answer = '';
      socket.on('error', () => undefined).on('data', (data) => (answer += data.toString('latin1')));
      socket.write(Buffer.from(`${first}${headers.join('')}\r\n`, 'latin1'));
      for (const part of parts) socket.write(part);
      if (resets) setImmediate(() => socket.resetAndDestroy());
      else socket.end();
      await closed;
      if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 (?!5)\d{3} /);
    }),
    runs(120),
  );
});

test('fuzz: and nothing of it was a mistake of ours', async () => {
  expect((await server.send('/healthz')).status).toBe(200);
  const mistakes = server
    .logs()
    .split('\n')
    .filter((line) => /"(INTERNAL_ERROR|DATABASE_ERROR)"|not told of an answer/.test(line));
  expect(mistakes).toEqual([]);
});

/** The fields of an action, as its REST twin has them where there is one. */
function inputOf(action: string): fc.Arbitrary<object> {
  const twin = ENDPOINTS.find(({ operationId }) => operationId === action);
  const names = [twin?.body, twin?.params].flatMap((shape) =>
    shape === undefined ? [] : Object.keys(shape.shape),
  );
  return objectWith(names.length > 0 ? names : ['requestId', 'userId', 'vendorId']);
}
