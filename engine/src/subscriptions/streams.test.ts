import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Session } from '../auth/session.ts';
import type { Engine, EngineOptions } from '../engine-types.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';
import type { SubscriptionSink } from './cohort.ts';

const context = { headers: {}, requestId: 'test' };
const byId = `subscription ($from: Int!, $size: Int!) {
  article_stream(cursor: {initial_value: {id: $from}}, batch_size: $size) { id title }
}`;

interface Reader extends SubscriptionSink {
  /** The rows received, batch by batch. */
  readonly batches: readonly (readonly Record<string, unknown>[])[];
  readonly rows: readonly Record<string, unknown>[];
  readonly errors: readonly string[];
  isSlow: boolean;
  /** Resolves when so many rows have arrived. */
  until(count: number): Promise<readonly Record<string, unknown>[]>;
}

function reader(): Reader {
  const batches: Record<string, unknown>[][] = [];
  const errors: string[] = [];
  const made = {
    batches,
    errors,
    isSlow: false,
    get rows() {
      return batches.flat();
    },
    next: (json: string, kind?: string) => {
      expect(kind).toBe('batch');
      const [rows] = Object.values((JSON.parse(json) as { data: Record<string, [] | undefined> }).data);
      batches.push(rows ?? []);
    },
    error: ({ code }: { code: string }) => errors.push(code),
    complete: () => undefined,
    isReady: () => !made.isSlow,
    async until(count: number) {
      await expect.poll(() => made.rows.length).toBeGreaterThanOrEqual(count);
      return made.rows;
    },
  };
  return made;
}

const idsOf = (rows: readonly Record<string, unknown>[]): unknown[] => rows.map(({ id }) => id);

