import { Link } from 'react-router';
import { paths, tierUpgradeAnchor, tierUpgradePath } from '../../app/paths.ts';
import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import type { TierAccess } from '../tiers/tier-access.ts';
import { tierHue } from '../tiers/tier-hue.ts';
import styles from './LocationLimit.module.css';

/** Props of the explanation why nothing can be added. */
export interface LocationLimitProps {
  access: TierAccess;
  max: number;
  /** How many there are beyond what the tier covers. */
  over: number;
  isPending: boolean;
  /** Whether asking for a higher tier is open to this vendor. */
  canAsk: boolean;
}

/** Stands where "Add" would be once every place is taken: why that is, and both ways out. */
export function LocationLimit({ access, max, over, isPending, canAsk }: LocationLimitProps) {
  const { locations } = useMessages();
  const [next] = access.higher;
  return (
    <section className={`${styles.limit} ${tierHue(next?.level ?? access.level)}`} aria-labelledby="limit">
      <div className={styles.text}>
        <h2 id="limit">
          {over > 0 ? locations.overTitle(access.name, max, over) : locations.fullTitle(access.name, max)}
        </h2>
        <p>
          {over > 0 ? locations.overBody : locations.fullHint}{' '}
          {isPending ? locations.requestWaiting : next && locations.moreWith(next.name, next.maxLocations)}
        </p>
      </div>
      {isPending ? (
        <Link className={styles.way} to={`${paths.dashboard}#${tierUpgradeAnchor}`}>
          {locations.followRequest}
        </Link>
      ) : (
        canAsk &&
        next && (
          <Link className={styles.way} to={tierUpgradePath(next.level)}>
            <Icon name="arrow-up" size={16} />
            {locations.ask(next.name)}
          </Link>
        )
      )}
    </section>
  );
}
