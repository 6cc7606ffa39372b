import { useCallback } from 'react';
import { useText } from '../i18n/use-text.ts';
import { type Tier, useQueueOverview } from './useQueueOverview.ts';

/** Looks tiers up by level; until they have arrived, a tier goes by its number. */
export function useTiers(): {
  readonly tiers: readonly Tier[];
  readonly find: (level: number) => Tier | undefined;
  readonly name: (level: number) => string;
} {
  const text = useText();
  const tiers = useQueueOverview().data?.tiers ?? noTiers;
  const find = useCallback((level: number) => tiers.find((tier) => tier.level === level), [tiers]);
  const name = useCallback(
    (level: number) => find(level)?.name ?? text('tier.unnamed', { level }),
    [find, text],
  );
  return { tiers, find, name };
}

const noTiers: readonly Tier[] = [];
