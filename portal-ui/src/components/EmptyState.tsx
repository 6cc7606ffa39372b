import type { IconName } from '@tierline/design';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import { Icon } from './Icon.tsx';

/** Props of a place that has nothing in it yet. */
export interface EmptyStateProps {
  icon: IconName;
  title: string;
  body?: string;
  action?: ReactNode;
}

/** A place with nothing in it yet, saying what will be there and what to do next. */
export function EmptyState({ icon, title, body, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon name={icon} size={24} />
      </span>
      <p className={styles.title}>{title}</p>
      {body && <p>{body}</p>}
      {action}
    </div>
  );
}
