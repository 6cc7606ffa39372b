import { type Client, createClient } from 'graphql-ws';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { EngineError } from '../errors.ts';
import { startFakeServer, TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';

const HMAC = 'an hmac key of more than thirty-two bytes';
const ADMIN = { headers: { 'x-hasura-admin-secret': TEST_ADMIN_SECRET } };
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(environment: Record<string, string> = {}) {
  const started = await startFakeServer(environment);
  cleanups.push(() => started.http.close(200));
  return { ...started, ws: started.url.replace('http', 'ws') };
}

function client(url: string, connectionParams: Record<string, unknown> = ADMIN): Client {
  const made = createClient({
    url: `${url}/v1/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  cleanups.push(() => made.dispose());
  return made;
}

/** A socket by hand, for what a well-behaved client never does. */
async function open(url: string, protocol: string[] = [], headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, protocol, { headers });
  cleanups.push(() => socket.terminate());
  const messages: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data) => {
    messages.push(JSON.parse(data.toString()));
    waiting.shift()?.();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    socket,
    closed,
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next(): Promise<Record<string, unknown>> {
      if (messages.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      return messages.shift() as Record<string, unknown>;
    },
  };
}

const TRANSPORT = ['graphql-transport-ws'];
const INIT = { type: 'connection_init', payload: ADMIN };

describe('graphql-transport-ws', () => {
  it('answers queries and streams subscriptions to the graphql-ws client', async () => {
    const { ws, engine } = await start();
    const graphql = client(ws);
    const query = graphql.iterate({ query: '{ a }', variables: { x: 1 } });
    expect((await query.next()).value).toMatchObject({ data: { role: 'admin', variables: { x: 1 } } });
    expect((await query.next()).done).toBe(true);

    const subscription = graphql.iterate({ query: 'subscription { n }' });
    expect((await subscription.next()).value).toEqual({ data: { n: 0 } });
    engine.sinks[0]?.next('{"data":{"n":1}}');
    expect((await subscription.next()).value).toEqual({ data: { n: 1 } });
    engine.sinks[0]?.error(new EngineError('unexpected', 'the database is away'));
    expect((await subscription.next()).value).toEqual({
      data: null,
      errors: [{ message: 'the database is away', extensions: { path: '$', code: 'unexpected' } }],
    });
    engine.sinks[0]?.next('{"data":{"n":2}}');
    expect((await subscription.next()).value).toEqual({ data: { n: 2 } });
    await subscription.return?.();
    await expect.poll(() => engine.stopped).toBe(1);
  });

  it('refuses what is more than anybody runs at once, and goes on', async () => {
    const { ws } = await start({ HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE: '3600' });
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say(INIT);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    for (let id = 0; id < 1000; id += 1) {
      socket.say({ type: 'subscribe', id: String(id), payload: { query: 'subscription { n }' } });
      expect(await socket.next()).toMatchObject({ type: 'next', id: String(id) });
    }
    socket.say({ type: 'subscribe', id: 'one more', payload: { query: 'subscription { n }' } });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: 'one more',
      payload: [
        { message: expect.stringContaining('no more than 1000 operations may run on one connection') },
      ],
    });
    socket.say({ type: 'complete', id: '7' });
    socket.say({ type: 'subscribe', id: 'one more', payload: { query: 'subscription { n }' } });
    expect(await socket.next()).toMatchObject({ type: 'next', id: 'one more' });
  });

  it('tells an operation’s errors by its id', async () => {
    const { ws } = await start();
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say(INIT);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.say({ type: 'subscribe', id: '1', payload: { query: '{ invalid }' } });
    expect(await socket.next()).toEqual({
      id: '1',
      type: 'error',
      payload: [
        {
          message: "field 'invalid' not found in type: 'query_root'",
          extensions: { path: '$.selectionSet.invalid', code: 'validation-failed' },
        },
      ],
    });
    socket.say({ type: 'subscribe', id: '1', payload: { query: '{ refuse }' } });
    expect(await socket.next()).toMatchObject({ id: '1', type: 'error' });
    socket.say({ type: 'subscribe', id: '2', payload: { query: 5 } });
    expect(await socket.next()).toMatchObject({
      id: '2',
      type: 'error',
      payload: [{ extensions: { code: 'parse-failed' } }],
    });
    socket.say({ type: 'ping', payload: { a: 1 } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { a: 1 } });
  });

  it('does not answer an operation that was completed by its client', async () => {
    const { ws, engine } = await start();
    const bothCame = Promise.withResolvers<void>();
    let came = 0;
    engine.onSlow = () => {
      came += 1;
      if (came === 2) bothCame.resolve();
      return bothCame.promise;
    };
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say(INIT);
    await socket.next();
    socket.say({ type: 'subscribe', id: '1', payload: { query: '{ slow }' } });
    socket.say({ type: 'complete', id: '1' });
    socket.say({ type: 'subscribe', id: '2', payload: { query: '{ slow }' } });
    expect(await socket.next()).toMatchObject({ id: '2', type: 'next' });
  });

  it.each<[string, unknown[], number, string | RegExp]>([
    [
      'a wrong secret',
      [{ type: 'connection_init', payload: { headers: { 'x-hasura-admin-secret': 'no' } } }],
      4403,
      /^invalid x-hasura/,
    ],
    [
      'a subscription before the init',
      [{ type: 'subscribe', id: '1', payload: { query: '{ a }' } }],
      4401,
      'Unauthorized',
    ],
    ['a second init', [INIT, INIT], 4429, /^Too many/],
    [
      'an id in use',
      [
        INIT,
        { type: 'subscribe', id: '1', payload: { query: 'subscription { n }' } },
        { type: 'subscribe', id: '1', payload: { query: '{ a }' } },
      ],
      4409,
      'Subscriber for 1 already exists',
    ],
    ['no JSON', ['{'], 4400, /not JSON/],
    ['an unknown type', [{ type: 'start', id: '1' }], 4400, /no type/],
    ['no id', [INIT, { type: 'subscribe', payload: {} }], 4400, /no id/],
    [
      'headers that are no texts',
      [{ type: 'connection_init', payload: { headers: { a: 1 } } }],
      4400,
      /not a text/,
    ],
  ])('closes the socket for %s', async (_, messages, code, reason) => {
    const { ws } = await start();
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    for (const message of messages) socket.say(message);
    const closed = await socket.closed;
    expect(closed.code).toBe(code);
    expect(closed.reason).toMatch(reason);
  });

  it('closes a socket that never initialises', async () => {
    const { ws } = await start({ HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT: '1' });
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    expect((await socket.closed).code).toBe(4408);
  });

  it('closes a socket with a message that is too large', async () => {
    const { ws } = await start({ HASURA_GRAPHQL_MAX_REQUEST_BYTES: '2000' });
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say('x'.repeat(5000));
    expect((await socket.closed).code).toBe(1009);
  });

  it('ends with the token', async () => {
    const { ws, engine } = await start({
      HASURA_GRAPHQL_JWT_SECRET: JSON.stringify({ type: 'HS256', key: HMAC }),
    });
    // The time is the test's: however long the machine takes, the token ends when it is told to.
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    cleanups.push(() => vi.useRealTimers());
    const token = await new SignJWT({
      'https://hasura.io/jwt/claims': {
        'x-hasura-allowed-roles': ['vendor'],
        'x-hasura-default-role': 'vendor',
      },
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(Date.now() / 1000) + 3600)
      .sign(new TextEncoder().encode(HMAC));
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say({ type: 'connection_init', payload: { headers: { Authorization: `Bearer ${token}` } } });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.say({ type: 'subscribe', id: '1', payload: { query: 'subscription { n }' } });
    expect(await socket.next()).toMatchObject({ type: 'next' });
    vi.advanceTimersByTime(3_590_000);
    expect(socket.socket.readyState).toBe(WebSocket.OPEN);
    vi.advanceTimersByTime(10_000);
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Could not verify JWT: JWTExpired' });
    await expect.poll(() => engine.stopped).toBe(1);
  });

  it('pings', async () => {
    const { ws } = await start({ HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE: '1' });
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say(INIT);
    await socket.next();
    expect(await socket.next()).toEqual({ type: 'ping', payload: { message: 'keepalive' } });
  });

  it('gives a slow client the newest state instead of all of them', async () => {
    const { ws, engine } = await start();
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say(INIT);
    await socket.next();
    socket.say({ type: 'subscribe', id: '1', payload: { query: 'subscription { n }' } });
    await socket.next();
    socket.socket.pause();
    const filler = 'x'.repeat(512 * 1024);
    for (let n = 1; n <= 200; n += 1) engine.sinks[0]?.next(`{"data":{"n":${n},"filler":"${filler}"}}`);
    socket.socket.resume();
    let received = 0;
    let last = 0;
    while (last < 200) {
      const { payload } = (await socket.next()) as { payload: { data: { n: number } } };
      expect(payload.data.n).toBeGreaterThan(last);
      last = payload.data.n;
      received += 1;
    }
    expect(received).toBeLessThan(100);
  });

  it('lets a stream know of a slow client, and keeps every batch that was sent', async () => {
    const { ws, engine } = await start();
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    socket.say(INIT);
    await socket.next();
    socket.say({ type: 'subscribe', id: '1', payload: { query: 'subscription { n }' } });
    await socket.next();
    const [sink] = engine.sinks;
    expect(sink?.isReady?.()).toBe(true);
    socket.socket.pause();
    const filler = 'x'.repeat(512 * 1024);
    let sent = 0;
    // What the system's own buffers take counts for nothing, so it takes a few before the socket is full.
    while (sink?.isReady?.() && sent < 100)
      sink.next(`{"data":{"n":${++sent},"filler":"${filler}"}}`, 'batch');
    expect(sent).toBeLessThan(100);
    sink?.next(`{"data":{"n":${++sent}}}`, 'batch');
    socket.socket.resume();
    for (let n = 1; n <= sent; n += 1)
      expect(await socket.next()).toMatchObject({ payload: { data: { n } } });
    await expect.poll(() => sink?.isReady?.()).toBe(true);
  });

  it('closes when the server does', async () => {
    const { ws, http } = await start();
    const socket = await open(`${ws}/v1/graphql`, TRANSPORT);
    await http.close();
    expect((await socket.closed).code).toBe(1012);
  });
});

describe('the older protocol', () => {
  it.each([[['graphql-ws']], [[]]])('is spoken with subprotocol %j', async (protocols) => {
    const { ws, engine } = await start();
    const socket = await open(`${ws}/v1/graphql`, protocols);
    expect(socket.socket.protocol).toBe(protocols[0] ?? '');
    // Its clients do not wait for the acknowledgement.
    socket.say(INIT);
    socket.say({ type: 'start', id: '1', payload: { query: '{ a }' } });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    // From this sign of life on clients wait for the next one.
    expect(await socket.next()).toEqual({ type: 'ka' });
    expect(await socket.next()).toMatchObject({
      type: 'data',
      id: '1',
      payload: { data: { role: 'admin' } },
    });
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
    socket.say({ type: 'start', id: '2', payload: { query: 'subscription { n }' } });
    expect(await socket.next()).toEqual({ type: 'data', id: '2', payload: { data: { n: 0 } } });
    socket.say({ type: 'stop', id: '2' });
    await expect.poll(() => engine.stopped).toBe(1);
    socket.say({ type: 'connection_terminate' });
    expect((await socket.closed).code).toBe(1000);
  });

  it('tells errors in its own way', async () => {
    const { ws } = await start();
    const socket = await open(`${ws}/v1/graphql`);
    socket.say({ type: 'start', id: '0', payload: { query: '{ a }' } });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: '0',
      payload: { extensions: { code: 'start-failed' } },
    });
    await socket.next();
    socket.say(INIT);
    await socket.next();
    await socket.next();
    socket.say({ type: 'start', id: '1', payload: { query: '{ invalid }' } });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: '1',
      payload: { errors: [{ extensions: { code: 'validation-failed' } }] },
    });
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
    socket.say({ type: 'start', id: '2', payload: { query: '{ refuse }' } });
    expect(await socket.next()).toMatchObject({
      type: 'data',
      id: '2',
      payload: { data: null, errors: [{}] },
    });
    expect(await socket.next()).toEqual({ type: 'complete', id: '2' });
    const refused = await open(`${ws}/v1/graphql`);
    refused.say({ type: 'connection_init' });
    expect(await refused.next()).toEqual({
      type: 'connection_error',
      payload: 'x-hasura-admin-secret/x-hasura-access-key required, but not found',
    });
    expect((await refused.closed).code).toBe(4400);
  });

  it('answers messages that are none of its own, and goes on', async () => {
    const { ws } = await start();
    const socket = await open(`${ws}/v1/graphql`);
    for (const message of ['{', { type: 'test' }, { type: 'stop' }]) {
      socket.say(message);
      expect(await socket.next()).toMatchObject({ type: 'connection_error' });
    }
    socket.say(INIT);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
  });

  it('tells bare errors on the alpha path', async () => {
    const { ws } = await start();
    const socket = await open(`${ws}/v1alpha1/graphql`);
    socket.say(INIT);
    await socket.next();
    await socket.next();
    socket.say({ type: 'start', id: '1', payload: { query: '{ invalid }' } });
    expect(await socket.next()).toEqual({
      type: 'error',
      id: '1',
      payload: {
        path: '$.selectionSet.invalid',
        error: "field 'invalid' not found in type: 'query_root'",
        code: 'validation-failed',
      },
    });
  });
});

describe('the origin of a socket', () => {
  it('must be a listed one, or the engine’s own', async () => {
    const { ws, url } = await start({ HASURA_GRAPHQL_CORS_DOMAIN: 'https://app.example.com' });
    await expect(open(`${ws}/v1/graphql`, TRANSPORT, { origin: 'https://evil.com' })).rejects.toThrow('400');
    await open(`${ws}/v1/graphql`, TRANSPORT, { origin: 'https://app.example.com' });
    await open(`${ws}/v1/graphql`, TRANSPORT, { origin: url });
    await expect(open(`${ws}/other`, TRANSPORT)).rejects.toThrow('404');
  });
});
