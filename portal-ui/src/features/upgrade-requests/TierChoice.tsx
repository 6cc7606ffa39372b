import { useMessages } from '../../messages/messages.tsx';
import { FeatureList } from '../tiers/FeatureList.tsx';
import { TierBadge } from '../tiers/TierBadge.tsx';
import type { HigherTier } from '../tiers/tier-access.ts';
import { tierHue } from '../tiers/tier-hue.ts';
import styles from './TierChoice.module.css';

/** Props of the choice between the tiers above one's own. */
export interface TierChoiceProps {
  own: string;
  tiers: readonly HigherTier[];
  chosen: number;
  onChoose: (level: number) => void;
  /** Whether a form that opens begins here. */
  isFirst: boolean;
}

/** One card a tier, with what it adds; a group of radio buttons to the keyboard and to screen readers. */
export function TierChoice({ own, tiers, chosen, onChoose, isFirst }: TierChoiceProps) {
  const { dialog } = useMessages();
  return (
    <fieldset className={styles.choice}>
      <legend>{dialog.tierLegend}</legend>
      <div className={styles.cards}>
        {tiers.map((tier) => (
          <label key={tier.level} className={`${styles.card} ${tierHue(tier.level)}`}>
            <input
              type="radio"
              name="target-tier"
              value={tier.level}
              checked={tier.level === chosen}
              onChange={() => onChoose(tier.level)}
              aria-label={tier.name}
              aria-describedby={`adds-${tier.level}`}
              data-autofocus={(isFirst && tier.level === chosen) || undefined}
            />
            <TierBadge level={tier.level} name={tier.name} />
            <span id={`adds-${tier.level}`} className={styles.adds}>
              <span className="visually-hidden">{dialog.adds(own)}</span>
              <FeatureList features={tier.adds} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
