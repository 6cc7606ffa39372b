import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

/** Props of a panel. */
export interface PanelProps {
  title: string;
  lead?: ReactNode;
  /** A link or a small button beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page that is about one thing. */
export function Panel({ title, lead, action, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
