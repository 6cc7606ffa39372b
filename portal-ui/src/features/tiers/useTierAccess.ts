import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { graphql } from '../../gql/gql.ts';
import { readTiers, type TierAccess, tierAccess } from './tier-access.ts';

/** Every tier with what it includes. */
export const TiersDocument = graphql(`
  query Tiers {
    tiers(order_by: { level: asc }) {
      level
      name
      max_locations
      features
    }
  }
`);

/** What is known so far of a vendor's tier. */
export interface TierAccessState {
  readonly access: TierAccess | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * Says what a vendor's tier allows, from the `tiers` table. Nothing else compares tiers: whoever wants to know whether
 * a vendor may grow, how many locations fit or what a tier adds asks here.
 */
export function useTierAccess(vendor: { readonly tier: number } | null | undefined): TierAccessState {
  const { data, error, refetch } = useQuery(TiersDocument);
  const tier = vendor?.tier;
  const access = useMemo(
    () => (data && tier !== undefined ? tierAccess(readTiers(data.tiers), tier) : undefined),
    [data, tier],
  );
  // What fails again is told by `error`.
  return { access, error, retry: () => void refetch().catch(() => undefined) };
}
