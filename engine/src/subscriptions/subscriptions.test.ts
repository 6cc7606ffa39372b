import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

const context = { headers: {}, requestId: 'test' };
const admin = sessionFor('admin');

interface Follower {
  readonly answers: unknown[];
  readonly errors: string[];
  isOver: boolean;
}

describe('subscriptions when metadata changes', () => {
  let engine: Engine;
  let query: (sql: string) => Promise<unknown>;
  afterEach(() => engine.close());

  async function open(): Promise<void> {
    const polling = { refetchIntervalMs: 10 };
    const house = await openPublishingHouse({}, { liveQueries: polling, streams: polling });
    engine = house.engine;
    query = (sql) => house.database.query(sql);
  }

  async function follow(text: string, role: string): Promise<Follower> {
    const follower: Follower = { answers: [], errors: [], isOver: false };
    const sink = {
      next: (json: string) => follower.answers.push((JSON.parse(json) as { data: unknown }).data),
      error: ({ message }: { message: string }) => follower.errors.push(message),
      complete: () => {
        follower.isOver = true;
      },
    };
    await engine.subscribe({ query: text }, sessionFor(role), context, sink);
    await expect.poll(() => follower.answers.length).toBe(1);
    return follower;
  }

  /** Replaces what the reader may see of articles, in one step; null takes all of it away. */
  async function permit(permission: Record<string, unknown> | null): Promise<void> {
    const args = { table: 'article', role: 'reader' };
    const drop = { type: 'pg_drop_select_permission', args };
    const create = { type: 'pg_create_select_permission', args: { ...args, permission } };
    await engine.runMetadataRequest({ type: 'bulk', args: permission ? [drop, create] : [drop] }, admin);
  }

  it('end where nothing of them may be seen any more, and only there', async () => {
    await open();
    const articles = 'subscription { article(order_by: {id: asc}) { id } }';
    const reader = await follow(articles, 'reader');
    const everything = await follow(articles, 'admin');
    await permit(null);
    expect(reader).toEqual({
      answers: [{ article: [{ id: 1 }, { id: 3 }] }],
      errors: [`field "article" not found in type: 'subscription_root'`],
      isOver: true,
    });
    await query(`insert into article (id, title, author_id) values (50, 'news', 1)`);
    await expect.poll(() => everything.answers.length).toBe(2);
    expect(everything).toMatchObject({ errors: [], isOver: false });
    expect(reader.answers).toHaveLength(1);
    expect(engine.stats().liveQueries.subscribers).toBe(1);
  });

  it('go on under the new filter', async () => {
    await open();
    const reader = await follow('subscription { article(order_by: {id: asc}) { id } }', 'reader');
    await permit({ columns: ['id'], filter: { id: { _gte: 3 } } });
    await expect.poll(() => reader.answers.at(-1)).toEqual({ article: [{ id: 3 }, { id: 4 }] });
    expect(reader).toMatchObject({ errors: [], isOver: false });
  });

  it('let a stream go on from where it was', async () => {
    await open();
    const reader = await follow(
      'subscription { article_stream(cursor: {initial_value: {id: 0}}, batch_size: 10) { id } }',
      'reader',
    );
    await permit({ columns: ['id'], filter: {} });
    await query(`insert into article (id, title, author_id) values (60, 'news', 1)`);
    const rows = (): unknown[] =>
      reader.answers.flatMap((data) => (data as { article_stream: unknown[] }).article_stream);
    await expect.poll(rows).toEqual([{ id: 1 }, { id: 3 }, { id: 4 }, { id: 60 }]);
  });
});
