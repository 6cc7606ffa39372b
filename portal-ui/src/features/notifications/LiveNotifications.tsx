import { useSubscription } from '@apollo/client/react';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { graphql } from '../../gql/gql.ts';
import type { Notification } from './notification.ts';

const LatestDocument = graphql(`
  subscription LatestNotifications($limit: Int!) {
    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {
      ...Notification
    }
  }
`);

const UnreadDocument = graphql(`
  subscription UnreadNotifications {
    notifications_aggregate(where: { read_at: { _is_null: true }, done_at: { _is_null: true } }) {
      aggregate {
        count
      }
    }
  }
`);

const howMany = 6;

/** The newest notifications and how many are unread, as of now. */
export interface LiveNotificationsState {
  /** Undefined until the live line has said it. */
  readonly latest: readonly Notification[] | undefined;
  readonly unread: number;
}

const LiveContext = createContext<LiveNotificationsState>({ latest: undefined, unread: 0 });

/** The newest notifications, from the one live query that every part of the page shares. */
export function useLiveNotifications(): LiveNotificationsState {
  return use(LiveContext);
}

/** Listens for notifications for as long as somebody is signed in. */
export function LiveNotifications({ children }: { children: ReactNode }) {
  const { data: latest } = useSubscription(LatestDocument, { variables: { limit: howMany } });
  const { data: unread } = useSubscription(UnreadDocument);
  const state = useMemo(
    () => ({
      latest: latest?.notifications,
      unread: unread?.notifications_aggregate.aggregate?.count ?? 0,
    }),
    [latest, unread],
  );
  return <LiveContext value={state}>{children}</LiveContext>;
}
