import { toTierLevel } from '@tierline/design';
import styles from './TierBadge.module.css';

/** The class that gives an element and all below it the colours of a tier (`--tier-text`, `--tier-background`, …). */
export function tierHue(level: number): string {
  return styles[`tier${toTierLevel(level)}`] ?? '';
}
