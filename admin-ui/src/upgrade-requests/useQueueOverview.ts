import { useQuery } from '@tanstack/react-query';
import { QueueOverviewDocument, type QueueOverviewQuery } from '../gql/graphql.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';
import type { StatusCounts } from '../providers/queue-counts.ts';

/** The first part of the query keys; live updates mark everything under it as old. */
export const OVERVIEW_KEY = 'queue-overview';

/** How long, in ms, what stands around the queue is taken as it was; live updates are quicker. */
export const OVERVIEW_AGE = 10_000;

/** A tier as the console needs it. */
export interface Tier {
  readonly level: number;
  readonly name: string;
  /** Null: as many as they like. */
  readonly maxLocations: number | null;
  readonly features: readonly string[];
}

/** What stands around the queue: tiers, how many requests there are, and what to open next. */
export interface QueueOverview {
  readonly tiers: readonly Tier[];
  /** The pending requests that wait longest, two of them, since one may be open already. */
  readonly nextIds: readonly string[];
  readonly counts: StatusCounts;
  /** The newest line of the timeline by then, 0 when there is none. */
  readonly newestEvent: number;
}

interface DaySums {
  readonly aggregate: { readonly sum: { readonly count: number | null } | null } | null;
}

function total(days: DaySums): number {
  return days.aggregate?.sum?.count ?? 0;
}

function toOverview(data: QueueOverviewQuery): QueueOverview {
  const decided = {
    approved: total(data.approved),
    rejected: total(data.rejected),
    cancelled: total(data.cancelled),
  };
  const pending = total(data.submitted) - decided.approved - decided.rejected - decided.cancelled;
  return {
    tiers: data.tiers.map((tier) => ({
      level: tier.level,
      name: tier.name,
      maxLocations: tier.max_locations ?? null,
      features: Array.isArray(tier.features) ? tier.features.map(String) : [],
    })),
    nextIds: data.next.map((request) => request.id),
    counts: { pending, ...decided },
    newestEvent: data.newestEvent[0]?.id ?? 0,
  };
}

/** What stands around every page, read once for all components that ask. */
export function useQueueOverview() {
  const client = useGraphQLClient();
  return useQuery({
    queryKey: [OVERVIEW_KEY],
    queryFn: async ({ signal }) => toOverview(await client.run(QueueOverviewDocument, {}, signal)),
    staleTime: OVERVIEW_AGE,
    retry: false,
  });
}
