import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, type ExecutionResult, validate } from 'graphql';
import { useServer as serveGraphQL } from 'graphql-ws/use/ws';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Session, SessionEndedError } from '../session/session.ts';
import type { SessionState } from '../session/types.ts';
import { type EventFeed, type FeedUpdate, openEventFeed } from './event-feed.ts';

const schema = buildSchema(`
  enum order_by { desc }
  input by_id { id: order_by }
  type person { email: String }
  type named { name: String }
  type line { id: Int! kind: String! request_id: String actor_id: String actor: person vendor: named }
  type Query { ok: Boolean }
  type Subscription { tier_upgrade_request_events(order_by: by_id, limit: Int): [line!]! }
`);

/** A server that takes some tokens, tells which ones it saw, and sends what it is told to. */
function startServer() {
  const seen: string[] = [];
  const refused = new Set<string>();
  const pushes = new Set<(ids: readonly number[]) => void>();
  const http: Server = createServer();
  const sockets = new WebSocketServer({ server: http });
  let latest: readonly number[] = [1];
  const answer = (ids: readonly number[]): ExecutionResult => ({
    data: { tier_upgrade_request_events: ids.map((id) => ({ id, kind: 'submitted' })) },
  });
  serveGraphQL(
    {
      schema,
      // Of the same copy of graphql as the schema.
      validate,
      onConnect: ({ connectionParams }) => {
        const { headers } = connectionParams as { headers: { Authorization: string } };
        seen.push(headers.Authorization);
        return !refused.has(headers.Authorization);
      },
      subscribe: () => {
        const waiting: ExecutionResult[] = [answer(latest)];
        let wake = () => {};
        const push = (ids: readonly number[]) => {
          waiting.push(answer(ids));
          wake();
        };
        pushes.add(push);
        return (async function* () {
          try {
            while (true) {
              const next = waiting.shift();
              if (next) yield next;
              else {
                await new Promise<void>((resolve) => {
                  wake = resolve;
                });
              }
            }
          } finally {
            pushes.delete(push);
          }
        })();
      },
    },
    sockets,
  );
  return {
    seen,
    refused,
    listen: () => new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve)),
    url: () => `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    push: (...ids: number[]) => {
      latest = ids;
      for (const push of pushes) push(ids);
    },
    drop: (code: number) => {
      for (const socket of sockets.clients) socket.close(code, 'dropped');
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A session whose token a test can renew. */
function createFakeSession() {
  const listeners = new Set<() => void>();
  const fake = {
    token: 'one',
    state: { status: 'signed-in', user: { id: 'u', email: 'e' } } as SessionState,
  };
  const announce = () => {
    for (const listener of listeners) listener();
  };
  const session = {
    getState: () => fake.state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getAccessToken: async () => {
      if (fake.state.status !== 'signed-in') throw new SessionEndedError();
      return fake.token;
    },
    replaceAccessToken: vi.fn(async () => {
      fake.token = 'two';
      announce();
      return fake.token;
    }),
  } as unknown as Session;
  const renew = (token: string) => {
    fake.token = token;
    announce();
  };
  return { fake, session, renew };
}

/** Waits for something to become true, patiently: the machine may be busy. */
const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000 });

let server: ReturnType<typeof startServer>;
let feed: EventFeed | undefined;

beforeEach(async () => {
  // jsdom's own fires events that Node does not take for events.
  vi.stubGlobal('WebSocket', WebSocket);
  server = startServer();
  await server.listen();
});

afterEach(async () => {
  feed?.close();
  await server.close();
  vi.unstubAllGlobals();
});

function open(session: Session) {
  const updates: FeedUpdate[] = [];
  const live: boolean[] = [];
  const openedAt: number[] = [];
  feed = openEventFeed(
    session,
    {
      onOpen: (newest) => openedAt.push(newest),
      onUpdate: (update) => updates.push(update),
      onLive: (isLive) => live.push(isLive),
    },
    server.url(),
  );
  return { ids: () => updates.flatMap(({ events }) => events.map(({ id }) => id)), live, openedAt };
}

it('shows its token and tells of what is new', async () => {
  const { ids, live } = open(createFakeSession().session);
  await eventually(() => expect(live.at(-1)).toBe(true));
  server.push(2, 1);
  await eventually(() => expect(ids()).toEqual([2]));
  expect(server.seen).toEqual(['Bearer one']);
});

it('connects again with the new token when the session is renewed, and misses nothing', async () => {
  const { session, renew } = createFakeSession();
  const { ids, live, openedAt } = open(session);
  await eventually(() => expect(live.at(-1)).toBe(true));
  renew('two');
  server.push(2, 1);
  await eventually(() => expect(server.seen).toEqual(['Bearer one', 'Bearer two']));
  await eventually(() => expect(ids()).toEqual([2]));
  expect(openedAt, 'what was known when it opened, told once').toEqual([1]);
});

it('asks for a new token when the server turns the old one away', async () => {
  server.refused.add('Bearer one');
  const { session } = createFakeSession();
  const { live } = open(session);
  await eventually(() => expect(live.at(-1)).toBe(true));
  expect(session.replaceAccessToken).toHaveBeenCalledExactlyOnceWith('one');
});

it('does not hammer a server that takes no token at all', async () => {
  server.refused.add('Bearer one').add('Bearer two');
  const { session } = createFakeSession();
  open(session);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(session.replaceAccessToken).toHaveBeenCalledTimes(1);
  expect(server.seen.length).toBeLessThan(5);
});

it('comes back after the connection was lost', async () => {
  const { ids, live } = open(createFakeSession().session);
  await eventually(() => expect(live.at(-1)).toBe(true));
  server.drop(1011);
  await eventually(() => expect(live.at(-1)).toBe(false));
  server.push(3, 2, 1);
  await eventually(() => expect(ids()).toEqual([2, 3]));
});

it('rests while nobody is signed in, and starts again with the next person', async () => {
  const { fake, session, renew } = createFakeSession();
  const { live } = open(session);
  await eventually(() => expect(live.at(-1)).toBe(true));
  fake.state = { status: 'expired', user: { id: 'u', email: 'e' } };
  renew('one');
  server.drop(1000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(server.seen).toHaveLength(1);
  fake.state = { status: 'signed-in', user: { id: 'u', email: 'e' } };
  renew('two');
  await eventually(() => expect(server.seen).toEqual(['Bearer one', 'Bearer two']));
});
