import { useQuery, useSubscription } from '@apollo/client/react';
import { historyPageSize } from '../features/upgrade-requests/RequestHistory.tsx';
import { graphql } from '../gql/gql.ts';

/** What the dashboard shows of the vendor; the query and the live query read the very same. */
export const DashboardVendorDocument = graphql(`
  fragment DashboardVendor on vendors {
    id
    tier
    ...AccountVendor
    email
    locations(order_by: [{ created_at: desc }, { id: desc }], limit: 3) {
      ...Location
    }
    locations_aggregate {
      aggregate {
        count
      }
    }
    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {
      ...UpgradeRequest
    }
    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {
      ...UpgradeRequest
    }
    requests_aggregate {
      aggregate {
        count
      }
    }
  }
`);

const DashboardDocument = graphql(`
  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {
    vendors_by_pk(id: $vendorId) {
      ...DashboardVendor
    }
    feature_flags(where: { key: { _eq: "tier_upgrade_requests" } }) {
      key
    }
    tier_review_time {
      median_hours
    }
  }
`);

const DashboardLiveDocument = graphql(`
  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {
    vendors_by_pk(id: $vendorId) {
      ...DashboardVendor
    }
  }
`);

const FeatureLiveDocument = graphql(`
  subscription FeatureLive {
    feature_flags(where: { key: { _eq: "tier_upgrade_requests" } }) {
      key
    }
  }
`);

/** The dashboard's data, asked for once and then kept true by live queries that write into the same cache. */
export function useDashboardData(vendorId: string, page: number) {
  const variables = { vendorId, limit: historyPageSize, offset: (page - 1) * historyPageSize };
  const { data, previousData, error, refetch } = useQuery(DashboardDocument, { variables });
  useSubscription(DashboardLiveDocument, { variables, ignoreResults: true });
  const { data: live } = useSubscription(FeatureLiveDocument);
  // While another page of the history is on its way, the rest of the dashboard stays as it is.
  const shown = data ?? previousData;
  return {
    vendor: shown?.vendors_by_pk,
    isLoaded: shown !== undefined,
    isLoadingPage: data === undefined && !error,
    /** Why another page of the history could not be fetched; the one before is still shown. */
    pageError: data === undefined ? error : undefined,
    isFeatureOn: (live?.feature_flags ?? shown?.feature_flags ?? []).length > 0,
    reviewHours: reviewHoursOf(shown?.tier_review_time[0]?.median_hours),
    error,
    refetch,
  };
}

/** Hasura may give numbers as texts, depending on how it is set up. */
function reviewHoursOf(median: number | string | null | undefined): number | null {
  const hours = Number(median ?? Number.NaN);
  return Number.isFinite(hours) ? hours : null;
}
