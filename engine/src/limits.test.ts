import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from './engine-types.ts';
import { openPublishingHouse, sessionFor } from './testing/publishing-house.ts';

const context = { headers: {}, requestId: 'test' };

describe('limits of a role', () => {
  let engine: Engine;

  beforeAll(async () => {
    const house = await openPublishingHouse({
      api_limits: { time_limit: { global: 1 }, batch_limit: { global: 2 }, depth_limit: { global: 1 } },
    });
    engine = house.engine;
    await house.database.query(`create or replace function search_article(search text, at_most int default 10)
      returns setof article language sql stable as $$ select a.* from article a, pg_sleep(30) $$`);
  });
  afterAll(() => engine.close());

  it('cancel a query in Postgres when its time is over, and the next one runs', async () => {
    const slow = { query: '{ search_article(args: {search: ""}) { id } }' };
    await expect(engine.execute(slow, sessionFor('reader'), context)).rejects.toMatchObject({
      code: 'time-limit-exceeded',
    });
    const answer = await engine.execute({ query: '{ author { id } }' }, sessionFor('reader'), context);
    expect(JSON.parse(answer.body)).toHaveProperty('data');
  });

  it('bound a subscription each time that it is asked, and no one else beside it', async () => {
    const watch = async (query: string) => {
      const first = Promise.withResolvers<string>();
      const subscription = await engine.subscribe({ query }, sessionFor('reader'), context, {
        next: (json) => first.resolve(json),
        error: (error) => first.resolve(error.code),
        complete: () => undefined,
      });
      const answer = await first.promise;
      subscription.stop();
      return answer;
    };
    const slow = watch('subscription { search_article(args: {search: ""}) { id } }');
    expect(await watch('subscription { author { id } }')).toContain('"data"');
    expect(await slow).toBe('time-limit-exceeded');
  });

  it('bound depth and batches, for roles but not for admins', async () => {
    const deep = { query: '{ article { author { name } } }' };
    await expect(engine.execute(deep, sessionFor('reader'), context)).rejects.toMatchObject({
      code: 'depth-limit-exceeded',
    });
    await expect(engine.execute(deep, sessionFor('admin'), context)).resolves.toHaveProperty('body');
    expect(() => engine.checkBatch(2, sessionFor('reader'))).not.toThrow();
    expect(() => engine.checkBatch(3, sessionFor('reader'))).toThrow('at most 2 operations');
  });
});
