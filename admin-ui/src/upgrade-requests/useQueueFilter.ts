import { useListContext } from 'ra-core';
import { type QueueFilter, readQueueFilter } from '../providers/filters.ts';

type FilterChange = { readonly [Key in keyof QueueFilter]?: QueueFilter[Key] | undefined };

/**
 * What has been asked for since certain filter values were rendered. The address takes a moment to follow, and a
 * second change in that moment has to build on the first instead of on what is still shown.
 */
const askedFor = new WeakMap<object, QueueFilter>();

/** The queue's filter and a way to change parts of it; `undefined` takes a part away. */
export function useQueueFilter(): readonly [QueueFilter, (change: FilterChange) => void] {
  const { filterValues, setFilters } = useListContext();
  const filter = readQueueFilter(filterValues);
  const change = (next: FilterChange) => {
    const merged = Object.entries({ ...(askedFor.get(filterValues) ?? filter), ...next });
    const wanted = Object.fromEntries(merged.filter(([, value]) => value !== undefined && value !== ''));
    askedFor.set(filterValues, wanted);
    setFilters(wanted, undefined, false);
  };
  return [filter, change];
}
