import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TEST_ADMIN_SECRET } from './testing/fake-engine.ts';
import type { LoadServerMessage, LoadServerOptions } from './testing/load-server.ts';
import { openPublishingHouse, publishingHouseMetadata } from './testing/publishing-house.ts';

const isLong = Boolean(process.env.TIERLINE_LONG);
const seed = Number(process.env.TIERLINE_SEED);
const runs = (short: number) => ({ seed, numRuns: isLong ? short * 100 : short, endOnFailure: !isLong });
/** No honest answer takes as long, on a busy machine either. */
const DEADLINE_MS = 20_000;

let server: ChildProcess;
let port: number;
let url: string;

beforeAll(async () => {
  const { engine, database } = await openPublishingHouse();
  await engine.close();
  const options: LoadServerOptions = {
    databaseUrl: database.url,
    metadata: publishingHouseMetadata(),
    refetchIntervalMs: 100,
    batchSize: 10,
    environment: { HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'reader' },
  };
  server = fork(
    fileURLToPath(new URL('./testing/load-server.ts', import.meta.url)),
    [JSON.stringify(options)],
    {
      execArgv: ['--expose-gc'],
    },
  );
  const [ready] = (await once(server, 'message')) as [LoadServerMessage];
  if (ready.type !== 'ready') throw new Error('the server did not start');
  port = ready.port;
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => server.disconnect());

async function state(): Promise<Extract<LoadServerMessage, { type: 'state' }>> {
  server.send('state');
  const [message] = (await once(server, 'message')) as [LoadServerMessage];
  if (message.type !== 'state') throw new Error('the server did not say how it is');
  return message;
}

/** Sends a body and checks that the answer is one: JSON, in time, and no mistake of ours. */
async function ask(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<void> {
  const response = await fetch(`${url}/v1/graphql`, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  expect(response.status).toBeLessThan(500);
  for (const answer of [JSON.parse(text)].flat()) checkAnswer(answer as Answer);
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: object }[];
}

function checkAnswer(answer: Answer): void {
  expect('data' in answer || 'errors' in answer).toBe(true);
  for (const error of answer.errors ?? []) {
    expect(error).toMatchObject({ message: expect.any(String), extensions: expect.any(Object) });
    expect(error.message, JSON.stringify(error)).not.toBe('internal error');
  }
}

const admin = { 'x-hasura-admin-secret': TEST_ADMIN_SECRET };
const anyone = fc.constantFrom<Record<string, string>>(admin, {}, { ...admin, 'x-hasura-role': 'reader' });

const known = [
  'author',
  'article',
  'author_by_pk',
  'article_aggregate',
  'articles',
  'author_aggregate',
  'aggregate',
];
const fields = [
  'count',
  'nodes',
  'id',
  'name',
  'title',
  'manager',
  '__typename',
  '__schema',
  '__type',
  'insert_author',
];
const words = [
  'where',
  'order_by',
  'limit',
  'offset',
  'distinct_on',
  '_and',
  '_or',
  '_not',
  '_eq',
  '_in',
  '_like',
  '_exists',
];
const odd = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'x',
  '_',
  'query',
  'on',
  'true',
  'null',
];
const name = fc.constantFrom(...known, ...fields, ...words, ...odd);

/** Documents that look like some: each part may be wrong in its place. */
const { selection, value } = fc.letrec<{ selection: string; value: string; field: string; args: string }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.integer().map(String),
      fc.double().map(String),
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc.string().map((text) => `"""${text}"""`),
      name,
      name.map((variable) => `$${variable}`),
      fc.constantFrom('true', 'null', '9'.repeat(400), '-0', '1e999', '""', '[]', '{}'),
      fc.array(tie('value'), { maxLength: 4 }).map((values) => `[${values.join(', ')}]`),
      fc
        .array(fc.tuple(name, tie('value')), { maxLength: 4 })
        .map((entries) => `{${entries.map(([key, each]) => `${key}: ${each}`).join(', ')}}`),
    ),
    args: fc
      .array(fc.tuple(name, tie('value')), { maxLength: 3 })
      .map((entries) =>
        entries.length === 0 ? '' : `(${entries.map(([key, each]) => `${key}: ${each}`).join(', ')})`,
      ),
    field: fc
      .tuple(
        fc.option(name),
        name,
        tie('args'),
        fc.option(fc.tuple(fc.constantFrom('skip', 'include', 'cached', 'x'), tie('args'))),
        fc.option(tie('selection'), { depthSize: 'small' }),
      )
      .map(([alias, of, args, directive, below]) =>
        [
          alias === null ? '' : `${alias}: `,
          of,
          args,
          directive ? ` @${directive.join('')}` : '',
          below ?? '',
        ].join(''),
      ),
    selection: fc
      .array(
        fc.oneof(
          { arbitrary: tie('field'), weight: 5 },
          { arbitrary: name.map((fragment) => `...${fragment}`), weight: 1 },
          {
            arbitrary: fc.tuple(name, tie('selection')).map(([on, below]) => `... on ${on} ${below}`),
            weight: 1,
          },
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((selections) => `{ ${selections.join(' ')} }`),
  }),
);
const variables = fc.array(
  fc.tuple(name, fc.constantFrom('Int', '[Int!]!', 'author_bool_exp', 'String = "x"', 'Nothing')),
  { maxLength: 3 },
);
const operation = fc
  .tuple(fc.constantFrom('', 'query', 'mutation', 'subscription', 'query A'), variables, selection)
  .map(([kind, given, selections]) => {
    const list = given.map(([each, type]) => `$${each}: ${type}`).join(', ');
    return `${kind}${kind !== '' && list !== '' ? ` (${list})` : ''} ${selections}`;
  });
