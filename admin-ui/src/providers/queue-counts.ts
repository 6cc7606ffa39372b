import { type RequestStatus, statusOrder } from '@tierline/design';
import type { QueuePageQuery } from '../gql/graphql.ts';
import { COUNT_LIMIT, type Count } from './count-limit.ts';

/** How many requests there are of each status. */
export type StatusCounts = Readonly<Record<RequestStatus, number>>;

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

/** The counts that came with a page of a narrowed queue. */
export function readCounts(page: QueuePageQuery): QueueCounts {
  const countIn = (status: RequestStatus) => page[status]?.aggregate?.count ?? 0;
  const counts = {
    pending: countIn('pending'),
    approved: countIn('approved'),
    rejected: countIn('rejected'),
    cancelled: countIn('cancelled'),
  };
  return { counts, limit: COUNT_LIMIT };
}
