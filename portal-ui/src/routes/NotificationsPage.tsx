import { useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { LoadingOrFailed } from '../app/LoadingOrFailed.tsx';
import pageStyles from '../app/Page.module.css';
import { ListSkeleton } from '../app/PageSkeleton.tsx';
import { usePageTitle } from '../app/use-page-title.ts';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { Notice } from '../components/Notice.tsx';
import { useLiveNotifications } from '../features/notifications/LiveNotifications.tsx';
import { NotificationItem } from '../features/notifications/NotificationItem.tsx';
import { useMarkRead } from '../features/notifications/useMarkRead.ts';
import { graphql } from '../gql/gql.ts';
import { toProblem } from '../lib/graphql/problem.ts';
import { problemText } from '../lib/problem-text.ts';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import styles from './NotificationsPage.module.css';

const NotificationsDocument = graphql(`
  query Notifications($vendorId: uuid!, $limit: Int!) {
    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {
      ...Notification
    }
    notifications_aggregate {
      aggregate {
        count
      }
    }
    vendors_by_pk(id: $vendorId) {
      ...AccountVendor
    }
  }
`);

const atATime = 20;
/** As many rows as the role may read at once. */
const most = 1000;

/** Everything that was told, the newest first. */
export function NotificationsPage() {
  const messages = useMessages();
  const { titles, common, notifications: texts } = messages;
  const user = useSessionUser();
  const heading = useRef<HTMLHeadingElement>(null);
  const [limit, setLimit] = useState(atATime);
  const { latest, unread } = useLiveNotifications();
  const { markRead, busy } = useMarkRead();
  const { data, previousData, error, refetch } = useQuery(NotificationsDocument, {
    variables: { vendorId: user.vendorId, limit },
    fetchPolicy: 'cache-and-network',
  });
  usePageTitle(titles.notifications);

  const shown = data ?? previousData;
  const newest = latest?.[0]?.id;
  const isBehind = newest !== undefined && shown && !shown.notifications.some(({ id }) => id === newest);
  useEffect(() => {
    // A failure is shown by the query itself, and the next piece of news asks again.
    if (isBehind) refetch().catch(() => undefined);
  }, [isBehind, refetch]);

  if (!shown) {
    return (
      <LoadingOrFailed
        title={titles.notifications}
        error={error}
        onRetry={() => void refetch().catch(() => undefined)}
        skeleton={<ListSkeleton />}
      />
    );
  }
  const total = shown.notifications_aggregate.aggregate?.count ?? 0;
  const hasOlder = total > shown.notifications.length && limit < most;
  return (
    <>
      <div className={pageStyles.headline}>
        <h1 ref={heading} tabIndex={-1}>
          {texts.heading}
        </h1>
        {unread > 0 && (
          <Button
            small
            busy={busy}
            onClick={() => {
              void markRead();
              heading.current?.focus();
            }}
          >
            {texts.markAll}
          </Button>
        )}
      </div>
      {shown.notifications.length === 0 ? (
        <EmptyState icon="bell" title={texts.emptyTitle} body={texts.emptyBody} />
      ) : (
        <>
          <ul className={styles.list}>
            {shown.notifications.map((notification) => (
              <NotificationItem
                key={notification.id}
                notification={notification}
                onRead={(id) => void markRead(id)}
              />
            ))}
          </ul>
          {error && (
            <Notice
              tone="danger"
              role="alert"
              action={<Button onClick={() => void refetch().catch(() => undefined)}>{common.retry}</Button>}
            >
              {problemText(toProblem(error), messages)}
            </Notice>
          )}
          <p className={styles.foot}>
            {error ? null : hasOlder ? (
              <Button onClick={() => setLimit(Math.min(most, limit + atATime))}>{texts.older}</Button>
            ) : (
              unread === 0 && texts.caughtUp
            )}
          </p>
        </>
      )}
    </>
  );
}
