import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startFakeServer, TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

type Message = { type: string; id?: string; payload?: { message: string; extensions: { code: string } }[] };

/** A socket that notes what comes, but for signs of life. */
async function open(url: string, headers: Record<string, string> = {}, init: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/graphql`, 'graphql-transport-ws', {
    headers,
  });
  const messages: Message[] = [];
  let closed: { code: number; reason: string } | undefined;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.type !== 'ping') messages.push(message);
  });
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) };
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { headers: init } }));
  return {
    socket,
    messages,
    closed: () => closed,
    subscribe: (id: string, query: string, variables?: object) =>
      socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query, variables } })),
    answerTo: (id: string) => messages.find((message) => message.id === id),
  };
}

describe('many subscriptions of strangers', () => {
  let house: HouseServer;
  beforeAll(async () => {
    house = await startHouseServer(
      {},
      {
        HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'reader',
        TRUST_PROXY: '127.0.0.1',
        HASURA_ENGINE_BOUNDS: JSON.stringify({
          default: { socketsPerAddress: 30 },
          roles: { reader: { socketsPerAddress: 3, subscriptionsPerSocket: 40, statementsPerClient: 20 } },
        }),
      },
    );
  });
  afterAll(() => house.close());

  it('are bounded by their statements, and leave room for those who ask the same', async () => {
    const { socket, messages, subscribe, answerTo } = await open(house.url, {
      'x-forwarded-for': '10.0.0.1',
    });
    for (let id = 0; id < 30; id += 1) subscribe(`s${id}`, `subscription { author { a${id}: id } }`);
    await expect.poll(() => messages.length).toBe(31);
    const refused = messages.filter(({ type }) => type === 'error');
    expect(refused).toHaveLength(10);
    expect(refused[0]?.payload?.[0]).toMatchObject({
      message: expect.stringContaining('20 different statements'),
      extensions: { code: 'statement-limit-exceeded' },
    });
    expect(house.engine.stats().liveQueries.pollers).toBe(20);
    // One that is asked already costs nothing more, whoever joins it.
    subscribe('same', 'subscription { author { a0: id } }');
    await expect.poll(() => answerTo('same')?.type).toBe('next');
    for (let id = 0; id < 30; id += 1) subscribe(`more${id}`, 'subscription { author { a0: id } }');
    await expect
      .poll(() => answerTo('more29'))
      .toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'subscription-limit-exceeded' } }],
      });
    // What has ended counts no more.
    socket.send(JSON.stringify({ type: 'complete', id: 's7' }));
    subscribe('next', 'subscription { author { next: id } }');
    await expect.poll(() => answerTo('next')?.type).toBe('next');
    socket.terminate();
    await expect.poll(() => house.engine.stats().liveQueries.pollers).toBe(0);
  });

  it('are bounded by address also where they come over several sockets under other names', async () => {
    const names = [{ 'x-hasura-user-id': '1' }, { 'x-hasura-user-id': '2' }];
    const sockets = await Promise.all(
      names.map((name) => open(house.url, { 'x-forwarded-for': '10.0.0.2' }, name)),
    );
    for (const [index, { subscribe }] of sockets.entries()) {
      for (let id = 0; id < 15; id += 1)
        subscribe(String(id), `subscription { author { n${index}_${id}: id } }`);
    }
    await expect.poll(() => sockets.flatMap(({ messages }) => messages).length).toBe(32);
    expect(house.engine.stats().liveQueries.pollers).toBe(20);
    const elsewhere = await open(house.url, { 'x-forwarded-for': '10.0.0.3' });
    elsewhere.subscribe('1', 'subscription { author { elsewhere: id } }');
    await expect.poll(() => elsewhere.answerTo('1')?.type).toBe('next');
    for (const { socket } of [...sockets, elsewhere]) socket.terminate();
  });

  it('come over no more sockets than an address may have, and leave those of others alone', async () => {
    const from = { 'x-forwarded-for': '2001:db8:1:2:3:4:5:6' };
    const sockets = [await open(house.url, from), await open(house.url, from), await open(house.url, from)];
    await expect
      .poll(() => sockets.map(({ messages }) => messages[0]?.type))
      .toEqual(Array(3).fill('connection_ack'));
    const oneMore = await open(house.url, { 'x-forwarded-for': '2001:db8:1:2:ffff::1' });
    await expect.poll(oneMore.closed).toMatchObject({
      code: 1013,
      reason: expect.stringContaining('no more than 3 sockets of this role at one address'),
    });
    const elsewhere = await open(house.url, { 'x-forwarded-for': '2001:db8:1:3::1' });
    await expect.poll(() => elsewhere.messages[0]?.type).toBe('connection_ack');
    const signedIn = await open(house.url, from, { 'x-hasura-admin-secret': TEST_ADMIN_SECRET });
    await expect.poll(() => signedIn.messages[0]?.type).toBe('connection_ack');
    sockets[0]?.socket.terminate();
    await expect
      .poll(async () => {
        const again = await open(house.url, from);
        sockets.push(again);
        await expect.poll(() => again.messages[0] ?? again.closed()).toBeDefined();
        return again.messages[0]?.type;
      })
      .toBe('connection_ack');
    for (const { socket } of [...sockets, elsewhere, signedIn]) socket.terminate();
  });

  it('keep nobody else from opening sockets by opening some and saying nothing', async () => {
    const url = `${house.url.replace('http', 'ws')}/v1/graphql`;
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const silent = Array.from({ length: 30 }, () => new WebSocket(url, from('10.0.0.9')));
    await Promise.all(silent.map((socket) => once(socket, 'open')));
    const [error] = await once(new WebSocket(url, from('10.0.0.9')), 'error');
    expect(String(error)).toContain('429');
    const other = new WebSocket(url, from('10.0.0.10'));
    await once(other, 'open');
    for (const socket of [...silent, other]) socket.terminate();
  });
});

it('does not listen to a client that takes nothing, until it does', async () => {
  const { url, engine, http } = await startFakeServer({ HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE: '3600' });
  const { socket, messages } = await open(url, {}, { 'x-hasura-admin-secret': TEST_ADMIN_SECRET });
  await expect.poll(() => messages.length).toBe(1);
  let executed = 0;
  engine.onSlow = async () => {
    executed += 1;
  };
  socket.pause();
  const asked = 300;
  const variables = { text: 'x'.repeat(200_000) };
  for (let id = 0; id < asked; id += 1) {
    const payload = { query: '{ slow }', variables };
    socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload }));
  }
  // What nobody takes would fill our memory; it waits on the client's side instead.
  let before = -1;
  while (executed === 0 || executed > before) {
    before = executed;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(executed).toBeLessThan(asked / 2);
  socket.resume();
  await expect.poll(() => messages.filter(({ type }) => type === 'complete').length).toBe(asked);
  socket.terminate();
  await http.close(100);
});
