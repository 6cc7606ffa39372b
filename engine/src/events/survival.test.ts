import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort, type Postgres, startPostgres } from '@tierline/postgres';
import { createTestDatabase, startCuttableProxy } from '@tierline/postgres/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import { WebhookReceiver } from '../testing/webhook-receiver.ts';

const rounds = process.env.TIERLINE_LONG ? 40 : 2;
const seconds = 1000;
const leases = { leaseMs: 500, fetchIntervalMs: 100 };

/** A table with a trigger that does not give up, whose events go to the receiver. */
async function prepare(databaseUrl: string, receiver: WebhookReceiver): Promise<void> {
  const engine = await createEngine({ databaseUrl, events: leases });
  const send = (type: string, args: unknown) => engine.runMetadataRequest({ type, args }, adminSession);
  await send('run_sql', {
    sql: 'create table note (id int generated always as identity primary key, body text)',
  });
  await send('pg_track_table', { table: 'note' });
  await send('pg_create_event_trigger', {
    name: 'noted',
    table: 'note',
    insert: { columns: '*' },
    webhook: receiver.url,
    retry_conf: { num_retries: 1_000_000, interval_sec: 0, timeout_sec: 30 },
  });
  await engine.close();
}

const insertTen = 'insert into note (body) select n::text from generate_series(1, 10) n';

function noteOf(body: unknown): number {
  return (body as { event: { data: { new: { id: number } } } }).event.data.new.id;
}

