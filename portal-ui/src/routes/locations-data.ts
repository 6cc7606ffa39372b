import { useQuery, useSubscription } from '@apollo/client/react';
import { graphql } from '../gql/gql.ts';

/** What the page of locations shows; the query and the live query read the very same. */
export const LocationsVendorDocument = graphql(`
  fragment LocationsVendor on vendors {
    id
    tier
    ...AccountVendor
    locations(order_by: [{ name: asc }, { id: asc }]) {
      ...Location
    }
    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {
      id
      status
    }
  }
`);

const LocationsDocument = graphql(`
  query Locations($vendorId: uuid!) {
    vendors_by_pk(id: $vendorId) {
      ...LocationsVendor
    }
    feature_flags(where: { key: { _eq: "tier_upgrade_requests" } }) {
      key
    }
  }
`);

const LocationsLiveDocument = graphql(`
  subscription LocationsLive($vendorId: uuid!) {
    vendors_by_pk(id: $vendorId) {
      ...LocationsVendor
    }
  }
`);

/** The vendor's locations, asked for once and then kept true by a live query that writes into the same cache. */
export function useLocationsData(vendorId: string) {
  const variables = { vendorId };
  const { data, error, refetch } = useQuery(LocationsDocument, { variables });
  useSubscription(LocationsLiveDocument, { variables, ignoreResults: true });
  return {
    vendor: data?.vendors_by_pk,
    isLoaded: data !== undefined,
    isFeatureOn: (data?.feature_flags ?? []).length > 0,
    error,
    refetch,
  };
}
