import type { IconName } from '@tierline/design';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import styles from './Notice.module.css';

type Tone = 'info' | 'success' | 'warning' | 'danger';

const iconOf: Record<Tone, IconName> = { info: 'info', success: 'check', warning: 'alert', danger: 'alert' };

/** Props of a notice. */
export interface NoticeProps {
  tone: Tone;
  children: ReactNode;
  /** `alert` for what went wrong just now, `status` for news; neither for what was there from the start. */
  role?: 'alert' | 'status';
  icon?: IconName;
  action?: ReactNode;
}

/** A sentence that matters, with an icon and room for the way out. */
export function Notice({ tone, children, role, icon, action }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={role}>
      <Icon name={icon ?? iconOf[tone]} />
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
