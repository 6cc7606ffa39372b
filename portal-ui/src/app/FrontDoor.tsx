import { type ReactNode, useEffect } from 'react';
import { Logo } from '../components/Logo.tsx';
import { useMessages } from '../messages/messages.tsx';
import styles from './FrontDoor.module.css';
import { LanguageChoice } from './Preferences.tsx';

/** Props of a page in front of the sign-in. */
export interface FrontDoorProps {
  heading: string;
  lead?: string;
  children: ReactNode;
}

/** The frame of every page for somebody who is not signed in: one thing to do, and what Tierline is about. */
export function FrontDoor({ heading, lead, children }: FrontDoorProps) {
  const { brand, login } = useMessages();
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
          <h1>{heading}</h1>
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
