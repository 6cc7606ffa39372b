/** The order of the queue and its reversal, places in it, and the conditions for what lies beyond a place. */
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

/** Newest first, unless an address says otherwise. */
export const newestFirst: QueueSort = { field: 'created_at', order: 'DESC' };

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
  readonly target_tier: number;
}

/** Whether rows after a place can be found by an index instead of by counting from the start. */
export function isSeekable({ field }: QueueSort): boolean {
  return SEEKABLE.includes(field);
}

/** What comes after a place in this order. */
export function beyond(sort: QueueSort, place: Place): Record<string, unknown> {
  return beyondKey(sort, place[sort.field as 'created_at' | 'target_tier'], place.id);
}
