import { useListContext } from 'ra-core';
import { isNarrowed, readQueueFilter } from '../providers/filters.ts';
import type { QueueCounts } from '../providers/queue-counts.ts';
import { useQueueOverview } from './useQueueOverview.ts';

/**
 * What the tabs hold under the list's filter, its status apart; undefined until it is known. Under a filter it comes
 * with the page of rows; without one the overview knows it already, and exactly.
 */
export function useQueueCounts(): QueueCounts | undefined {
  const { filterValues, meta } = useListContext();
  const overview = useQueueOverview().data;
  if (isNarrowed(readQueueFilter(filterValues)))
    return (meta as { counts?: QueueCounts } | undefined)?.counts;
  return overview && { counts: overview.counts, limit: null };
}
