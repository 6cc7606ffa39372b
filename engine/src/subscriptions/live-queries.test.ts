import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import type { EngineError } from '../errors.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';
import type { SubscriptionSink } from './cohort.ts';

const context = { headers: {}, requestId: 'test' };
const query = 'subscription { article(order_by: {id: asc}) { id title } }';

/** A sink that hands out what it receives one by one, waiting for it where needed. */
function collect(): SubscriptionSink & { take(): Promise<unknown>; seen: unknown[]; errors: EngineError[] } {
  const seen: unknown[] = [];
  const errors: EngineError[] = [];
  const waiting: ((value: unknown) => void)[] = [];
  const unread: unknown[] = [];
  return {
    seen,
    errors,
    next: (json) => {
      const value = JSON.parse(json) as unknown;
      seen.push(value);
      const resolve = waiting.shift();
      if (resolve) resolve(value);
      else unread.push(value);
    },
    error: (error) => errors.push(error),
    complete: () => undefined,
    take: () =>
      unread.length > 0 ? Promise.resolve(unread.shift()) : new Promise((resolve) => waiting.push(resolve)),
  };
}

describe('live queries', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('send the first result, then only what changed', async () => {
    const house = await openPublishingHouse({}, { liveQueries: { refetchIntervalMs: 20 } });
    engine = house.engine;
    const sink = collect();
    const subscription = await engine.subscribe({ query }, sessionFor('reader'), context, sink);
    expect(await sink.take()).toEqual({
      data: {
        article: [
          { id: 1, title: 'Alpha' },
          { id: 3, title: 'Gamma' },
        ],
      },
    });
    await house.database.query(`update article set title = 'Hidden change' where id = 2`);
    await house.database.query(`update article set title = 'Gamma II' where id = 3`);
    expect(await sink.take()).toEqual({
      data: {
        article: [
          { id: 1, title: 'Alpha' },
          { id: 3, title: 'Gamma II' },
        ],
      },
    });
    expect(sink.seen).toHaveLength(2);
    subscription.stop();
    subscription.stop();
    expect(engine.stats().liveQueries).toMatchObject({ pollers: 0, cohorts: 0, subscribers: 0 });
  });

  it('share one poller for the same statement and one cohort for the same parameters', async () => {
    const house = await openPublishingHouse({}, { liveQueries: { refetchIntervalMs: 20 } });
    engine = house.engine;
    const shelves = ['{7}', '{7}', '{8}'];
    const sinks = shelves.map(() => collect());
    for (const [index, shelf] of shelves.entries()) {
      const session = sessionFor('reader', { 'x-hasura-shelf-ids': shelf });
      await engine.subscribe(
        { query: 'subscription { reader_note(order_by: {body: asc}) { body } }' },
        session,
        context,
        sinks[index] as SubscriptionSink,
      );
    }
    const mine = { data: { reader_note: [{ body: 'mine' }, { body: 'mine too' }] } };
    expect(await Promise.all(sinks.map((sink) => sink.take()))).toEqual([
      mine,
      mine,
      { data: { reader_note: [{ body: 'theirs' }] } },
    ]);
    expect(engine.stats().liveQueries).toMatchObject({ pollers: 1, cohorts: 2, subscribers: 3 });
  });

  it('tell one subscriber of its bad value and leave the others alone', async () => {
    const house = await openPublishingHouse({}, { liveQueries: { refetchIntervalMs: 20 } });
    engine = house.engine;
    const note = 'subscription ($id: uuid!) { reader_note_by_pk(id: $id) { body } }';
    const [bad, good] = [collect(), collect()];
    await engine.subscribe({ query: note, variables: { id: 'nope' } }, sessionFor('admin'), context, bad);
    const id = '00000000-0000-4000-8000-000000000001';
    await engine.subscribe({ query: note, variables: { id } }, sessionFor('admin'), context, good);
    expect(await good.take()).toEqual({ data: { reader_note_by_pk: { body: 'mine' } } });
    expect(bad.errors[0]?.code).toBe('data-exception');
    expect(good.errors).toEqual([]);
  });

  it('refuse several root fields unless the client says that it means it', async () => {
    engine = (await openPublishingHouse()).engine;
    const two = '{ author { id } article { id } }';
    const session = sessionFor('admin');
    await expect(
      engine.subscribe({ query: `subscription ${two}` }, session, context, collect()),
    ).rejects.toThrow('subscriptions must select one top level field');
    const sink = collect();
    const asked = { query: `subscription @_multiple_top_level_fields ${two}` };
    await engine.subscribe(asked, session, context, sink);
    expect(Object.keys((await sink.take()) as object)).toEqual(['data']);
  });
});
