import { toTierLevel } from '@tierline/design';
import styles from './TierBadge.module.css';

/** A tier by number, colour and name. */
export function TierBadge({ level, name }: { level: number; name: string }) {
  return (
    <span className={`${styles.badge} ${styles[`tier${toTierLevel(level)}`]}`}>
      <span className={styles.number}>{level}</span>
      {name}
    </span>
  );
}
