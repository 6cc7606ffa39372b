import { graphql } from '../../gql/gql.ts';
import type { NotificationFragment } from '../../gql/graphql.ts';
import type { Messages } from '../../messages/en.ts';

/** What the portal shows of a notification. */
export const NotificationDocument = graphql(`
  fragment Notification on notifications {
    id
    kind
    title
    body
    read_at
    done_at
    created_at
    request {
      id
      target_tier
    }
  }
`);

/** A notification as the portal reads it. */
export type Notification = NotificationFragment;

/** What a notification is about. */
export type NotificationTopic = 'approved' | 'rejected' | 'cancelled' | 'tier-changed' | 'other';

/** Reads the topic from the kind that the database keeps. */
export function topicOf({ kind }: Pick<Notification, 'kind'>): NotificationTopic {
  if (kind.endsWith('approved')) return 'approved';
  if (kind.endsWith('rejected')) return 'rejected';
  if (kind.endsWith('cancelled')) return 'cancelled';
  return kind.endsWith('tier_changed') ? 'tier-changed' : 'other';
}

/**
 * Title and text in the reader's language. The stored ones are written once, for mail and for everyone; a reason is
 * always shown in the words of whoever gave it.
 */
export function notificationText(
  notification: Pick<Notification, 'kind' | 'title' | 'body' | 'request'>,
  { notifications }: Messages,
  nameOf: (level: number) => string | undefined,
): { readonly title: string; readonly body: string } {
  const { title, body, request } = notification;
  switch (topicOf(notification)) {
    case 'approved': {
      const tier = request ? nameOf(request.target_tier) : undefined;
      return { title: notifications.approved, body: tier ? notifications.approvedBody(tier) : body };
    }
    case 'rejected':
      return { title: notifications.rejected, body };
    case 'cancelled':
      // A vendor is told only of a request that a change of its tier made pointless; nobody writes a reason for that.
      return { title: notifications.cancelled, body: notifications.cancelledBody };
    case 'tier-changed':
      return {
        title: notifications.tierChanged,
        body: [notifications.tierChangedBody, ...reasonIn(body).map(notifications.reason)].join(' '),
      };
    case 'other':
      return { title, body };
  }
}

/** The administrator's own words at the end of a stored text; none when there are none. */
function reasonIn(body: string): string[] {
  const mark = ' Reason: ';
  const at = body.indexOf(mark);
  return at < 0 ? [] : [body.slice(at + mark.length)];
}
