import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type RequestStatus, statusOrder } from '@tierline/design';
import { QueueCountsDocument, type QueueCountsQuery } from '../gql/graphql.ts';
import { COUNT_LIMIT, type Count } from '../providers/count-limit.ts';
import { type QueueFilter, toBoolExp } from '../providers/filters.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';
import { withVendorsNamed } from '../providers/vendors-named.ts';
import { OVERVIEW_AGE, OVERVIEW_KEY, type StatusCounts, useQueueOverview } from './useQueueOverview.ts';

/** Counts for the tabs; `limit` where none was counted further. */
export interface QueueCounts {
  readonly counts: StatusCounts;
  readonly limit: number | null;
}

/** How many requests a tab holds, all of them without a status. */
export function countOf({ counts, limit }: QueueCounts, status: RequestStatus | undefined): Count {
  const count = status ? counts[status] : statusOrder.reduce((sum, each) => sum + counts[each], 0);
  return limit !== null && count > limit ? { count: limit, isMore: true } : { count, isMore: false };
}

function countIn(found: { readonly aggregate: { readonly count: number } | null }): number {
  return found.aggregate?.count ?? 0;
}

function toCounts(data: QueueCountsQuery): StatusCounts {
  return {
    pending: countIn(data.pending),
    approved: countIn(data.approved),
    rejected: countIn(data.rejected),
    cancelled: countIn(data.cancelled),
  };
}

/**
 * What the tabs hold under a filter, its status apart; undefined until it is known. Without a filter the overview
 * knows it already, and exactly.
 */
export function useQueueCounts(filter: QueueFilter): QueueCounts | undefined {
  const client = useGraphQLClient();
  const where = toBoolExp(filter);
  const isNarrowed = Object.keys(where).length > 0;
  const overview = useQueueOverview();
  const narrowed = useQuery({
    queryKey: [OVERVIEW_KEY, where],
    queryFn: async ({ signal }) => {
      const counted = toBoolExp(filter, await withVendorsNamed(client, filter.q));
      return toCounts(
        await client.run(QueueCountsDocument, { filter: counted, countTo: COUNT_LIMIT + 1 }, signal),
      );
    },
    enabled: isNarrowed,
    placeholderData: keepPreviousData,
    staleTime: OVERVIEW_AGE,
    retry: false,
  });
  if (!isNarrowed) return overview.data && { counts: overview.data.counts, limit: null };
  return narrowed.data && { counts: narrowed.data, limit: COUNT_LIMIT };
}
