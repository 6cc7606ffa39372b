/** The order of the queue and its reversal, places in it, and the conditions for what lies beyond a place. */

type Direction = 'ASC' | 'DESC';

/** What the queue is sorted by. */
export interface QueueSort {
  readonly field: string;
  readonly order: Direction;
}

/** What the queue can be sorted by; anything else in an address means the newest first. */
const SORT_FIELDS: readonly unknown[] = ['vendor.name', 'target_tier', 'status', 'created_at', 'reviewed_at'];

/** Those of them that a page can start after: in an index, and never null. */
const SEEKABLE: readonly string[] = ['created_at', 'target_tier'];

/** Newest first, unless an address says otherwise. */
export const newestFirst: QueueSort = { field: 'created_at', order: 'DESC' };

/** Reads a sort order from an address or from what react-admin remembers. */
export function readSort(
  sort: { readonly field?: unknown; readonly order?: unknown } | undefined,
): QueueSort {
  if (!SORT_FIELDS.includes(sort?.field)) return newestFirst;
  return { field: String(sort?.field), order: sort?.order === 'ASC' ? 'ASC' : 'DESC' };
}

/** The same order from the other end. */
export function reverse({ field, order }: QueueSort): QueueSort {
  return { field, order: order === 'ASC' ? 'DESC' : 'ASC' };
}

/** As `order_by`; the id settles equal values, so that rows keep their places from page to page. */
export function toOrderBy({ field, order }: QueueSort): Record<string, unknown>[] {
  const direction = order === 'ASC' ? 'asc' : 'desc';
  const first =
    field === 'vendor.name'
      ? { vendor: { name: direction } }
      : ({ [field]: direction } as Record<string, unknown>);
  return [first, { id: direction }];
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

/**
 * What comes after a place in this order. The first condition repeats what the second implies, in the form that an index
 * can start from; `or` alone would be checked row by row from the very first one.
 */
export function beyond({ field, order }: QueueSort, place: Place): Record<string, unknown> {
  const operator = order === 'ASC' ? '_gt' : '_lt';
  const value = place[field as 'created_at' | 'target_tier'];
  return {
    _and: [
      { [field]: { [`${operator}e`]: value } },
      { _or: [{ [field]: { [operator]: value } }, { id: { [operator]: place.id } }] },
    ],
  };
}
