import { describe, expect, it } from 'vitest';
import { compareEvents, type LiveEvent } from './event-feed.ts';

function event(id: number): LiveEvent {
  return { id, kind: 'submitted', request_id: null, actor_id: null, actor: null, vendor: null };
}

const newest = (...ids: number[]) => ids.map(event);

describe('compareEvents', () => {
  it('takes the first answer as the state of things', () => {
    expect(compareEvents(undefined, newest(3, 2, 1))).toEqual({ events: [], gap: false });
  });

  it('tells what is new, oldest first', () => {
    const update = compareEvents(newest(2, 1), newest(4, 3, 2));
    expect(update.events.map(({ id }) => id)).toEqual([3, 4]);
    expect(update.gap).toBe(false);
  });

  it('finds a line that was committed after a later one', () => {
    expect(compareEvents(newest(5, 3), newest(5, 4, 3)).events.map(({ id }) => id)).toEqual([4]);
  });

  it('says so when it may have missed some', () => {
    expect(compareEvents(newest(2, 1), newest(9, 8)).gap).toBe(true);
    expect(compareEvents([], newest(1)).gap).toBe(false);
  });
});
