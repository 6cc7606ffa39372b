import type { QueueFilter } from '../providers/filters.ts';
import { usualOrder } from '../providers/queue-order.ts';
import { queuePath } from '../upgrade-requests/paths.ts';

/** The queue under a filter, in the order that its status usually has, or the latest decisions first. */
export function queueLink(filter: QueueFilter, by?: 'reviewed_at'): string {
  const { field, order } = by ? { field: by, order: 'DESC' } : usualOrder(filter.status);
  const query = new URLSearchParams({
    filter: JSON.stringify(filter),
    sort: field,
    order,
    page: '1',
    perPage: '25',
  });
  return `${queuePath}?${query}`;
}
