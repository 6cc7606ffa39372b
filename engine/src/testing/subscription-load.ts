import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { WebSocket } from 'ws';
import type { Metadata } from '../metadata/types.ts';
import { TEST_ADMIN_SECRET } from './fake-engine.ts';
import type { LoadServerMessage, LoadServerOptions } from './load-server.ts';

/** Many subscribers of one engine: how many, how alike, and how much happens while they watch. */
export interface SubscriptionLoadOptions {
  /** An empty database. */
  readonly databaseUrl: string;
  readonly subscribers: number;
  readonly sockets: number;
  /** Different queries; each is watched by `subscribers / shapes` subscribers. */
  readonly shapes: number;
  /** Different variables of each query. */
  readonly rooms: number;
  /** Commits, each changing one room. */
  readonly commits: number;
  /**
   * So many commits a second, come what may; a subscriber may then skip states that newer ones overtake. Without it
   * a commit waits until everybody has heard of the one before.
   */
  readonly commitsPerSecond?: number;
  readonly refetchIntervalMs: number;
  readonly batchSize: number;
  /** How long the engine is watched while nothing changes, for `statementsPerSecond`. */
  readonly quietMs: number;
}

/** What became of it. Times in milliseconds, memory in bytes of the engine's process. */
export interface SubscriptionLoadReport {
  readonly subscribers: number;
  readonly sockets: number;
  readonly shapes: number;
  /** Until the last subscriber had its first result. */
  readonly subscribeMs: number;
  readonly statementsPerSecond: number;
  /** From a commit being sent to a subscriber's hearing of it or of a newer one. */
  readonly commitToPushMs: { readonly median: number; readonly p99: number; readonly max: number };
  readonly residentBytesPerSubscriber: number;
  readonly heapBytesPerSubscriber: number;
  /** Results that should have come, and those that came; at a rate no number of them is right or wrong. */
  readonly expectedResults: number;
  readonly results: number;
  /** Subscribers that the engine still knew after the last socket had closed. */
  readonly left: number;
}

const metadata = {
  version: 3,
  sources: [
    {
      name: 'default',
      kind: 'postgres',
      configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
      tables: [
        {
          table: { schema: 'public', name: 'room' },
          select_permissions: [
            {
              role: 'guest',
              permission: {
                columns: ['id', 'version', 'note'],
                filter: { house: { _eq: 'X-Hasura-House' } },
              },
            },
          ],
        },
      ],
    },
  ],
} as unknown as Metadata;

/** Runs the load against an engine in a process of its own. */
export async function runSubscriptionLoad(options: SubscriptionLoadOptions): Promise<SubscriptionLoadReport> {
  const database = new pg.Client({ connectionString: options.databaseUrl });
  await database.connect();
  await database.query('create table room (id int primary key, house int, version int, note text)');
  await database.query(
    `insert into room select n, 1, 0, 'room ' || n from generate_series(1, ${options.rooms}) n`,
  );
  const server = await startLoadServer({ ...options, metadata });
  try {
    // What every engine needs whoever watches: code compiled, a connection opened.
    await watch({ ...options, subscribers: 1, sockets: 1 }, server, database, 0);
    const before = await server.state();
    return await watch(options, server, database, options.commits, before);
  } finally {
    server.stop();
    await database.end();
  }
}

interface LoadServer {
  readonly url: string;
  state(): Promise<Extract<LoadServerMessage, { type: 'state' }>>;
  stop(): void;
}

async function startLoadServer(options: LoadServerOptions): Promise<LoadServer> {
  const { databaseUrl, refetchIntervalMs, batchSize } = options;
  const given = JSON.stringify({ databaseUrl, metadata: options.metadata, refetchIntervalMs, batchSize });
  const child: ChildProcess = fork(fileURLToPath(new URL('./load-server.ts', import.meta.url)), [given], {
    execArgv: ['--expose-gc'],
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error('the load server ended')));
  });
  // Once it is stopped nobody waits for it any more.
  ended.catch(() => undefined);
  const answer = async (): Promise<LoadServerMessage> => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message as LoadServerMessage;
  };
  const ready = await answer();
  if (ready.type !== 'ready') throw new Error('the load server did not start');
  return {
    url: `ws://127.0.0.1:${ready.port}/v1/graphql`,
    async state() {
      child.send('state');
      const message = await answer();
      if (message.type !== 'state') throw new Error('the load server did not say how it is');
      return message;
    },
    stop: () => child.disconnect(),
  };
}

type ServerState = Awaited<ReturnType<LoadServer['state']>>;

async function watch(
  options: SubscriptionLoadOptions,
  server: LoadServer,
  database: pg.Client,
  commits: number,
  before?: ServerState,
): Promise<SubscriptionLoadReport> {
  const started = performance.now();
  const audience = await Audience.open(options, server.url);
  await audience.allHave(options.subscribers);
  const subscribeMs = performance.now() - started;
  const quietFrom = await server.state();
  if (before && options.quietMs > 0) await sleep(options.quietMs);
  const quietTo = await server.state();
  const expected =
    options.commitsPerSecond === undefined
      ? await commitInTurn(options, audience, database, commits)
      : await commitAtRate(options, audience, database, commits, options.commitsPerSecond);
  const results = audience.results;
  await audience.close();
  let after = await server.state();
  while (after.subscribers > 0) after = await server.state();
  const perSubscriber = (bytes: number, base = 0): number => Math.round((bytes - base) / options.subscribers);
  return {
    subscribers: options.subscribers,
    sockets: options.sockets,
    shapes: options.shapes,
    subscribeMs: Math.round(subscribeMs),
    statementsPerSecond: Math.round(
      ((quietTo.statements - quietFrom.statements) * 1000) / Math.max(options.quietMs, 1),
    ),
    commitToPushMs: summarise(audience.delays),
    residentBytesPerSubscriber: perSubscriber(quietTo.residentBytes, before?.residentBytes),
    heapBytesPerSubscriber: perSubscriber(quietTo.heapBytes, before?.heapBytes),
    expectedResults: expected,
    results,
    left: after.subscribers,
  };
}

