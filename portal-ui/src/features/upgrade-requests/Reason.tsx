import type { Ref } from 'react';
import { useMessages } from '../../messages/messages.tsx';
import styles from './Reason.module.css';

/** Why a request was declined, in the words of whoever declined it. */
export function Reason({ text, ref }: { text: string; ref?: Ref<HTMLQuoteElement> }) {
  const { history } = useMessages();
  return (
    <blockquote ref={ref} className={styles.reason}>
      <span>{history.reason}</span>
      <p>{text}</p>
    </blockquote>
  );
}