const fragment = fc.tuple(name, name, selection).map(([of, on, below]) => `fragment ${of} on ${on} ${below}`);
const document = fc
  .tuple(operation, fc.array(fragment, { maxLength: 3 }), fc.array(operation, { maxLength: 1 }))
  .map(([first, fragments, more]) => [first, ...fragments, ...more].join('\n'));
/** Right but for a value, so that values come as far as Postgres. */
const rightButForValue = fc
  .tuple(
    fc.constantFrom(
      '{ author(where: {name: {_eq: ?}}) { id } }',
      '{ author(where: {id: {_in: ?}}) { id articles(where: {title: {_like: ?}}) { title } } }',
      '{ article(limit: ?, offset: ?, order_by: {id: asc}) { title } }',
      '{ author(where: {_or: ?}) { a: name b: name } }',
      '{ author_by_pk(id: ?) { id } }',
      '{ article_aggregate(where: {id: {_gt: ?}}) { aggregate { count } nodes { id } } }',
      'subscription { author(where: {name: {_gt: ?}}) { id } }',
    ),
    fc.array(value, { minLength: 2, maxLength: 2 }),
  )
  .map(([query, values]) => values.reduce((text, each) => text.replace('?', () => each), query));
const tokens = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '$',
  '!',
  '@',
  '...',
  '=',
  '|',
  '&',
  '#',
  '\n',
  '"',
  '"""',
  '\\u{',
  ',',
  '\uFEFF',
];
const soup = fc
  .array(fc.oneof(fc.constantFrom(...tokens), name, fc.string({ unit: 'binary', maxLength: 5 })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(' '));

/** JSON texts, some of which no `JSON.stringify` would write. */
const json = fc.oneof(
  fc.json({ depthSize: 'medium', stringUnit: 'binary' }),
  fc.constantFrom(
    '[',
    '{',
    '"',
    '-',
    'tru',
    '{"a":1,}',
    '"\\ud800"',
    '"\\u0000"',
    '1e400',
    '-1e-400',
    '',
    ' ',
  ),
  fc
    .tuple(fc.constantFrom('[', '{"a":', '{"__proto__":'), fc.constantFrom(1, 63, 64, 65, 300, 9000))
    .map(([open, depth]) => `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`),
  fc.integer({ min: 1, max: 200_000 }).map((length) => JSON.stringify('\u{1F600}x'.repeat(length / 3))),
  fc.constantFrom(...odd).map((key) => `{"${key}":{"${key}":[null,{"${key}":1}]}}`),
);

describe('whatever is sent, the engine answers and lives', () => {
  it('documents', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { arbitrary: document, weight: 2 },
          { arbitrary: rightButForValue, weight: 2 },
          { arbitrary: soup, weight: 1 },
        ),
        json,
        anyone,
        async (query, given, headers) => {
          const isObject = given.startsWith('{"') && isJson(given);
          await ask(`{"query":${JSON.stringify(query)}${isObject ? `,"variables":${given}` : ''}}`, headers);
        },
      ),
      runs(150),
    );
  });

  it('shapes of JSON, and bytes that are none', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array));
    const known = fc
      .tuple(fc.constantFrom('query', 'variables', 'operationName'), json)
      .map(([key, of]) => `{"query":"{author{id}}","${key}":${of}}`);
    await fc.assert(fc.asyncProperty(fc.oneof(json, known, bytes), anyone, ask), runs(150));
  });

  it('messages over WebSockets, in both protocols', async () => {
    const types = [
      'connection_init',
      'subscribe',
      'start',
      'complete',
      'stop',
      'ping',
      'pong',
      'connection_terminate',
      '__proto__',
    ];
    const payload = fc.oneof(
      json,
      document.map((query) => JSON.stringify({ query })),
      soup.map((query) => JSON.stringify({ query })),
    );
    const message = fc.oneof(
      {
        arbitrary: fc
          .tuple(fc.constantFrom(...types), fc.constantFrom('1', '2', ''), payload)
          .map(([type, id, of]) => `{"type":"${type}","id":"${id}","payload":${of}}`),
        weight: 4,
      },
      { arbitrary: json, weight: 1 },
    );
    const asked = fc.tuple(
      fc.constantFrom('graphql-transport-ws', 'graphql-ws'),
      fc.boolean(),
      fc.array(message, { minLength: 1, maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(asked, async ([protocol, isInitialised, messages]) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/graphql`, protocol);
        await once(socket, 'open');
        const answers: string[] = [];
        const closed = once(socket, 'close');
        socket.on('message', (data) => answers.push(String(data)));
        if (isInitialised)
          socket.send(JSON.stringify({ type: 'connection_init', payload: { headers: admin } }));
        for (const each of messages) socket.send(each);
        // A question and its answer come after all others; or the socket was closed for one of them.
        const pong = once(socket, 'pong');
        socket.ping();
        await Promise.race([pong, closed]);
        socket.close();
        const [code] = await closed;
        expect(code).not.toBe(1011);
        for (const answer of answers) {
          const { type, payload: of } = JSON.parse(answer);
          expect(type).toEqual(expect.any(String));
          if (type === 'next' || type === 'data') checkAnswer(of);
        }
      }),
      runs(40),
    );
  });

  it('bytes on the wire: requests, upgrades and frames', async () => {
    const head = fc.constantFrom(
      'GET /v1/graphql HTTP/1.1\r\n',
      'POST /v1/graphql HTTP/1.1\r\n',
      'GET /%00?%ff HTTP/1.1\r\n',
      'PRI * HTTP/2.0\r\n',
      'OPTIONS * HTTP/1.1\r\n',
      'GET http:// HTTP/1.1\r\n',
      'DELETE /api/rest/%zz HTTP/1.1\r\n',
      '\x16\x03\x01',
    );
    const header = fc.oneof(
      fc.constantFrom(
        'Host: x\r\n',
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
        'Upgrade: h2c\r\nConnection: upgrade\r\n',
        'Content-Length: 5\r\n',
        'Content-Length: -1\r\n',
        'Transfer-Encoding: chunked\r\n',
        'Expect: 100-continue\r\n',
        'Expect: x\r\n',
        'X-Forwarded-For: ::::,1.2.3.4,unknown\r\n',
        'Origin: http://\xff\r\nAccess-Control-Request-Method: \xe9\r\n',
        'Accept-Encoding: gzip;q=x, *;q=\r\n',
        'Cookie: a\r\n',
        'Authorization: Bearer ..\r\n',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `X: ${text}\r\n`),
    );
    const rest = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
      fc
        .constantFrom(
          '5\r\nhello\r\n0\r\n\r\n',
          'ffffffffffffffff\r\n',
          '\x81\x80\x00\x00\x00\x00',
          '\x89\xfe\xff\xff',
          '\x88\x80\x00\x00\x00\x00',
          '\xc1\x80\x00\x00\x00\x00',
        )
        .map((text) => Buffer.from(text, 'latin1')),
    );
    const stream = fc.tuple(
      head,
      fc.array(header, { maxLength: 5 }),
      fc.array(rest, { maxLength: 3 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(stream, async ([first, headers, parts, resets]) => {
        const socket = connect({ port, host: '127.0.0.1' });
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

  it('and keeps nothing of it', async () => {
    expect(server.exitCode).toBeNull();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await expect.poll(async () => (await state()).subscribers).toBe(0);
    const { heapBytes } = await state();
    const body = JSON.stringify({ query: '{ author { id } }' });
    for (let round = 0; round < 100; round += 1) await ask(body, admin);
    expect((await state()).heapBytes - heapBytes).toBeLessThan(20_000_000);
    expect(heapBytes).toBeLessThan(isLong ? 600_000_000 : 250_000_000);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
