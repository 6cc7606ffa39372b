import { useListContext } from 'ra-core';
import { type QueueFilter, readQueueFilter } from '../providers/filters.ts';

type FilterChange = { readonly [Key in keyof QueueFilter]?: QueueFilter[Key] | undefined };

/** The queue's filter and a way to change parts of it; `undefined` takes a part away. */
export function useQueueFilter(): readonly [QueueFilter, (change: FilterChange) => void] {
  const { filterValues, setFilters } = useListContext();
  const filter = readQueueFilter(filterValues);
  const change = (next: FilterChange) => {
    const merged = Object.entries({ ...filter, ...next });
    setFilters(
      Object.fromEntries(merged.filter(([, value]) => value !== undefined && value !== '')),
      undefined,
      false,
    );
  };
  return [filter, change];
}
