import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultBounds } from '../guards/bounds.ts';
import { ActionResults } from './action-results.ts';
import { PollGate } from './poll-gate.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A result that is another at each look. */
function watched(results: ActionResults) {
  let looks = 0;
  const told: string[] = [];
  const watch = results.watch(
    () => {
      looks += 1;
      return {
        parts: [{ kind: 'text', key: 'look', json: String(looks) }],
        runAction: () => Promise.reject(new Error('there is no action')),
      };
    },
    { next: (answer) => told.push(answer), error: (error) => told.push(error.message), complete: () => {} },
    { role: 'reader', client: 'a reader', bounds: defaultBounds().fallback },
  );
  return { watch, told, looks: () => looks };
}

it('tells what has changed at each interval until it is stopped', async () => {
  const { watch, told, looks } = watched(new ActionResults(1000, new PollGate(10)));
  await vi.advanceTimersByTimeAsync(1500);
  expect(told).toEqual(['{"data":{"look":1}}', '{"data":{"look":2}}']);
  watch.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(looks()).toBe(2);
});

it('looks no more once the engine ends, though nobody has unsubscribed', async () => {
  const results = new ActionResults(1000, new PollGate(10));
  const [first, second] = [watched(results), watched(results)];
  await vi.advanceTimersByTimeAsync(100);
  results.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect([first.looks(), second.looks()]).toEqual([1, 1]);
});