describe('streaming subscriptions', () => {
  let engine: Engine;
  let query: (sql: string) => Promise<unknown>;
  afterEach(() => engine.close());

  async function open(options: Partial<EngineOptions> = {}): Promise<void> {
    const house = await openPublishingHouse({}, { streams: { refetchIntervalMs: 10 }, ...options });
    engine = house.engine;
    query = (sql) => house.database.query(sql);
  }

  async function follow(text: string, variables = {}, session: Session = sessionFor('admin')) {
    const sink = reader();
    const subscription = await engine.subscribe({ query: text, variables }, session, context, sink);
    return { sink, stop: () => subscription.stop() };
  }

  const addArticles = (from: number, to: number): Promise<unknown> =>
    query(`insert into article (id, title, author_id, is_published)
           select n, 'title ' || n, 1, true from generate_series(${from}, ${to}) n`);

  it('hand out old rows and new ones once, in order, in batches no larger than asked', async () => {
    await open();
    const { sink } = await follow(byId, { from: 1, size: 2 });
    expect(idsOf(await sink.until(3))).toEqual([2, 3, 4]);
    await addArticles(1000, 1004);
    expect(idsOf(await sink.until(8))).toEqual([2, 3, 4, 1000, 1001, 1002, 1003, 1004]);
    await query(`update article set title = 'changed' where id = 3`);
    await addArticles(1005, 1005);
    expect(idsOf(await sink.until(9)).slice(8)).toEqual([1005]);
    expect(Math.max(...sink.batches.map((batch) => batch.length))).toBe(2);
    // An empty batch would tell nobody anything.
    expect(sink.batches.filter((batch) => batch.length === 0)).toEqual([]);
  });

  it('lose no row where many share a value of the cursor column', async () => {
    await open();
    const text = `subscription {
      article_stream(cursor: {initial_value: {title: "title"}}, batch_size: 3, where: {title: {_like: "title%"}}) { id }
    }`;
    await query(
      `insert into article (id, title, author_id) select n, 'title x', 1 from generate_series(500, 509) n`,
    );
    const { sink } = await follow(text);
    expect(idsOf(await sink.until(10))).toEqual([500, 501, 502, 503, 504, 505, 506, 507, 508, 509]);
  });

  it('go down from a value where asked to', async () => {
    await open();
    const text = `subscription {
      article_stream(cursor: [{initial_value: {id: 4}, ordering: DESC}], batch_size: 2) { id }
    }`;
    const { sink } = await follow(text);
    expect(idsOf(await sink.until(3))).toEqual([3, 2, 1]);
  });

  it('give each role its own rows and limit', async () => {
    await open();
    const { sink } = await follow(byId, { from: 0, size: 100 }, sessionFor('reader'));
    expect(await sink.until(2)).toEqual([
      { id: 1, title: 'Alpha' },
      { id: 3, title: 'Gamma' },
    ]);
    await query(`insert into article (id, title, author_id, is_published) values (200, 'hidden', 3, true)`);
    await addArticles(201, 203);
    expect(idsOf(await sink.until(5)).slice(2)).toEqual([201, 202, 203]);
    expect(Math.max(...sink.batches.map((batch) => batch.length))).toBe(2);
  });

  it('keep what a permission names with $ to the rows of its own table', async () => {
    await open();
    const text = `subscription { article_stream(cursor: {initial_value: {id: 0}}, batch_size: 9, where: {author: {id: {_gt: 0}}}) { id author { name } } }`;
    const { sink } = await follow(text, {}, sessionFor('member'));
    expect(await sink.until(2)).toEqual([1, 2].map((id) => ({ id, author: { name: 'Ada' } })));
  });

  it('share one poller, and a place once they have come to it', async () => {
    await open();
    const followers = await Promise.all([0, 1, 2, 3, 3].map((from) => follow(byId, { from, size: 10 })));
    for (const [index, { sink }] of followers.entries()) await sink.until([4, 3, 2, 1, 1][index] ?? 0);
    expect(engine.stats().streams).toMatchObject({ pollers: 1, cohorts: 1, subscribers: 5 });
    await addArticles(300, 300);
    for (const { sink } of followers) await expect.poll(() => sink.rows.at(-1)).toMatchObject({ id: 300 });
    for (const { stop } of followers) {
      stop();
      stop();
    }
    expect(engine.stats().streams).toMatchObject({ pollers: 0, cohorts: 0, subscribers: 0 });
  });

  it('wait for a slow client, which then goes on where it was', async () => {
    await open();
    const [slow, fast] = [await follow(byId, { from: 0, size: 2 }), await follow(byId, { from: 0, size: 2 })];
    slow.sink.isSlow = true;
    await fast.sink.until(4);
    await addArticles(400, 401);
    await fast.sink.until(6);
    const before = slow.sink.rows.length;
    expect(before).toBeLessThan(6);
    slow.sink.isSlow = false;
    expect(idsOf(await slow.sink.until(6))).toEqual([1, 2, 3, 4, 400, 401]);
  });

  it('see every row of transactions that commit one after another', async () => {
    await open();
    const { sink } = await follow(byId, { from: 1000, size: 7 });
    for (let from = 2000; from < 2100; from += 5) await addArticles(from, from + 4);
    expect(idsOf(await sink.until(100))).toEqual(Array.from({ length: 100 }, (_, index) => 2000 + index));
  });

  it('tell of an error and go on from the same place', async () => {
    await open();
    const { sink } = await follow(byId, { from: 0, size: 10 });
    await sink.until(4);
    await query('alter table article rename column title to heading');
    await expect.poll(() => sink.errors.length).toBeGreaterThan(0);
    await query('alter table article rename column heading to title');
    await addArticles(700, 700);
    expect(idsOf(await sink.until(5))).toEqual([1, 2, 3, 4, 700]);
  });

  it('go on when Postgres has thrown all connections out', async () => {
    await open();
    const { sink } = await follow(byId, { from: 0, size: 10 });
    await sink.until(4);
    await query(`select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and application_name = 'hasura-engine'`);
    await addArticles(800, 801);
    expect(idsOf(await sink.until(6))).toEqual([1, 2, 3, 4, 800, 801]);
    expect(sink.errors).toEqual([]);
  });

  it.each([
    ['no column', '[{initial_value: {}}]', 'one streaming column field is expected'],
    ['no cursor', '[]', 'one streaming column field is expected'],
    ['two columns', '{initial_value: {id: 1, title: "a"}}', 'multiple column cursors are not supported yet'],
    ['null', '{initial_value: {id: null}}', 'unexpected null value for type "Int"'],
    [
      'a hidden column',
      '{initial_value: {rating: 1}}',
      `field "rating" not found in type: 'article_stream_cursor_value_input'`,
    ],
  ])('refuse a cursor of %s', async (_name, cursor, message) => {
    await open();
    const text = `subscription { article_stream(cursor: ${cursor}, batch_size: 1) { id } }`;
    await expect(follow(text, {}, sessionFor('reader'))).rejects.toThrow(message);
  });

  it('answer to the names of graphql-default too', async () => {
    const metadata = parse(readFileSync(new URL('../../cases/metadata.yaml', import.meta.url), 'utf8'));
    metadata.sources[0].customization = { naming_convention: 'graphql-default' };
    const house = await openPublishingHouse(metadata, {
      namingConvention: 'hasura-default',
      streams: { refetchIntervalMs: 10 },
    });
    engine = house.engine;
    const { sink } = await follow(
      `subscription ($cursor: [ArticleStreamCursorInput]!) { articleStream(cursor: $cursor, batchSize: 2) { id } }`,
      { cursor: [{ initialValue: { id: 4 }, ordering: 'DESC' }] },
    );
    expect(idsOf(await sink.until(3))).toEqual([3, 2, 1]);
  });

  it('stand alone, and never in a query', async () => {
    await open();
    const stream = 'article_stream(cursor: {initial_value: {id: 0}}, batch_size: 1) { id }';
    await expect(
      follow(`subscription @_multiple_top_level_fields { ${stream} author { id } }`),
    ).rejects.toThrow('exactly one root field is allowed for streaming subscriptions');
    await expect(engine.execute({ query: `{ ${stream} }` }, sessionFor('admin'), context)).rejects.toThrow(
      `field "article_stream" not found in type: 'query_root'`,
    );
  });
});
