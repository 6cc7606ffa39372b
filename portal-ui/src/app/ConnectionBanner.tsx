import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useToast } from '../components/Toasts.tsx';
import type { ConnectionStore } from '../lib/graphql/connection-store.ts';
import { useMessages } from '../messages/messages.tsx';
import styles from './ConnectionBanner.module.css';

/** A socket that is replaced within this time is nobody's business. */
const patience = 3_000;

/** Says when the page may be behind, and when it has caught up. */
export function ConnectionBanner({ connection }: { connection: ConnectionStore }) {
  const { connection: texts } = useMessages();
  const toast = useToast();
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  const isAway = state === 'offline' || state === 'lost';
  const [isLong, setLong] = useState(false);
  const hasSpoken = useRef(false);

  useEffect(() => {
    if (!isAway) {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, [isAway]);

  const isShown = state === 'offline' || (isAway && isLong);
  useEffect(() => {
    if (isShown) hasSpoken.current = true;
    else if (state === 'live' && hasSpoken.current) {
      hasSpoken.current = false;
      toast({ tone: 'success', text: texts.back });
    }
  }, [isShown, state, texts, toast]);

  return (
    <div role="status">
      {isShown && (
        <p className={styles.banner}>
          <Icon name="offline" />
          {state === 'offline' ? texts.offline : texts.reconnecting}
        </p>
      )}
    </div>
  );
}
