import type { QueueFilter } from '../providers/filters.ts';
import { queuePath } from '../upgrade-requests/paths.ts';

/** The queue under a filter, newest first by the given time. */
export function queueLink(filter: QueueFilter, sort: 'created_at' | 'reviewed_at' = 'created_at'): string {
  const query = new URLSearchParams({
    filter: JSON.stringify(filter),
    sort,
    order: 'DESC',
    page: '1',
    perPage: '25',
  });
  return `${queuePath}?${query}`;
}