describe('no event is lost and none is stuck', () => {
  let receiver: WebhookReceiver;
  const children: ChildProcess[] = [];
  const cleanUps: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    receiver = await WebhookReceiver.open();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
    await receiver.close();
  });

  async function startEngineProcess(databaseUrl: string): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('../testing/engine-process.ts', import.meta.url));
    const child = fork(script, { execArgv: [], env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl } });
    children.push(child);
    await once(child, 'message');
    return child;
  }

  /** Every row has one event, every event was answered, and no lock or retry is left. */
  async function expectAllDelivered(
    query: (sql: string) => Promise<{ rows: unknown[] }>,
    received: ReadonlySet<number>,
  ): Promise<void> {
    await expect
      .poll(
        async () => {
          const { rows } = await query(`
            select count(*) filter (where not delivered or locked is not null)::int as open
            from hdb_catalog.event_log`);
          return rows;
        },
        { timeout: 30 * seconds, interval: 50 },
      )
      .toEqual([{ open: 0 }]);
    const { rows } = await query(`
      select id, count(event)::int as events from note
      left join (select (payload -> 'data' -> 'new' ->> 'id')::int as event from hdb_catalog.event_log) log on event = id
      group by id order by id`);
    const notes = rows as { id: number; events: number }[];
    expect(notes.filter(({ events }) => events !== 1)).toEqual([]);
    expect(notes.filter(({ id }) => !received.has(id))).toEqual([]);
  }

  it(`when engines are killed between commit and delivery (${rounds} rounds)`, {
    timeout: rounds * 30 * seconds,
  }, async () => {
    const database = await createTestDatabase({ migrated: false });
    const answered = new Set<number>();
    await prepare(database.url, receiver);
    for (let round = 0; round < rounds; round += 1) {
      const before = receiver.calls.length;
      // Calls of the engine to be killed are never answered, so it dies with all of them under way.
      receiver.answer = () => ({ hangs: true });
      const engine = await startEngineProcess(database.url);
      await database.query(insertTen);
      await receiver.until((calls) => calls.length > before);
      await database.query(insertTen);
      engine.kill('SIGKILL');
      await once(engine, 'exit');
      await database.query(insertTen);
      receiver.answer = ({ body }) => {
        answered.add(noteOf(body));
        return {};
      };
      const next = await startEngineProcess(database.url);
      await expectAllDelivered((sql) => database.query(sql), answered);
      next.kill('SIGKILL');
      await once(next, 'exit');
    }
    const { rows } = await database.query('select count(*)::int from note');
    expect(rows).toEqual([{ count: rounds * 30 }]);
  });

  it(`when receivers are killed in the midst of a request (${rounds} rounds)`, {
    timeout: rounds * 30 * seconds,
  }, async () => {
    const database = await createTestDatabase({ migrated: false });
    const answered = new Set<number>();
    await prepare(database.url, receiver);
    const engine = await createEngine({ databaseUrl: database.url, events: leases });
    cleanUps.push(() => engine.close());
    for (let round = 0; round < rounds; round += 1) {
      receiver.answer = () => ({ hangs: true });
      const before = receiver.calls.length;
      await database.query(insertTen);
      await receiver.until((calls) => calls.length > before);
      const { port } = receiver;
      await receiver.close();
      await database.query(insertTen);
      receiver = await WebhookReceiver.open(port);
      receiver.answer = ({ body }) => {
        answered.add(noteOf(body));
        return {};
      };
      await expectAllDelivered((sql) => database.query(sql), answered);
    }
  });

  it(`when Postgres is killed and comes back (${rounds} rounds)`, {
    timeout: rounds * 60 * seconds,
  }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tierline-survival-'));
    await chmod(dataDir, 0o755);
    const options = { dataDir, port: await findFreePort(), password: 'survival', database: 'survival' };
    let server: Postgres = await startPostgres(options);
    cleanUps.push(
      () => rm(dataDir, { recursive: true, force: true }),
      () => server.stop(),
    );
    const pool = new pg.Pool({ connectionString: server.url, max: 4 });
    pool.on('error', () => undefined);
    cleanUps.push(() => pool.end());
    const answered = new Set<number>();
    await prepare(server.url, receiver);
    receiver.answer = ({ body }) => {
      answered.add(noteOf(body));
      return {};
    };
    const engine = await createEngine({ databaseUrl: server.url, events: leases });
    cleanUps.push(() => engine.close());
    for (let round = 0; round < rounds; round += 1) {
      const before = receiver.calls.length;
      // Whether the last of them was committed, the table knows better than who wrote it.
      const writing = (async () => {
        for (;;) await pool.query(insertTen);
      })().catch(() => undefined);
      await receiver.until((calls) => calls.length > before + 20);
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      await writing;
      await server.stop();
      server = await startPostgres(options);
      await pool.query(insertTen);
      await expectAllDelivered((sql) => pool.query(sql), answered);
      const answer = await engine.execute(
        { query: '{ note_aggregate { aggregate { count } } }' },
        adminSession,
        {
          headers: {},
          requestId: 'after',
        },
      );
      expect(answer.body).toMatch(/"count"/);
    }
  });

  it('and an end waits neither for a database that is gone nor for the leases', async () => {
    const database = await createTestDatabase({ migrated: false });
    await prepare(database.url, receiver);
    const url = new URL(database.url);
    const proxy = await startCuttableProxy(url.hostname, Number(url.port));
    cleanUps.push(() => proxy.close());
    url.host = `127.0.0.1:${proxy.port}`;
    const answer = Promise.withResolvers<void>();
    receiver.answer = async () => {
      await answer.promise;
      return {};
    };
    const engine = await createEngine({ databaseUrl: url.href, events: { fetchIntervalMs: 100 } });
    await database.query(insertTen);
    await receiver.until((calls) => calls.length === 10);
    proxy.cut();
    answer.resolve();
    const started = performance.now();
    await engine.close();
    expect(performance.now() - started).toBeLessThan(10 * seconds);
    const answered = new Set<number>();
    receiver.answer = ({ body }) => {
      answered.add(noteOf(body));
      return {};
    };
    const next = await createEngine({ databaseUrl: database.url, events: leases });
    cleanUps.push(() => next.close());
    await expectAllDelivered((sql) => database.query(sql), answered);
  });
});
