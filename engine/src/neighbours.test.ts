import type { TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from './engine-types.ts';
import { defaultBounds, type RoleBounds } from './guards/bounds.ts';
import { openPublishingHouse, sessionFor } from './testing/publishing-house.ts';

/** The bounds of the role `publisher`, changed. */
function boundsWith(change: Partial<RoleBounds['fallback']>): RoleBounds {
  const bounds = defaultBounds();
  return { ...bounds, byRole: new Map([...bounds.byRole, ['publisher', { ...bounds.fallback, ...change }]]) };
}

const slow = { query: '{ search_article(args: {search: ""}) { id } }' };
const quick = { query: '{ article { id } }' };
const from = (ip: string) => ({ headers: {}, requestId: 'test', ip });

describe('whoever asks for much', () => {
  let engine: Engine;
  let database: TestDatabase;

  beforeAll(async () => {
    ({ engine, database } = await openPublishingHouse(
      { api_limits: { time_limit: { global: 20 } } },
      { maxConnections: 10, bounds: boundsWith({ concurrentRequests: 4, concurrentPerClient: 2 }) },
    ));
    await database.query(`create or replace function search_article(search text, at_most int default 10)
      returns setof article language sql stable as $$ select a.* from article a, pg_sleep(0.5) limit 1 $$`);
  });
  afterAll(() => engine.close());

  const ask = (query: { query: string }, role: string, ip: string) =>
    engine.execute(query, sessionFor(role), from(ip));
  /** What `publisher` has under way in Postgres. */
  const underWay = async (): Promise<number> => {
    const { rows } = await database.query(
      `select count(*)::int from pg_stat_activity where state = 'active' and query like '%search_article%' and pid <> pg_backend_pid()`,
    );
    return (rows[0] as { count: number }).count;
  };

  it('waits for turns of a role and of a client, while others are served at once', async () => {
    const greedy = Array.from({ length: 20 }, () => ask(slow, 'publisher', '10.0.0.1'));
    await vi.waitFor(async () => expect(await underWay()).toBe(2), 30_000);
    // Another address has the turns that the first must not have, another role those of the rest of the pool.
    const second = ask(slow, 'publisher', '10.0.0.2');
    await Promise.all(Array.from({ length: 20 }, () => ask(quick, 'reader', '10.0.0.3')));
    expect(await underWay()).toBeLessThanOrEqual(4);
    await second;
    await Promise.race(greedy);
    let isOver = false;
    const all = Promise.all(greedy).then(() => {
      isOver = true;
    });
    await ask(quick, 'publisher', '10.0.0.2');
    expect(isOver, 'the line of the first client is still long').toBe(false);
    await all;
  });

  it('is refused once the line of those who wait is too long', async () => {
    const many = await Promise.allSettled(
      Array.from({ length: 40 }, () => ask(slow, 'publisher', '10.0.0.1')),
    );
    const codes = many.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
    expect(codes).toEqual(Array(40 - 2 - 32).fill('concurrency-limit-exceeded'));
  });

  it('waits for turns with live queries too', async () => {
    const subscriptions = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        engine.subscribe(
          { query: `subscription { search_article(args: {search: "${index}"}) { id at_${index}: id } }` },
          sessionFor('publisher'),
          // One client alone has fewer.
          from(`10.0.1.${index}`),
          { next: () => undefined, error: () => undefined, complete: () => undefined },
        ),
      ),
    );
    await vi.waitFor(async () => expect(await underWay()).toBe(4), 30_000);
    await Promise.all(Array.from({ length: 20 }, () => ask(quick, 'reader', '10.0.0.3')));
    expect(await underWay()).toBeLessThanOrEqual(4);
    for (const subscription of subscriptions) subscription.stop();
  });
});

describe('a role without pattern operators', () => {
  it('is told so for its own filters, and may go on with those that are quick', async () => {
    const { engine } = await openPublishingHouse({}, { bounds: boundsWith({ patternOperators: false }) });
    const find = (operator: string, role = 'publisher') =>
      engine.execute(
        { query: `{ article(where: {title: {${operator}: "a"}}) { id } }` },
        sessionFor(role),
        from('10.0.0.1'),
      );
    for (const operator of ['_regex', '_iregex', '_nregex', '_niregex', '_similar', '_nsimilar']) {
      await expect(find(operator), operator).rejects.toMatchObject({ code: 'pattern-operator-refused' });
      await expect(find(operator, 'admin'), operator).resolves.toHaveProperty('body');
    }
    await expect(find('_ilike')).resolves.toHaveProperty('body');
    await engine.close();
  });
});

describe('lists below lists', () => {
  it('count their rows and bytes while Postgres puts them together', async () => {
    const { engine, database } = await openPublishingHouse(
      {},
      { bounds: boundsWith({ answerRows: 2000, answerBytes: 400_000 }) },
    );
    await database.query(`insert into article (author_id, title, is_published)
      select (select min(id) from author), repeat('long ', 40), true from generate_series(1, 100)`);
    const ask = (query: string, role = 'publisher') =>
      engine.execute({ query }, sessionFor(role), from('10.0.0.1'));
    const rows = '{ article { author { articles { id } } } }';
    const bytes = '{ article(limit: 15) { author { articles { a: title b: title c: title } } } }';
    await expect(ask(rows)).rejects.toMatchObject({
      code: 'answer-rows-limit-exceeded',
      message: expect.stringContaining('more than 2000 rows'),
    });
    await expect(ask(bytes)).rejects.toMatchObject({
      code: 'answer-size-limit-exceeded',
      message: expect.stringContaining('more than 400000 bytes'),
    });
    // A budget is one answer's: the next begins anew, and administrators have none.
    for (let time = 0; time < 3; time++) {
      await expect(ask('{ article(limit: 15) { author { articles { id } } } }')).resolves.toHaveProperty(
        'body',
      );
    }
    await expect(ask(rows, 'admin')).resolves.toHaveProperty('body');
    await expect(ask(bytes, 'admin')).resolves.toHaveProperty('body');
    const told = Promise.withResolvers<string>();
    const subscription = await engine.subscribe(
      { query: `subscription ${rows}` },
      sessionFor('publisher'),
      from('10.0.0.1'),
      { next: told.resolve, error: ({ code }) => told.resolve(code), complete: () => undefined },
    );
    expect(await told.promise).toBe('answer-rows-limit-exceeded');
    subscription.stop();
    await engine.close();
  });
});