/** Answers how many results everybody together should have had. */
async function commitInTurn(
  options: SubscriptionLoadOptions,
  audience: Audience,
  database: pg.Client,
  commits: number,
): Promise<number> {
  let expected = options.subscribers;
  for (let commit = 0; commit < commits; commit += 1) {
    const room = (commit % options.rooms) + 1;
    audience.committing(room);
    await database.query('update room set version = version + 1 where id = $1', [room]);
    expected += audience.watching(room);
    await audience.allHave(expected);
  }
  return expected;
}

async function commitAtRate(
  options: SubscriptionLoadOptions,
  audience: Audience,
  database: pg.Client,
  commits: number,
  perSecond: number,
): Promise<number> {
  const started = performance.now();
  for (let commit = 0; commit < commits; commit += 1) {
    const due = started + (commit * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    const room = (commit % options.rooms) + 1;
    audience.committing(room);
    await database.query('update room set version = version + 1 where id = $1', [room]);
  }
  await audience.allAreUpToDate();
  return audience.results;
}

function summarise(delays: readonly number[]): SubscriptionLoadReport['commitToPushMs'] {
  const sorted = [...delays].sort((left, right) => left - right);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}

/** All the clients: who watches which room, and what has come. */
class Audience {
  readonly delays: number[] = [];
  results = 0;
  readonly #sockets: WebSocket[] = [];
  readonly #watching = new Map<number, number>();
  /** When each version of a room was committed, by room and version; version 0 was there from the start. */
  readonly #committedAt = new Map<number, number[]>();
  /** Which room each subscription watches, and the version it has. */
  readonly #rooms: number[] = [];
  readonly #seen: number[] = [];
  #wanted = Number.POSITIVE_INFINITY;
  #onAll: () => void = () => undefined;

  static async open(options: SubscriptionLoadOptions, url: string): Promise<Audience> {
    const audience = new Audience();
    const sockets = await Promise.all(Array.from({ length: options.sockets }, () => audience.#connect(url)));
    for (let index = 0; index < options.subscribers; index += 1) {
      const shape = index % options.shapes;
      const room = (Math.floor(index / options.shapes) % options.rooms) + 1;
      audience.#watching.set(room, audience.watching(room) + 1);
      audience.#rooms.push(room);
      audience.#seen.push(-1);
      const query = `subscription ($room: Int!) { room(where: {id: {_eq: $room}}) { shape_${shape}: version note } }`;
      sockets[index % sockets.length]?.send(
        JSON.stringify({ type: 'subscribe', id: String(index), payload: { query, variables: { room } } }),
      );
    }
    return audience;
  }

  watching(room: number): number {
    return this.#watching.get(room) ?? 0;
  }

  /** A new version of a room is about to be committed. */
  committing(room: number): void {
    const times = this.#committedAt.get(room) ?? [];
    times.push(performance.now());
    this.#committedAt.set(room, times);
  }

  /** Resolves when everybody has the newest version of the room they watch. */
  async allAreUpToDate(): Promise<void> {
    const isBehind = (_: number, index: number): boolean =>
      (this.#seen[index] ?? -1) < (this.#committedAt.get(this.#rooms[index] ?? 0)?.length ?? 0);
    while (this.#rooms.some(isBehind)) await this.allHave(this.results + 1);
  }

  /** Resolves when so many results have come in all. */
  async allHave(results: number): Promise<void> {
    if (this.results >= results) return;
    this.#wanted = results;
    await new Promise<void>((resolve) => {
      this.#onAll = resolve;
    });
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#sockets.map((socket) => {
        const closed = once(socket, 'close');
        socket.close();
        return closed;
      }),
    );
  }

  async #connect(url: string): Promise<WebSocket> {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    this.#sockets.push(socket);
    await once(socket, 'open');
    const headers = {
      'x-hasura-admin-secret': TEST_ADMIN_SECRET,
      'x-hasura-role': 'guest',
      'x-hasura-house': '1',
    };
    socket.send(JSON.stringify({ type: 'connection_init', payload: { headers } }));
    await once(socket, 'message');
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    return socket;
  }

  #receive(text: string): void {
    const { type, id, payload } = JSON.parse(text) as {
      type: string;
      id: string;
      payload: { data?: { room: Record<string, number>[] } };
    };
    if (type === 'ping') return;
    const row = payload.data?.room[0];
    if (type !== 'next' || !row) throw new Error(`unexpected message ${text}`);
    const index = Number(id);
    const version = Object.entries(row).find(([key]) => key.startsWith('shape_'))?.[1] ?? 0;
    this.#noteDelays(index, version);
    this.#seen[index] = version;
    this.results += 1;
    if (this.results >= this.#wanted) this.#onAll();
  }

  /** Every commit since the subscriber's last state has arrived with this one. */
  #noteDelays(index: number, version: number): void {
    const seen = this.#seen[index] ?? -1;
    if (seen < 0) return;
    const times = this.#committedAt.get(this.#rooms[index] ?? 0) ?? [];
    for (const at of times.slice(seen, version)) this.delays.push(performance.now() - at);
  }
}
