import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { usePopover } from '../../components/use-popover.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useLiveNotifications } from './LiveNotifications.tsx';
import styles from './NotificationBell.module.css';
import { NotificationItem } from './NotificationItem.tsx';
import { useMarkRead } from './useMarkRead.ts';
import { useNotificationNews } from './useNotificationNews.ts';

/** More than this is shown as "9+"; nobody counts further. */
const mostShown = 9;

/** The bell: how much is unread, the newest at hand, all of it kept true while the page is open. */
export function NotificationBell() {
  const { notifications } = useMessages();
  const { latest, unread } = useLiveNotifications();
  const { markRead, busy } = useMarkRead();
  const { id, isOpen, setOpen, box, button, onBlur } = usePopover();
  useNotificationNews();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices the focus leaving; nothing to operate here
    <div ref={box} className={styles.box} onBlur={onBlur}>
      <button
        ref={button}
        type="button"
        className={styles.bell}
        aria-label={notifications.open(unread)}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span aria-hidden="true" className={styles.count} key={unread}>
            {unread > mostShown ? `${mostShown}+` : unread}
          </span>
        )}
      </button>
      <div id={id} className={styles.panel} hidden={!isOpen}>
        <div className={styles.head}>
          <h2>{notifications.heading}</h2>
          {unread > 0 && (
            <Button
              kind="quiet"
              small
              busy={busy}
              onClick={() => {
                void markRead();
                button.current?.focus();
              }}
            >
              {notifications.markAll}
            </Button>
          )}
        </div>
        {latest && latest.length > 0 ? (
          <ul className={styles.list}>
            {latest.map((notification) => (
              <NotificationItem
                key={notification.id}
                notification={notification}
                isBrief
                onRead={(which) => void markRead(which)}
                onOpen={() => setOpen(false)}
              />
            ))}
          </ul>
        ) : (
          <p className={styles.empty}>{notifications.emptyBody}</p>
        )}
        <Link className={styles.all} to={paths.notifications} onClick={() => setOpen(false)}>
          {notifications.seeAll}
        </Link>
      </div>
    </div>
  );
}
