import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import { TierBadge } from '../tiers/TierBadge.tsx';
import styles from './TierMove.module.css';

/** From one tier to another, read out as a sentence. */
export function TierMove({
  from,
  to,
  nameOf,
}: {
  from: number;
  to: number;
  nameOf: (level: number) => string;
}) {
  const { history } = useMessages();
  return (
    <span className={styles.move}>
      <span className="visually-hidden">{history.from(nameOf(from), nameOf(to))}</span>
      <span aria-hidden="true" className={styles.drawn}>
        <TierBadge level={from} name={nameOf(from)} />
        <Icon name="arrow-right" size={16} />
        <TierBadge level={to} name={nameOf(to)} />
      </span>
    </span>
  );
}
