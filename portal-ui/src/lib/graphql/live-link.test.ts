import { ApolloClient, type ApolloLink, gql, InMemoryCache } from '@apollo/client';
import type { Sink } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signedInStore } from '../../testing/render-page.tsx';
import type { Connection } from './connection-store.ts';
import { createLiveLink } from './live-link.ts';
import { refetchWhileLost } from './refetch-while-lost.ts';

let sinks: Sink[];
let seen: unknown[];
const renew = vi.fn(async () => 'fresh');

function subscribe() {
  const client = {
    subscribe(_payload: unknown, sink: Sink) {
      sinks.push(sink);
      return () => {};
    },
  };
  const link: ApolloLink = createLiveLink({ client, token: () => 'used' } as never, {
    ...signedInStore,
    renew,
  });
  const apollo = new ApolloClient({ cache: new InMemoryCache(), link });
  return apollo
    .subscribe({ query: gql`subscription Live { n }`, fetchPolicy: 'no-cache' })
    .subscribe({ next: ({ data }) => seen.push(data) });
}

beforeEach(() => {
  vi.useFakeTimers();
  sinks = [];
  seen = [];
  renew.mockClear();
});
afterEach(() => vi.useRealTimers());

describe('a live query', () => {
  it('comes back after any failure, and catches up with the first answer', async () => {
    const subscription = subscribe();
    sinks[0]?.next({ data: { n: 1 } });
    sinks[0]?.error({ code: 1006, reason: '' });
    await vi.advanceTimersByTimeAsync(2_000);
    sinks[1]?.next({ data: { n: 2 } });
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
    expect(renew).not.toHaveBeenCalled();
    subscription.unsubscribe();
  });

  it('comes back when the server completes it, as it may when a token runs out', async () => {
    const subscription = subscribe();
    sinks[0]?.complete();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sinks).toHaveLength(2);
    subscription.unsubscribe();
  });

  it('renews the very token that was refused', async () => {
    const subscription = subscribe();
    sinks[0]?.error({ code: 4403, reason: 'Could not verify JWT: JWTExpired' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(renew).toHaveBeenCalledExactlyOnceWith('used');
    expect(sinks).toHaveLength(2);
    subscription.unsubscribe();
  });

  it('waits longer each time, but not once the browser is back online', async () => {
    const subscription = subscribe();
    for (let failure = 0; failure < 8; failure++) {
      sinks.at(-1)?.error(new Error('down'));
      await vi.advanceTimersByTimeAsync(25_000);
    }
    expect(sinks).toHaveLength(9);
    sinks.at(-1)?.error(new Error('down'));
    await vi.advanceTimersByTimeAsync(100);
    expect(sinks).toHaveLength(9);
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(sinks).toHaveLength(10);
    subscription.unsubscribe();
  });

  it('stops for good when nobody looks any more', async () => {
    subscribe().unsubscribe();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sinks).toHaveLength(1);
  });
});

describe('a page whose live line stays down', () => {
  it('asks again now and then, and only then', async () => {
    let connection: Connection = 'live';
    const refetchQueries = vi.fn(async () => []);
    const stop = refetchWhileLost({ refetchQueries } as never, { state: () => connection });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refetchQueries).not.toHaveBeenCalled();
    connection = 'lost';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refetchQueries).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refetchQueries).toHaveBeenCalledTimes(3);
  });
});
