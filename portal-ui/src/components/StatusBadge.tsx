import { type RequestStatus, statusSigns } from '@tierline/design';
import { useMessages } from '../messages/messages.tsx';
import { Icon } from './Icon.tsx';
import styles from './StatusBadge.module.css';

/** The status of a request: colour, icon and word. */
export function StatusBadge({ status }: { status: RequestStatus }) {
  const { status: words } = useMessages();
  return (
    <span className={`${styles.badge} ${styles[status]}`}>
      <Icon name={statusSigns[status].icon} size={16} />
      {words[status]}
    </span>
  );
}
