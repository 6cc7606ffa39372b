import { type CuttableProxy, createTestDatabase, startCuttableProxy } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endClient } from './driver.ts';
import { createLastingClient, keepAlive } from './lasting-client.ts';
import { createPool, type Pool } from './pool.ts';
import { prepare } from './statement.ts';
import { unlimited } from './statement-limits.ts';
import { TextQuery } from './text-query.ts';

describe('a line to Postgres that is silent', () => {
  let url: string;
  let proxy: CuttableProxy;
  let pool: Pool;
  let told: string[];

  beforeEach(async () => {
    ({ url } = await createTestDatabase({ migrated: false }));
    const { hostname, port } = new URL(url);
    proxy = await startCuttableProxy(hostname, Number(port));
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    told = [];
    pool = createPool({
      databaseUrl: through.href,
      maxConnections: 20,
      connectTimeoutMs: 5000,
      connectRetries: 0,
      idleTimeoutSeconds: 60,
      lifetimeSeconds: 600,
      applicationName: 'silent line test',
      watchIntervalMs: 100,
      onIdleError: (error) => told.push(error.message),
    });
  });
  afterEach(async () => {
    await pool.close();
    await proxy.close();
  });

  const limits = { ...unlimited, seconds: 1 };
  const one = prepare('SELECT $1::text');
  const slow = { text: `SELECT pg_sleep(0.5)::text, 'done'` };

  it('fails reads at their time limit, frees their places and is left for new connections', async () => {
    const reads = Array.from({ length: 120 }, () => pool.queryRow(slow, [], limits));
    const settled = Promise.allSettled(reads);
    await expect.poll(() => pool.stats().idle + pool.stats().waiting).toBeGreaterThan(50);
    proxy.silence();
    const codes = (await settled).flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes)).toEqual(new Set(['time-limit-exceeded']));
    proxy.mend();
    const patient = { ...limits, seconds: 30 };
    expect(await pool.queryRow(one, ['back'], patient)).toEqual(['back']);
    await expect.poll(() => pool.stats().idle === pool.stats().total).toBe(true);
  });

  it('is noticed by statements without a limit, and left alone while Postgres is at work', async () => {
    expect(await pool.queryRow({ text: `SELECT pg_sleep(1.5)::text, 'done'` }, [])).toEqual(['', 'done']);
    const lost = pool.queryRow({ text: 'SELECT pg_sleep(60)::text' }, []);
    const script = pool.withClient((client) => client.query('SELECT pg_sleep(60)'));
    const ends = Promise.allSettled([lost, script]);
    await expect.poll(() => pool.stats()).toMatchObject({ total: 2, idle: 0 });
    proxy.silence();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(lost).rejects.toMatchObject({ message: 'connection error' });
    proxy.mend();
    expect(await pool.queryRow(one, ['back'])).toEqual(['back']);
  });

  it('leaves the outcome of a commit unknown, and says so', async () => {
    await pool.queryRows({ text: 'CREATE TABLE kept (id int)' }, []);
    const options = { readOnly: false, limits } as const;
    const writing = pool.withTransaction(options, async (transaction) => {
      await transaction.queryRow({ text: 'INSERT INTO kept VALUES (1) RETURNING id::text' }, []);
      proxy.silence();
    });
    await expect(writing).rejects.toMatchObject({
      code: 'postgres-error',
      message: expect.stringContaining('it is not known whether the changes were made'),
    });
    proxy.mend();
  });

  it('is noticed by whoever only listens', async () => {
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    const client = createLastingClient(through.href, 'silent line test', 500);
    client.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    await client.connect();
    keepAlive(client, 50);
    proxy.silence();
    await ended;
    await endClient(client);
  });

  it('does not keep the pool from closing', async () => {
    const lost = pool.queryRow({ text: 'SELECT pg_sleep(60)::text' }, []);
    await expect.poll(() => pool.stats()).toMatchObject({ total: 1, idle: 0 });
    proxy.silence();
    const refused = expect(lost).rejects.toMatchObject({ message: 'connection error' });
    await pool.close();
    await refused;
    pool = createPool({
      databaseUrl: url,
      maxConnections: 1,
      connectTimeoutMs: 1000,
      connectRetries: 0,
      idleTimeoutSeconds: 1,
      lifetimeSeconds: 1,
      applicationName: 'silent line test',
      onIdleError: () => undefined,
    });
  });
});

describe('a pool whose Postgres has no slot left', () => {
  it('serves everybody with the connections it has', async () => {
    const database = await createTestDatabase({ migrated: false });
    const login = `narrow_${database.name}`;
    await database.query(`CREATE ROLE "${login}" LOGIN PASSWORD 'narrow' CONNECTION LIMIT 2`);
    const url = new URL(database.url);
    url.username = login;
    url.password = 'narrow';
    const pool = createPool({
      databaseUrl: url.href,
      maxConnections: 20,
      connectTimeoutMs: 20_000,
      connectRetries: 0,
      idleTimeoutSeconds: 60,
      lifetimeSeconds: 600,
      applicationName: 'narrow test',
      onIdleError: () => undefined,
    });
    try {
      expect(await pool.queryRow({ text: `SELECT 'first'` }, [])).toEqual(['first']);
      const reads = Array.from({ length: 60 }, (_, index) =>
        pool.queryRow({ text: `SELECT pg_sleep(0.02)::text, '${index}'` }, [], { ...unlimited, seconds: 20 }),
      );
      expect((await Promise.all(reads)).map(([, index]) => Number(index))).toEqual([...reads.keys()]);
    } finally {
      await pool.close();
      await database.query(`DROP ROLE "${login}"`);
    }
  });
});

describe('an answer that is too large', () => {
  it('is refused while it grows, and takes nobody else with it', async () => {
    const { url } = await createTestDatabase({ migrated: false });
    const pool = createPool({
      databaseUrl: url,
      maxConnections: 2,
      connectTimeoutMs: 20_000,
      connectRetries: 0,
      idleTimeoutSeconds: 60,
      lifetimeSeconds: 600,
      applicationName: 'large test',
      onIdleError: () => undefined,
    });
    try {
      const limits = { ...unlimited, answerBytes: 1_000_000 };
      const large = { text: `SELECT repeat('x', 30000000)` };
      await expect(pool.queryRow(large, [], limits)).rejects.toMatchObject({
        code: 'answer-size-limit-exceeded',
      });
      const fits = await pool.queryRow({ text: `SELECT repeat('x', 999000)` }, [], limits);
      expect(fits[0]?.length).toBe(999_000);
      const together = pool.withTransaction({ readOnly: true, limits }, async (transaction) => {
        for (let time = 0; time < 3; time++) {
          await transaction.queryRow({ text: `SELECT repeat('x', 400000)` }, []);
        }
      });
      await expect(together).rejects.toMatchObject({ code: 'answer-size-limit-exceeded' });
      if (process.env.TIERLINE_LONG) {
        // Longer than any text of the runtime: no role has that without a bound.
        const endless = { text: `SELECT repeat('x', 540000000)` };
        await expect(pool.queryRow(endless, [])).rejects.toMatchObject({
          code: 'answer-size-limit-exceeded',
        });
      }
      // What the driver cannot read.
      const unread = pool.withClient((client) => {
        const query = new TextQuery({ text: `SELECT 'unread'` }, []);
        query.handleDataRow = () => {
          throw new RangeError('Invalid string length');
        };
        return client.query(query).rows;
      });
      await expect(unread).rejects.toThrow('Invalid string length');
      expect(await pool.queryRow({ text: `SELECT 'well'` }, [])).toEqual(['well']);
    } finally {
      await pool.close();
    }
  });
});
