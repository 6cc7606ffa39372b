import { useListContext } from 'ra-core';
import { useFilterChange } from '../list/useFilterChange.ts';
import { type QueueFilter, readQueueFilter } from '../providers/filters.ts';

/** The queue's filter and a way to change parts of it; `undefined` takes a part away. */
export function useQueueFilter() {
  const { filterValues } = useListContext();
  const change = useFilterChange<QueueFilter>(readQueueFilter);
  return [readQueueFilter(filterValues), change] as const;
}
