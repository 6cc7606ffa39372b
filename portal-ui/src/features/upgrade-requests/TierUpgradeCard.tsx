import { useEffect, useRef } from 'react';
import { tierUpgradeAnchor } from '../../app/paths.ts';
import { Button } from '../../components/Button.tsx';
import { reviewSpan } from '../../lib/time.ts';
import { useMessages } from '../../messages/messages.tsx';
import { FeatureList } from '../tiers/FeatureList.tsx';
import { TierEmblem } from '../tiers/TierEmblem.tsx';
import type { TierAccess } from '../tiers/tier-access.ts';
import { tierHue } from '../tiers/tier-hue.ts';
import styles from './TierUpgradeCard.module.css';

/** Props of the card that invites to ask for more. */
export interface TierUpgradeCardProps {
  access: TierAccess;
  /** Median hours to an answer; null while there are too few to promise anything. */
  reviewHours: number | null;
  hasDraft: boolean;
  /** A request was withdrawn a moment ago from here, so the reader's place is here now. */
  takesFocus: boolean;
  onAsk: () => void;
}

/** What the next tier would bring, and the way to ask for it. */
export function TierUpgradeCard({ access, reviewHours, hasDraft, takesFocus, onAsk }: TierUpgradeCardProps) {
  const messages = useMessages();
  const { upgrade } = messages;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const [next, ...further] = access.higher;
  if (!next) return null;
  return (
    <section
      id={tierUpgradeAnchor}
      className={`${styles.card} ${tierHue(next.level)}`}
      aria-labelledby="tier-upgrade-heading"
    >
      <TierEmblem level={next.level} steps={access.all.length} />
      <div className={styles.body}>
        <h2 id="tier-upgrade-heading" ref={heading} tabIndex={-1}>
          {upgrade.heading(next.name)}
        </h2>
        <FeatureList features={next.adds} columns />
        {further.length > 0 && (
          <p className={styles.more}>
            {upgrade.more(
              listOf(
                further.map(({ name }) => name),
                messages.locale,
              ),
            )}
          </p>
        )}
        <div className={styles.act}>
          <Button kind="primary" onClick={onAsk}>
            {hasDraft ? upgrade.resumeDraft : upgrade.ask}
          </Button>
          <p className={styles.hint}>
            {hasDraft
              ? upgrade.draftWaiting
              : reviewHours !== null && upgrade.usually(reviewSpan(reviewHours, messages))}
          </p>
        </div>
      </div>
    </section>
  );
}

function listOf(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}
