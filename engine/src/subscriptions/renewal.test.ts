import { expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import type { ReadyOperation } from '../execute/operation-cache.ts';
import type { Pool } from '../execute/pool.ts';
import { defaultBounds } from '../guards/bounds.ts';
import { sessionFor } from '../testing/publishing-house.ts';
import { PollGate } from './poll-gate.ts';
import { Subscriptions } from './subscriptions.ts';
import { WaitingSink } from './waiting-sink.ts';

/** Longer than one round of the event loop has for planning. */
function plan(): void {
  const until = performance.now() + 6;
  while (performance.now() < until);
}

/** An operation of which nothing matters but its statement. */
function operation(text: string): ReadyOperation {
  const multiplexed = { prepared: { text }, parameters: [] };
  const executable = { kind: 'subscription', multiplexed, parts: [], streamFrom: null };
  return {
    executable,
    variables: {},
    limits: { seconds: null, answerBytes: 1 },
  } as unknown as ReadyOperation;
}

it('plans subscriptions anew over many rounds, clients taking turns', async () => {
  const away = () => Promise.reject(new EngineError('unexpected', 'connection error'));
  const pool = new Proxy({}, { get: () => away }) as Pool;
  const polling = {
    refetchIntervalMs: 3_600_000,
    batchSize: 1,
    gate: new PollGate(10),
    onError: () => undefined,
  };
  const subscriptions = new Subscriptions(pool, { liveQueries: polling, streams: polling });
  const planned: string[] = [];
  const ended: string[] = [];
  let change = 0;
  const clients = [...Array.from({ length: 30 }, (_, index) => `greedy ${index}`), 'modest'];
  const running = clients.map((name) => {
    const follower = {
      role: 'reader',
      client: name.split(' ')[0] as string,
      bounds: defaultBounds().fallback,
    };
    const prepare = () => {
      if (change > 0) {
        plan();
        planned.push(name);
      }
      if (change > 0 && name === 'greedy 7') throw new EngineError('validation-failed', 'not any more');
      return operation(`${change} ${name}`);
    };
    const sink = { next: () => undefined, error: () => ended.push(name), complete: () => ended.push(name) };
    return subscriptions.subscribe(prepare, sessionFor('reader'), sink, follower);
  });
  change = 1;
  subscriptions.renew();
  expect(planned).toEqual(['greedy 0']);
  await new Promise(setImmediate);
  expect(planned.length).toBeLessThanOrEqual(3);
  await expect.poll(() => planned.length).toBe(31);
  expect(planned.indexOf('modest')).toBeLessThanOrEqual(2);
  expect(ended).toEqual(['greedy 7', 'greedy 7']);
  expect(subscriptions.stats().liveQueries).toMatchObject({ pollers: 30, subscribers: 30 });

  // A second change in the middle of the first: everything is planned by the newest, and nothing by both.
  planned.length = 0;
  subscriptions.renew();
  subscriptions.renew();
  running[20]?.stop();
  await expect.poll(() => new Set(planned).size).toBe(29);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(planned.filter((name) => name !== 'greedy 0')).toHaveLength(28);
  expect(planned).not.toContain('greedy 20');
  subscriptions.stop();
});

it('sends nothing to a client before it is known whether it may still see it', () => {
  const told: unknown[] = [];
  const sink = new WaitingSink({
    next: (json) => told.push(json),
    error: ({ message }) => told.push(message),
    complete: () => told.push('complete'),
  });
  sink.next('1');
  sink.wait();
  expect(sink.isReady()).toBe(false);
  for (const state of ['2', '3']) sink.next(state);
  expect(told).toEqual(['1']);
  sink.goOn();
  expect(sink.isReady()).toBe(true);
  expect(told).toEqual(['1', '3']);

  sink.wait();
  sink.next('under a filter that is over');
  sink.forget();
  sink.goOn();
  expect(told).toEqual(['1', '3']);

  sink.wait();
  sink.next('of what may not be seen any more');
  sink.end(new EngineError('validation-failed', 'no such field'));
  sink.next('late');
  expect(told).toEqual(['1', '3', 'no such field', 'complete']);
});
