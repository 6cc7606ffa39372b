import { createTestDatabase, startCuttableProxy, type TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, DatabaseFailure, isBeforeMigrations, openDatabase, type Queryable } from './db.ts';

let admin: TestDatabase;
let database: Database;
const retries: string[] = [];

beforeAll(async () => {
  admin = await createTestDatabase({ migrated: false });
  await admin.query('create table counters (id int primary key, value int not null)');
  database = openDatabase({
    url: admin.url,
    maxConnections: 4,
    onRetry: (sqlstate) => retries.push(sqlstate),
  });
});

afterAll(() => database?.close());

async function freshCounters(...ids: number[]): Promise<void> {
  retries.length = 0;
  await admin.query('truncate counters');
  await admin.query('insert into counters select unnest($1::int[]), 0', [ids]);
}

async function counterValue(id: number): Promise<number> {
  const { rows } = await admin.query<{ value: number }>('select value from counters where id = $1', [id]);
  return rows[0]!.value;
}

/** How many connections of the code under test to this file's database fit a condition on `pg_stat_activity`. */
async function connectionsThat(condition: string): Promise<number> {
  const { rows } = await admin.query(
    `select from pg_stat_activity
     where datname = current_database() and application_name = 'tierline-actions' and ${condition}`,
  );
  return rows.length;
}

/** A place where `count` have to come before any goes on; whoever comes later passes. */
function meetingOf(count: number): () => Promise<void> {
  const complete = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    here += 1;
    if (here >= count) complete.resolve();
    return complete.promise;
  };
}

const failureOf = (work: Promise<unknown>): Promise<DatabaseFailure> =>
  work.then(
    () => Promise.reject(new Error('It worked.')),
    (error) => (error instanceof DatabaseFailure ? error : Promise.reject(error)),
  );

