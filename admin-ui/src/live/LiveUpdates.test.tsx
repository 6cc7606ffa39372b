import { QueryClient, useQuery } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { PAGES_KEY } from '../providers/useConsoleQuery.ts';
import type { Session } from '../session/session.ts';
import { sampleOverview } from '../testing/samples.ts';
import { TestConsole } from '../testing/TestConsole.tsx';
import { type EventFeed, openEventFeed } from './event-feed.ts';
import { LiveUpdates } from './LiveUpdates.tsx';

// The socket itself is tested with a server in event-feed-connection.test.ts; here the test speaks for it.
vi.mock('./event-feed.ts', async (original) => ({
  ...(await original<typeof import('./event-feed.ts')>()),
  openEventFeed: vi.fn(),
}));

type Listeners = Parameters<typeof openEventFeed>[1];

/** A page with one question of its own, the newest line of the timeline when it was read, and the socket's listeners. */
async function openPage(newestEvent: number) {
  let listeners: Listeners | undefined;
  vi.mocked(openEventFeed).mockImplementation((_session, given) => {
    listeners = given;
    return { close: () => undefined } satisfies EventFeed;
  });
  const reads = vi.fn(async () => 'read');
  function Page() {
    const { data } = useQuery({ queryKey: [PAGES_KEY, 'notifications'], queryFn: reads });
    return <p>{data}</p>;
  }
  render(
    <TestConsole
      overview={{ ...sampleOverview(), newestEvent: [{ id: newestEvent }] }}
      queryClient={new QueryClient()}
    >
      <LiveUpdates session={{} as Session} userId="u">
        <Page />
      </LiveUpdates>
    </TestConsole>,
  );
  await screen.findByText('read');
  return { reads, feed: listeners as Listeners };
}

it('reads again what was committed between the page and the feed, and only then', async () => {
  const { reads, feed } = await openPage(7);
  await act(async () => feed.onOpen?.(8));
  expect(reads).toHaveBeenCalledTimes(2);
});

it('asks nothing twice when the feed opens on what the page has already shown', async () => {
  const { reads, feed } = await openPage(7);
  await act(async () => {
    feed.onOpen?.(7);
    feed.unread?.onCount(3);
  });
  expect(reads).toHaveBeenCalledTimes(1);
});

it('reads notifications again when their number changes', async () => {
  const { reads, feed } = await openPage(7);
  await act(async () => feed.unread?.onCount(3));
  await act(async () => feed.unread?.onCount(3));
  expect(reads).toHaveBeenCalledTimes(1);
  await act(async () => feed.unread?.onCount(4));
  expect(reads).toHaveBeenCalledTimes(2);
});
