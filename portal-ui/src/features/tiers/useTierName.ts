import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { TiersDocument } from './useTierAccess.ts';

/** The name of a tier, for texts about tiers other than the vendor's own; undefined until the table is read. */
export function useTierName(): (level: number) => string | undefined {
  const { data } = useQuery(TiersDocument);
  return useCallback((level) => data?.tiers.find((tier) => tier.level === level)?.name, [data]);
}
