import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type RequestStatus, statusOrder } from '@tierline/design';
import { QueueOverviewDocument, type QueueOverviewQuery } from '../gql/graphql.ts';
import { type QueueFilter, toBoolExp } from '../providers/filters.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';

/** The first part of the query key; live updates mark everything under it as old. */
export const OVERVIEW_KEY = 'queue-overview';

/** Counting stops here: more than that is only ever "more than 10,000". */
export const COUNT_LIMIT = 10_000;

/** A tier as the console needs it. */
export interface Tier {
  readonly level: number;
  readonly name: string;
  /** Null: as many as they like. */
  readonly maxLocations: number | null;
  readonly features: readonly string[];
}

/** What stands around the queue: tiers, counts, and what to open next. */
export interface QueueOverview {
  readonly tiers: readonly Tier[];
  readonly waiting: number;
  /** The pending requests that wait longest, two of them, since one may be open already. */
  readonly nextIds: readonly string[];
  /** One more than `COUNT_LIMIT` stands for any number above it. */
  readonly counts: Readonly<Record<RequestStatus, number>>;
}

function count(aggregate: { readonly aggregate: { readonly count: number } | null }): number {
  return aggregate.aggregate?.count ?? 0;
}

function toOverview(data: QueueOverviewQuery): QueueOverview {
  return {
    tiers: data.tiers.map((tier) => ({
      level: tier.level,
      name: tier.name,
      maxLocations: tier.max_locations ?? null,
      features: Array.isArray(tier.features) ? tier.features.map(String) : [],
    })),
    waiting: count(data.waiting),
    nextIds: data.next.map((request) => request.id),
    counts: {
      pending: count(data.pending),
      approved: count(data.approved),
      rejected: count(data.rejected),
      cancelled: count(data.cancelled),
    },
  };
}

/** How many requests a tab holds, all of them without a status; above `COUNT_LIMIT` only that it is more. */
export function countOf(counts: QueueOverview['counts'], status: RequestStatus | undefined): number {
  return status ? counts[status] : statusOrder.reduce((sum, each) => sum + counts[each], 0);
}

const unfiltered: QueueFilter = {};

/** Tiers and counts, under a filter or for everything. One operation, shared by all components that ask alike. */
export function useQueueOverview(filter: QueueFilter = unfiltered) {
  const client = useGraphQLClient();
  const where = toBoolExp(filter);
  return useQuery({
    queryKey: [OVERVIEW_KEY, where],
    queryFn: async ({ signal }) =>
      toOverview(
        await client.run(QueueOverviewDocument, { filter: where, countTo: COUNT_LIMIT + 1 }, signal),
      ),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
}
