import { useMessages } from '../../messages/messages.tsx';
import { FeatureList } from './FeatureList.tsx';
import { LocationsMeter } from './LocationsMeter.tsx';
import { TierBadge } from './TierBadge.tsx';
import { TierEmblem } from './TierEmblem.tsx';
import styles from './TierOverview.module.css';
import type { TierAccess } from './tier-access.ts';
import { tierHue } from './tier-hue.ts';

/** Where the vendor stands: the tier, what it includes, and how much of its locations is used. */
export function TierOverview({
  access,
  locationsUsed,
  isNew,
}: {
  access: TierAccess;
  locationsUsed: number;
  isNew: boolean;
}) {
  const { overview } = useMessages();
  return (
    <section className={`${styles.card} ${tierHue(access.level)}`} aria-labelledby="your-tier">
      <div className={styles.head}>
        <TierEmblem key={access.level} level={access.level} steps={access.all.length} isNew={isNew} />
        <div className={styles.title}>
          <h2 id="your-tier">{overview.yourTier}</h2>
          <p className={styles.tier} data-testid="tier-badge">
            <TierBadge level={access.badge.level} name={access.badge.name} />
          </p>
        </div>
      </div>
      <LocationsMeter access={access} used={locationsUsed} />
      <div className={styles.benefits}>
        <h3>{overview.benefits}</h3>
        <FeatureList features={access.features} columns />
        {!access.canGrow && <p className={styles.top}>{overview.topTier}</p>}
      </div>
    </section>
  );
}
