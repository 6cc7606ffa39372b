import { type ReactNode, useEffect, useRef } from 'react';
import { Logo } from '../components/Logo.tsx';
import { useMessages } from '../messages/messages.tsx';
import styles from './FrontDoor.module.css';
import { LanguageChoice } from './Preferences.tsx';

/** Props of a page in front of the sign-in. */
export interface FrontDoorProps {
  heading: string;
  lead?: string;
  /** What was here before has just given way to this, so the reader's place is at the heading. */
  takesFocus?: boolean;
  children: ReactNode;
}

/** The frame of every page for somebody who is not signed in: one thing to do, and what Tierline is about. */
export function FrontDoor({ heading, lead, takesFocus = false, children }: FrontDoorProps) {
  const { brand, login } = useMessages();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  useEffect(() => {
    document.body.classList.add(styles.body!);
    return () => document.body.classList.remove(styles.body!);
  }, []);
  return (
    <main className={styles.page}>
      <section className={styles.panel}>
        <p className={styles.brand}>
          <Logo size={36} />
          {brand}
        </p>
        <div className={styles.heading}>
          <h1 ref={title} tabIndex={-1}>
            {heading}
          </h1>
          {lead && <p>{lead}</p>}
        </div>
        {children}
        <div className={styles.foot}>
          <LanguageChoice />
        </div>
      </section>
      <aside className={styles.pitch}>
        <div className={styles.steps} aria-hidden="true">
          <span />
          <span />
          <span />
          <span />
        </div>
        <p className={styles.slogan}>{login.pitch}</p>
        <p>{login.pitchBody}</p>
      </aside>
    </main>
  );
}
