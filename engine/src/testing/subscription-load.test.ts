import { createTestDatabase } from '@tierline/postgres/testing';
import { describe, expect, it } from 'vitest';
import { openPublishingHouse, sessionFor } from './publishing-house.ts';
import { runSubscriptionLoad } from './subscription-load.ts';

const full = { subscribers: 10_000, sockets: 500, shapes: 100, rooms: 100, commits: 20 };
const short = { subscribers: 240, sockets: 12, shapes: 6, rooms: 20, commits: 5 };

describe('many subscribers', () => {
  it('each hear of every change once, and leave nothing behind', async () => {
    const size = process.env.TIERLINE_LONG ? full : short;
    const { url } = await createTestDatabase({ migrated: false });
    const report = await runSubscriptionLoad({
      ...size,
      databaseUrl: url,
      refetchIntervalMs: process.env.TIERLINE_LONG ? 1000 : 50,
      batchSize: 100,
      quietMs: 0,
    });
    expect(report.results).toBe(report.expectedResults);
    expect(report.left).toBe(0);
  }, 300_000);

  it('all end up with the newest state when commits come faster than results', async () => {
    const { url } = await createTestDatabase({ migrated: false });
    const report = await runSubscriptionLoad({
      ...short,
      commits: 60,
      commitsPerSecond: 200,
      databaseUrl: url,
      refetchIntervalMs: 50,
      batchSize: 100,
      quietMs: 0,
    });
    expect(report.results).toBeGreaterThan(short.subscribers);
    expect(report.left).toBe(0);
  }, 300_000);

  it('cost a statement for each batch of variables of each query, however many they are', async () => {
    const never = 3_600_000;
    const { engine } = await openPublishingHouse(
      {},
      { liveQueries: { refetchIntervalMs: never, batchSize: 5 } },
    );
    let first = 0;
    const sink = { next: () => (first += 1), error: () => undefined, complete: () => undefined };
    const subscribers = Array.from({ length: 360 }, (_, index) =>
      engine.subscribe(
        {
          query: `subscription ($id: Int!) { article_by_pk(id: $id) { shape_${index % 3}: id } }`,
          variables: { id: Math.floor(index / 3) % 12 },
        },
        sessionFor('admin'),
        { headers: {}, requestId: 'load' },
        sink,
      ),
    );
    await Promise.all(subscribers);
    await expect.poll(() => first).toBe(360);
    expect(engine.stats().liveQueries).toMatchObject({
      subscribers: 360,
      pollers: 3,
      cohorts: 36,
      statements: 9,
    });
    await engine.close();
  });
});
