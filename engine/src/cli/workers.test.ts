import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/hasura-engine.js', import.meta.url));
const SECRET = 'the admin secret of the tests';
const WORKERS = 3;

/** `/proc` shows who is whose child. */
describe.runIf(process.platform === 'linux')('hasura-engine serve --workers', () => {
  let database: TestDatabase;
  let parent: ChildProcess;
  let url: string;
  let output: string;

  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false });
    await database.query('create table author (id int primary key)');
    output = '';
    parent = fork(BIN, ['serve', '--workers', String(WORKERS), '--database-url', database.url], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
        HASURA_GRAPHQL_SERVER_PORT: '0',
        HASURA_GRAPHQL_GRACEFUL_SHUTDOWN_TIMEOUT: '1',
      },
    });
    for (const stream of [parent.stdout, parent.stderr]) {
      stream?.on('data', (text) => {
        output += text;
      });
    }
    const [message] = (await Promise.race([
      once(parent, 'message'),
      once(parent, 'exit').then(() => {
        throw new Error(`it ended: ${output}`);
      }),
    ])) as [{ port: number }];
    url = `http://127.0.0.1:${message.port}`;
  });
  afterEach(() => {
    if (parent.exitCode === null) parent.kill('SIGKILL');
  });

  /** State and parent of a process as the system tells; an ended one that nobody has asked after yet is gone too. */
  async function lookUp(pid: number | string): Promise<{ owner: number } | null> {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, state, owner] = /^\d+ \(.*\) (\S) (\d+)/s.exec(stat) ?? [];
    return state === undefined || state === 'Z' ? null : { owner: Number(owner) };
  }
  async function workersOf(pid: number | undefined): Promise<number[]> {
    const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(names.map(async (name) => ({ name, process: await lookUp(name) })));
    return found.filter(({ process }) => process?.owner === pid).map(({ name }) => Number(name));
  }
  const stillAlive = async (pids: readonly number[]): Promise<number[]> => {
    const found = await Promise.all(pids.map(async (pid) => ((await lookUp(pid)) ? [pid] : [])));
    return found.flat();
  };
  /** Each request on a connection of its own, so that the workers take turns. */
  const send = async (path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      headers: { 'x-hasura-admin-secret': SECRET, connection: 'close' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const ask = async (query: string): Promise<unknown> => (await send('/v1/graphql', { query })).json();
  const askAll = (query: string): Promise<unknown[]> =>
    Promise.all(Array.from({ length: 4 * WORKERS }, () => ask(query)));

  it('takes a metadata change to every worker', async () => {
    expect(await workersOf(parent.pid)).toHaveLength(WORKERS);
    const answer = await send('/v1/metadata', { type: 'pg_track_table', args: { table: 'author' } });
    expect(await answer.json()).toEqual({ message: 'success' });
    await expect
      .poll(async () => new Set((await askAll('{ author { id } }')).map((part) => JSON.stringify(part))))
      .toEqual(new Set(['{"data":{"author":[]}}']));
  });

  it('tells every subscriber of a change, whichever worker serves whom', async () => {
    await send('/v1/metadata', { type: 'pg_track_table', args: { table: 'author' } });
    await expect.poll(async () => JSON.stringify(await askAll('{ author { id } }'))).not.toContain('errors');
    const clients = Array.from({ length: 2 * WORKERS }, () =>
      createClient({
        url: `${url.replace('http', 'ws')}/v1/graphql`,
        connectionParams: { headers: { 'x-hasura-admin-secret': SECRET } },
      }),
    );
    const told = clients.map((client) => {
      const seen: unknown[] = [];
      client.subscribe(
        { query: 'subscription { author { id } }' },
        {
          next: ({ data }) => seen.push(data),
          error: (error) => seen.push(error),
          complete: () => undefined,
        },
      );
      return seen;
    });
    const latest = (): unknown[] => told.map((seen) => seen.at(-1));
    await expect.poll(latest).toEqual(told.map(() => ({ author: [] })));
    await database.query('insert into author values (1)');
    await expect.poll(latest).toEqual(told.map(() => ({ author: [{ id: 1 }] })));
    for (const client of clients) await client.dispose();
  });

  it('adds up the figures of all workers, whichever is asked', async () => {
    const answers = await askAll('{ __typename }');
    expect(answers).toHaveLength(4 * WORKERS);
    for (let round = 0; round < WORKERS; round += 1) {
      const page = await (await send('/metrics')).text();
      expect(page).toContain(`hasura_graphql_requests_total{response_status="success"} ${4 * WORKERS}`);
    }
  });

  it('replaces a worker that dies, at once after its start too, and goes on answering', async () => {
    const before = await workersOf(parent.pid);
    const [victim] = before as [number];
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => workersOf(parent.pid)).toHaveLength(WORKERS);
    await expect.poll(() => workersOf(parent.pid)).not.toContain(victim);
    expect(await askAll('{ __typename }')).toEqual(
      Array.from({ length: 4 * WORKERS }, () => ({ data: { __typename: 'query_root' } })),
    );
    expect(output).toContain('a worker ended (SIGKILL) and is replaced');
  });

  it('ends with all its workers on a signal', async () => {
    const workers = await workersOf(parent.pid);
    const exit = once(parent, 'exit');
    parent.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(await stillAlive(workers)).toEqual([]);
  });

  it('leaves no worker behind when it is killed', async () => {
    const workers = await workersOf(parent.pid);
    parent.kill('SIGKILL');
    await expect.poll(() => stillAlive(workers)).toEqual([]);
  });
});
