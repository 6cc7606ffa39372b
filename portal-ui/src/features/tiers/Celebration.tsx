import { Button } from '../../components/Button.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './Celebration.module.css';
import { FeatureList } from './FeatureList.tsx';
import type { TierAccess } from './tier-access.ts';
import { tierHue } from './tier-hue.ts';

/** A quiet moment of delight: what has just opened up, until the reader has seen it. */
export function Celebration({
  access,
  since,
  onDismiss,
}: {
  access: TierAccess;
  since: number;
  onDismiss: () => void;
}) {
  const { live } = useMessages();
  return (
    <section className={`${styles.card} ${tierHue(access.level)}`} aria-labelledby="celebration">
      <h2 id="celebration">{live.celebrateTitle(access.name)}</h2>
      <p>{live.celebrateBody}</p>
      <FeatureList features={access.gainedSince(since)} columns />
      <div>
        <Button small onClick={onDismiss}>
          {live.dismiss}
        </Button>
      </div>
    </section>
  );
}
