import type { IconName } from '@tierline/design';
import { useRef } from 'react';
import { Link } from 'react-router';
import { answerPath, tierUpgradePath } from '../../app/paths.ts';
import { Icon } from '../../components/Icon.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { useMessages } from '../../messages/messages.tsx';
import { useTierName } from '../tiers/useTierName.ts';
import styles from './NotificationItem.module.css';
import { type Notification, type NotificationTopic, notificationText, topicOf } from './notification.ts';

const iconOf: Readonly<Record<NotificationTopic, IconName>> = {
  approved: 'check',
  rejected: 'cross',
  cancelled: 'slash',
  'tier-changed': 'star',
  other: 'info',
};

/** Props of one notification. */
export interface NotificationItemProps {
  notification: Notification;
  onRead: (id: string) => void;
  /** It was opened; whatever box it is in may close. */
  onOpen?: () => void;
  /** A long text is cut short, as the page it leads to has all of it. */
  isBrief?: boolean;
}

/** One notification: a link to what it is about, and a button that marks it as read without going there. */
export function NotificationItem({ notification, onRead, onOpen, isBrief }: NotificationItemProps) {
  const messages = useMessages();
  const nameOf = useTierName();
  const topic = topicOf(notification);
  const { title, body } = notificationText(notification, messages, nameOf);
  const isUnread = !notification.read_at && !notification.done_at;
  const link = useRef<HTMLAnchorElement>(null);
  return (
    <li className={`${styles.item} ${styles[topic] ?? ''} ${isUnread ? styles.unread : ''}`}>
      <span className={styles.icon}>
        <Icon name={iconOf[topic]} />
      </span>
      <Link
        ref={link}
        className={styles.link}
        to={notification.request ? answerPath(notification.request.id) : tierUpgradePath()}
        onClick={() => {
          if (isUnread) onRead(notification.id);
          onOpen?.();
        }}
      >
        <span className={styles.title}>
          {isUnread && <span className="visually-hidden">{messages.notifications.unread}: </span>}
          {title}
        </span>
        <span className={isBrief ? `${styles.body} ${styles.brief}` : styles.body}>{body}</span>
        <span className={styles.when}>
          <RelativeTime at={notification.created_at} />
        </span>
      </Link>
      {isUnread && (
        <button
          type="button"
          className={styles.read}
          aria-label={`${messages.notifications.markRead}: ${title}`}
          title={messages.notifications.markRead}
          onClick={() => {
            onRead(notification.id);
            // This button is about to go; the reader's place stays with what it is about.
            link.current?.focus();
          }}
        >
          <span className={styles.dot} />
        </button>
      )}
    </li>
  );
}
