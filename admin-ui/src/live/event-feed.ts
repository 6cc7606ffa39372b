import { createClient } from 'graphql-ws';
import {
  NewestEventsDocument,
  type NewestEventsSubscription,
  UnreadNotificationsDocument,
  type UnreadNotificationsSubscription,
} from '../gql/graphql.ts';
import type { Session } from '../session/session.ts';

/** A line of the timeline as it arrives. */
export type LiveEvent = NewestEventsSubscription['tier_upgrade_request_events'][number];

/** What a change on the wire means for what is on screen. */
export interface FeedUpdate {
  /** The lines that are new since the last update, oldest first. */
  readonly events: readonly LiveEvent[];
  /** True when there may be more than those: nothing overlaps with what was known. */
  readonly gap: boolean;
}

/** Follows the timeline for as long as it is open. */
export interface EventFeed {
  close(): void;
}

interface FeedListeners {
  /** The first answer: what happened before it was never told, and whoever has read less reads again. */
  readonly onOpen?: (newestEvent: number) => void;
  readonly onUpdate: (update: FeedUpdate) => void;
  readonly onLive: (live: boolean) => void;
  /** Whose unread notifications are counted over the same socket, if anyone's. */
  readonly unread?: { readonly userId: string; readonly onCount: (count: number) => void };
}

const RETRY_FIRST = 1_000;
const RETRY_LAST = 30_000;

/** Compares the newest lines with those known before. Nothing known yet: nothing is new. */
export function compareEvents(
  known: readonly LiveEvent[] | undefined,
  newest: readonly LiveEvent[],
): FeedUpdate {
  if (!known) return { events: [], gap: false };
  const ids = new Set(known.map((event) => String(event.id)));
  const events = newest.filter((event) => !ids.has(String(event.id))).reverse();
  return { events, gap: events.length > 0 && events.length === newest.length && known.length > 0 };
}

function webSocketUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/v1/graphql`;
}

/** The close codes with which a server says that the token is no good. */
const REFUSALS: readonly unknown[] = [4400, 4401, 4403];

function isRefusal(reason: unknown): boolean {
  return REFUSALS.includes((reason as { code?: unknown } | null | undefined)?.code);
}

/**
 * Subscribes to the newest timeline lines over graphql-transport-ws. The server ends a socket when its token does, so
 * each renewal of the session reconnects with the new one; any other loss is retried with growing pauses.
 */
export function openEventFeed(
  session: Session,
  { onOpen, onUpdate, onLive, unread }: FeedListeners,
  url = webSocketUrl(),
): EventFeed {
  let known: readonly LiveEvent[] | undefined;
  let pause = RETRY_FIRST;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let stop: () => void = () => {};
  let stopCounting: () => void = () => {};
  let sentToken: string | undefined;
  let wasReplaced = false;

  const client = createClient({
    url,
    connectionParams: async () => {
      sentToken = await session.getAccessToken();
      return { headers: { Authorization: `Bearer ${sentToken}` } };
    },
    // A quiet connection that died (a sleeping laptop, a proxy) is found out by its missing pongs.
    keepAlive: 20_000,
    // Retrying is ours, so that every loss is treated alike, also those graphql-ws takes as final.
    retryAttempts: 0,
    on: { closed: () => onLive(false) },
  });

  /** A server that turns the token away may take a new one; asked for once, or a broken server would keep us at it. */
  function replaceToken(): void {
    if (wasReplaced || sentToken === undefined) return;
    wasReplaced = true;
    // When there is no new one, the session has ended and says so itself.
    session.replaceAccessToken(sentToken).catch(() => undefined);
  }

  function lost(reason?: unknown): void {
    onLive(false);
    if (isRefusal(reason)) replaceToken();
    // Without a session there is nothing to connect with; a sign-in starts over.
    if (closed || session.getState().status !== 'signed-in') return;
    clearTimeout(timer);
    timer = setTimeout(subscribe, pause);
    pause = Math.min(RETRY_LAST, pause * 2);
  }

  function subscribe(): void {
    clearTimeout(timer);
    timer = undefined;
    stop = client.subscribe<NewestEventsSubscription>(
      { query: String(NewestEventsDocument), operationName: 'NewestEvents' },
      {
        next: ({ data, errors }) => {
          if (!data || errors) return;
          const newest = data.tier_upgrade_request_events;
          const update = compareEvents(known, newest);
          if (!known) onOpen?.(newest[0]?.id ?? 0);
          known = newest;
          pause = RETRY_FIRST;
          wasReplaced = false;
          onLive(true);
          if (update.events.length > 0) onUpdate(update);
        },
        error: lost,
        complete: () => lost(),
      },
    );
    if (unread) countUnread(unread);
  }

  /** Comes and goes with the timeline, which alone says when the connection is lost. */
  function countUnread({ userId, onCount }: NonNullable<FeedListeners['unread']>): void {
    stopCounting();
    stopCounting = client.subscribe<UnreadNotificationsSubscription>(
      {
        query: String(UnreadNotificationsDocument),
        operationName: 'UnreadNotifications',
        variables: { userId },
      },
      {
        next: ({ data }) => data && onCount(data.notifications_aggregate.aggregate?.count ?? 0),
        error: () => undefined,
        complete: () => undefined,
      },
    );
  }

  function reconnect(): void {
    pause = RETRY_FIRST;
    if (closed || !navigator.onLine) return;
    if (timer !== undefined) subscribe();
    else client.terminate();
  }

  let lastStatus = session.getState().status;
  const stopFollowing = session.subscribe(() => {
    const { status } = session.getState();
    // The state is announced with every new token: time to show the server the new one.
    if (status === 'signed-in') {
      if (lastStatus === 'signed-in') reconnect();
      else subscribe();
    }
    lastStatus = status;
  });
  window.addEventListener('online', reconnect);
  subscribe();

  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      stopFollowing();
      window.removeEventListener('online', reconnect);
      // The last subscription takes the socket with it.
      stopCounting();
      stop();
    },
  };
}
