import { useQueryClient } from '@tanstack/react-query';
import { useNotify, useUnselect } from 'ra-core';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { PAGES_KEY } from '../providers/useConsoleQuery.ts';
import type { Session } from '../session/session.ts';
import { REQUESTS } from '../upgrade-requests/types.ts';
import { NEIGHBOURS_KEY } from '../upgrade-requests/useNeighbours.ts';
import { OVERVIEW_KEY, useQueueOverview } from '../upgrade-requests/useQueueOverview.ts';
import { USERS } from '../users/paths.ts';
import { VENDORS } from '../vendors/paths.ts';
import { type FeedUpdate, type LiveEvent, openEventFeed } from './event-feed.ts';

const LiveContext = createContext(false);
const UnreadContext = createContext(0);
const ArrivedContext = createContext<readonly string[]>([]);

/** More than anybody reads the number of. */
const MOST_ARRIVED = 1_000;

/** Whether changes arrive by themselves at the moment. */
export function useIsLive(): boolean {
  return useContext(LiveContext);
}

const CLOSING: readonly string[] = ['approved', 'rejected', 'cancelled'];

/** How many notifications the person has not read. */
export function useUnreadCount(): number {
  return useContext(UnreadContext);
}

/** The ids of the requests that came in since this page was opened, oldest first. */
export function useArrived(): readonly string[] {
  return useContext(ArrivedContext);
}

interface LiveUpdatesProps {
  readonly session: Session;
  readonly userId: string;
  readonly children: ReactNode;
}

/**
 * Keeps everything on screen current: each change of any request marks the lists, the counts and that request's page as
 * old, so that react-query loads them again in place, keeping page, selection and scroll. What others did is also said
 * in a short message.
 */
export function LiveUpdates({ session, userId, children }: LiveUpdatesProps) {
  const text = useText();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const unselect = useUnselect(REQUESTS);
  const [isLive, setIsLive] = useState(false);
  const [unread, setUnread] = useState(0);
  const [arrived, setArrived] = useState<readonly string[]>([]);
  const [openedAt, setOpenedAt] = useState<number>();
  const { data: overview } = useQueueOverview();
  const wasRead = useRef(false);

  // Pages are read while the feed is being opened. What was committed after they were and before it was is on neither.
  useEffect(() => {
    if (wasRead.current || openedAt === undefined || !overview) return;
    wasRead.current = true;
    if (openedAt > overview.newestEvent) void queryClient.invalidateQueries();
  }, [openedAt, overview, queryClient]);

  useEffect(() => {
    function tell(event: LiveEvent): void {
      const vendor = event.vendor?.name;
      if (!vendor || event.actor_id === userId) return;
      const actor = event.actor?.email ?? text('live.someone');
      if (event.kind === 'submitted') notify(text('live.arrived', { vendor }), { type: 'info' });
      else if (event.kind === 'cancelled') notify(text('live.cancelled', { vendor }), { type: 'info' });
      else if (event.kind === 'approved' || event.kind === 'rejected') {
        notify(text(`live.${event.kind}`, { vendor, actor }), { type: 'info' });
      }
    }

    function refresh({ events, gap }: FeedUpdate): void {
      void queryClient.invalidateQueries({ queryKey: [OVERVIEW_KEY] });
      void queryClient.invalidateQueries({ queryKey: [NEIGHBOURS_KEY] });
      void queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getList'] });
      // One vendor's pages show each other's requests and its tier, so all open ones are read again.
      void queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getOne'] });
      const submitted = events
        .filter(({ kind }) => kind === 'submitted')
        .flatMap((event) => event.request_id ?? []);
      if (submitted.length > 0) setArrived((before) => [...before, ...submitted].slice(-MOST_ARRIVED));
      // What was decided elsewhere can no longer be decided together with the others.
      const decided = events
        .filter(({ kind }) => CLOSING.includes(kind))
        .flatMap((event) => event.request_id ?? []);
      if (decided.length > 0) unselect(decided);
      for (const key of [VENDORS, USERS, PAGES_KEY]) void queryClient.invalidateQueries({ queryKey: [key] });
      const newest = events.at(-1);
      if (!gap && events.length === 1 && newest) tell(newest);
    }

    function announce(live: boolean): void {
      setIsLive(live);
      // The server is back: what could not be read meanwhile is read now, without anyone having to ask.
      if (live) void queryClient.refetchQueries({ predicate: (query) => query.state.status === 'error' });
    }

    let counted: number | undefined;
    function count(unread: number): void {
      setUnread(unread);
      const isNews = counted !== undefined && counted !== unread;
      counted = unread;
      if (isNews) void queryClient.invalidateQueries({ queryKey: [PAGES_KEY, 'notifications'] });
    }

    const feed = openEventFeed(session, {
      onOpen: setOpenedAt,
      onUpdate: refresh,
      onLive: announce,
      unread: { userId, onCount: count },
    });
    return () => feed.close();
  }, [session, userId, text, notify, queryClient, unselect]);

  return (
    <LiveContext.Provider value={isLive}>
      <UnreadContext.Provider value={unread}>
        <ArrivedContext.Provider value={arrived}>{children}</ArrivedContext.Provider>
      </UnreadContext.Provider>
    </LiveContext.Provider>
  );
}
