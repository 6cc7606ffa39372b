/** The order of the queue and its reversal, places in it, and the conditions for what lies beyond a place. */
import type { RequestStatus } from '@tierline/design';
import { beyondKey, type Sort } from './keyset.ts';

/** What the queue is sorted by. */
export type QueueSort = Sort;

/** What the queue can be sorted by; anything else in an address means the newest first. */
export const SORT_FIELDS: readonly string[] = [
  'vendor.name',
  'target_tier',
  'status',
  'created_at',
  'reviewed_at',
];

/** Those of them that a page can start after: in an index, and never null. */
const SEEKABLE: readonly string[] = ['created_at', 'target_tier'];

/** By when it was asked for, the newest first: the order wherever nobody waits. */
export const newestFirst: QueueSort = { field: 'created_at', order: 'DESC' };

/** Who waits longest first: fair to those who wait, and calm, since what comes in goes to the end. */
export const longestWaitingFirst: QueueSort = { field: 'created_at', order: 'ASC' };

const lastDecidedFirst: QueueSort = { field: 'reviewed_at', order: 'DESC' };

/** The order of the requests of a status (undefined: of all of them), unless an address says otherwise. */
export function usualOrder(status: RequestStatus | undefined): QueueSort {
  if (status === 'pending') return longestWaitingFirst;
  return isDecided(status) ? lastDecidedFirst : newestFirst;
}

/** Whether two orders are the same. */
export function isSameOrder(one: QueueSort, other: QueueSort): boolean {
  return one.field === other.field && one.order === other.order;
}

/** Reads a sort order from an address or from what react-admin remembers. */
export function readSort(
  sort: { readonly field?: unknown; readonly order?: unknown } | undefined,
): QueueSort {
  if (!SORT_FIELDS.some((field) => field === sort?.field)) return newestFirst;
  return { field: String(sort?.field), order: sort?.order === 'ASC' ? 'ASC' : 'DESC' };
}

/** The same order from the other end. */
export function reverse({ field, order }: QueueSort): QueueSort {
  return { field, order: order === 'ASC' ? 'DESC' : 'ASC' };
}

/**
 * As `order_by`; what follows the first settles equal values, so that rows keep their places from page to page. Within a
 * status the newest come first, or last, as an index has them; what is undecided comes after every decision.
 */
export function toOrderBy({ field, order }: QueueSort): Record<string, unknown>[] {
  const direction = order === 'ASC' ? 'asc' : 'desc';
  const id = { id: direction };
  if (field === 'vendor.name') return [{ vendor: { name: direction } }, id];
  if (field === 'reviewed_at') return [{ reviewed_at: order === 'ASC' ? 'asc' : 'desc_nulls_last' }, id];
  if (field === 'status') {
    const opposite = order === 'ASC' ? 'desc' : 'asc';
    return [{ status: direction }, { created_at: opposite }, { id: opposite }];
  }
  return [{ [field]: direction }, id];
}

/** A place in the order: the row at it. */
export interface Place {
  readonly id: string;
  readonly created_at: string;
  readonly reviewed_at: string | null;
  readonly target_tier: number;
}

/** A place together with what only the search for neighbours goes by. */
export interface NeighbourPlace extends Place {
  readonly vendor: { readonly name: string };
}

/**
 * The order in which a request has neighbours, for the order of a list: the same, but that of `status` says nothing within one
 * status, and what was never decided has no place among decisions.
 */
export function neighbourOrder(
  sort: QueueSort,
  status: RequestStatus | undefined,
  place: NeighbourPlace,
): QueueSort {
  if (sort.field === 'status') return status === undefined ? newestFirst : flipTo('created_at', sort);
  if (sort.field !== 'reviewed_at') return sort;
  return isDecided(status) && place.reviewed_at !== null
    ? sort
    : usualOrder(isDecided(status) ? undefined : status);
}

function flipTo(field: string, sort: QueueSort): QueueSort {
  return { ...reverse(sort), field };
}

/** What comes after a place in any order that has neighbours. */
export function beyondNeighbour(sort: QueueSort, place: NeighbourPlace): Record<string, unknown> {
  if (sort.field !== 'vendor.name') return beyond(sort, place);
  const operator = sort.order === 'ASC' ? '_gt' : '_lt';
  const { name } = place.vendor;
  return {
    _or: [
      { vendor: { name: { [operator]: name } } },
      { _and: [{ vendor: { name: { _eq: name } } }, { id: { [operator]: place.id } }] },
    ],
  };
}

/** Whether rows after a place can be found by an index instead of by counting from the start. */
export function isSeekable({ field }: QueueSort, status?: RequestStatus): boolean {
  return SEEKABLE.includes(field) || (field === 'reviewed_at' && isDecided(status));
}

/** Whether every request of a status has been decided, and has the moment when. */
export function isDecided(status: RequestStatus | undefined): boolean {
  return status === 'approved' || status === 'rejected';
}

/** What comes after a place in this order. */
export function beyond(sort: QueueSort, place: Place): Record<string, unknown> {
  return beyondKey(sort, place[sort.field as 'created_at' | 'target_tier' | 'reviewed_at'], place.id);
}