describe('a transaction', () => {
  test('commits, or leaves nothing behind', async () => {
    await freshCounters(1);
    const add = (db: Queryable) => db.query('update counters set value = value + 1 where id = 1');
    await database.withTransaction(add, { isolation: 'read committed' });
    const failing = database.withTransaction(
      async (transaction) => {
        await add(transaction);
        throw new Error('changed my mind');
      },
      { isolation: 'read committed' },
    );
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await counterValue(1)).toBe(1);
  });

  test('runs at its isolation level and within 5 s, and leaves no setting on the connection', async () => {
    const settings = (db: Queryable) =>
      db.query(
        "select current_setting('transaction_isolation') as level, current_setting('transaction_timeout') as timeout",
      );
    expect(await database.withTransaction(settings, { isolation: 'serializable' })).toEqual([
      { level: 'serializable', timeout: '5s' },
    ]);
    expect(await database.withTransaction(settings, { isolation: 'read committed' })).toEqual([
      { level: 'read committed', timeout: '5s' },
    ]);
    expect(await settings(database)).toEqual([{ level: 'read committed', timeout: '0' }]);
  });

  test('runs again after a serialization failure', async () => {
    await freshCounters(1);
    const allHaveRead = meetingOf(3);
    const increment = () =>
      database.withTransaction(
        async (transaction) => {
          const [row] = await transaction.query<{ value: number }>('select value from counters where id = 1');
          await allHaveRead();
          await transaction.query('update counters set value = $1 where id = 1', [row!.value + 1]);
        },
        { isolation: 'serializable' },
      );
    await Promise.all([increment(), increment(), increment()]);
    expect(await counterValue(1)).toBe(3);
    expect(new Set(retries)).toEqual(new Set(['40001']));
  });

  test('runs again after a deadlock', async () => {
    await freshCounters(1, 2);
    const bothHoldOne = meetingOf(2);
    const addToBoth = (first: number, second: number) =>
      database.withTransaction(
        async (transaction) => {
          await transaction.query('update counters set value = value + 1 where id = $1', [first]);
          await bothHoldOne();
          await transaction.query('update counters set value = value + 1 where id = $1', [second]);
        },
        { isolation: 'read committed' },
      );
    await Promise.all([addToBoth(1, 2), addToBoth(2, 1)]);
    expect([await counterValue(1), await counterValue(2)]).toEqual([2, 2]);
    expect(retries).toEqual(['40P01']);
  });

  test('gives up after a number of attempts', async () => {
    let attempts = 0;
    const failure = await failureOf(
      database.withTransaction(
        (transaction) => {
          attempts += 1;
          return transaction.query("do $$ begin raise exception using errcode = '40001'; end $$");
        },
        { isolation: 'serializable' },
      ),
    );
    expect(failure.sqlstate).toBe('40001');
    expect(attempts).toBe(8);
  });

  test('does not wait for a lock for ever, and its connection serves on', async () => {
    await freshCounters(1);
    const holder = await admin.pool({ max: 1 }).connect();
    try {
      await holder.query('begin');
      await holder.query('select from counters where id = 1 for update');
      const startedAt = performance.now();
      const failure = await failureOf(
        database.withTransaction(
          (transaction) => transaction.query('select from counters where id = 1 for update'),
          {
            isolation: 'read committed',
          },
        ),
      );
      expect(failure.sqlstate).toBe('55P03');
      expect(performance.now() - startedAt).toBeLessThan(5000);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that idles too long loses its connection, not the server', async () => {
    const failure = await failureOf(
      database.withTransaction(
        async (transaction) => {
          await expect.poll(() => connectionsThat(`state like 'idle in transaction%'`)).toBe(1);
          await expect.poll(() => connectionsThat(`state like 'idle in transaction%'`)).toBe(0);
          await transaction.query('select 1');
        },
        { isolation: 'read committed' },
      ),
    );
    expect(failure).toBeInstanceOf(DatabaseFailure);
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('a failure keeps the values to itself', async () => {
  const failure = await failureOf(database.query('select $1::uuid', ['MARKED']));
  expect(failure.sqlstate).toBe('22P02');
  expect(failure.message).not.toContain('MARKED');
});

test('when the database goes away, statements fail, and work again when it is back', async () => {
  const { hostname, port } = new URL(admin.url);
  const proxy = await startCuttableProxy(hostname, Number(port));
  const url = new URL(admin.url);
  url.host = `127.0.0.1:${proxy.port}`;
  const lost: string[] = [];
  const remote = openDatabase({ url: url.href, onIdleError: (failure) => lost.push(failure.message) });
  try {
    expect(await remote.query('select 1 as one')).toEqual([{ one: 1 }]);
    const underWay = remote.withTransaction((transaction) => transaction.query('select pg_sleep(2)'), {
      isolation: 'read committed',
    });
    await expect.poll(() => connectionsThat(`state = 'active' and query like '%pg_sleep(2)'`)).toBe(1);
    proxy.cut();
    expect((await failureOf(underWay)).sqlstate).toBeUndefined();
    expect((await failureOf(remote.query('select 1'))).sqlstate).toBeUndefined();
    proxy.mend();
    expect(await remote.query('select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    await remote.close();
    await proxy.close();
  }
});

test('a line that is silent is cut: the time of an answer is all that it costs, and nobody meets it again', async () => {
  const { hostname, port } = new URL(admin.url);
  const proxy = await startCuttableProxy(hostname, Number(port));
  const url = new URL(admin.url);
  url.host = `127.0.0.1:${proxy.port}`;
  const remote = openDatabase({ url: url.href, maxConnections: 3 });
  try {
    const rows = remote.stream('select pg_sleep(0.01), n from generate_series(1, 100000) n', [], {
      batchSize: 10,
      signal: AbortSignal.timeout(1000),
    });
    expect((await rows.next()).value).toHaveLength(10);
    const streaming = (async () => {
      for await (const _ of rows);
    })();
    const waiting = [
      remote.query('select pg_sleep(1)'),
      remote.withTransaction((transaction) => transaction.query('select pg_sleep(1)'), {
        isolation: 'read committed',
      }),
      streaming,
    ];
    await expect.poll(() => connectionsThat(`state = 'active' and query like '%pg_sleep(1)'`)).toBe(2);
    proxy.silence();
    const startedAt = performance.now();
    const ends = await Promise.all(waiting.map((work) => failureOf(work as Promise<unknown>)));
    expect(ends.map(({ sqlstate }) => sqlstate)).toEqual([undefined, undefined, undefined]);
    // The time of one answer, and not of a second that would have been waited for on the same line.
    expect(performance.now() - startedAt).toBeLessThan(13_000);
    proxy.mend();
    // All three places are free, and none of them leads to a silent line.
    const again = await Promise.all([1, 2, 3].map((n) => remote.query(`select pg_sleep(0.2), ${n} as n`)));
    expect(again.map(([row]) => row?.n)).toEqual([1, 2, 3]);
  } finally {
    await remote.close();
    await proxy.close();
  }
});

test('rights that come with a later migration are no fault, rights missing on a table that is there are one', async () => {
  const url = new URL(admin.url);
  // A role without any right to the schema.
  url.searchParams.set('options', '-c role=pg_monitor');
  const stranger = openDatabase({ url: url.href, maxConnections: 1 });
  const place = { schema: 'late', table: 'orders' };
  const isExpected = async () =>
    isBeforeMigrations(stranger, await failureOf(stranger.query('select from late.orders')), place);
  try {
    expect(await isExpected()).toBe(true);
    await admin.query('create schema late');
    expect(await failureOf(stranger.query('select from late.orders'))).toMatchObject({ sqlstate: '42501' });
    expect(await isExpected()).toBe(true);
    await admin.query('create table late.orders (id int)');
    expect(await isExpected()).toBe(false);
  } finally {
    await stranger.close();
  }
});
