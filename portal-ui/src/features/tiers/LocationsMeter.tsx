import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './LocationsMeter.module.css';
import type { TierAccess } from './tier-access.ts';

/** How many locations are used of those the tier covers. Its colours are those of the tier around it. */
export function LocationsMeter({ access, used }: { access: TierAccess; used: number }) {
  const { overview } = useMessages();
  const { left } = access.locationRoom(used);
  const max = access.maxLocations;
  const share = max === null || max === 0 ? 0 : Math.min(1, used / max);
  return (
    <div className={styles.locations}>
      <p className={styles.used}>
        <Icon name="pin" />
        {max === null ? overview.locationsUnlimited(used) : overview.locationsUsed(used, max)}
      </p>
      {max !== null && (
        // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be coloured alike in all browsers
        <div
          className={styles.meter}
          role="meter"
          aria-label={overview.locations}
          aria-valuemin={0}
          aria-valuemax={max}
          aria-valuenow={Math.min(used, max)}
          aria-valuetext={overview.locationsUsed(used, max)}
        >
          <div style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <p className={styles.room}>
        {left === null
          ? overview.locationsNoLimit
          : left < 0
            ? overview.locationsOver(-left)
            : left === 0
              ? overview.locationsFull
              : overview.locationsLeft(left)}
      </p>
    </div>
  );
}
