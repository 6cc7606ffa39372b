import { useListContext } from 'ra-core';
import { usePreference } from '../preferences/usePreference.ts';
import { type QueueFilter, readQueueFilter } from '../providers/filters.ts';
import { newestFirst, type QueueSort, readSort } from '../providers/queue-order.ts';

/** A filter and an order under a name. */
export interface QueueView {
  readonly name: string;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
}

const MOST = 20;
export const NAME_MAX = 40;

function readViews(stored: unknown): readonly QueueView[] {
  if (!Array.isArray(stored)) return [];
  return stored.slice(0, MOST).flatMap((entry: Partial<QueueView> | null) => {
    if (typeof entry?.name !== 'string' || entry.name === '') return [];
    return [{ name: entry.name, filter: readQueueFilter(entry.filter), sort: readSort(entry.sort) }];
  });
}

/** The views a person saved for themselves, and the one on screen. */
export function useSavedViews() {
  const { filterValues, sort, setFilters, setSort } = useListContext();
  const [views, setViews] = usePreference('queue-views', readViews);
  const current = { filter: readQueueFilter(filterValues), sort: readSort(sort) };
  return {
    views,
    /** The longest-waiting first: the one view everybody wants, so it is always there. */
    longestWaiting: {
      filter: { status: 'pending' },
      sort: { field: 'created_at', order: 'ASC' },
    } satisfies Omit<QueueView, 'name'>,
    newest: { filter: { status: 'pending' }, sort: newestFirst } satisfies Omit<QueueView, 'name'>,
    isCurrent: (view: Omit<QueueView, 'name'>) =>
      sameFilter(view.filter, current.filter) &&
      view.sort.field === current.sort.field &&
      view.sort.order === current.sort.order,
    apply: (view: Omit<QueueView, 'name'>) => {
      setSort({ ...view.sort });
      setFilters({ ...view.filter }, undefined, false);
    },
    /** Saves what is on screen; a view of the same name is replaced. */
    save: (name: string) =>
      setViews([...views.filter((view) => view.name !== name), { name, ...current }].slice(-MOST)),
    remove: (name: string) => setViews(views.filter((view) => view.name !== name)),
  };
}

function sameFilter(one: QueueFilter, other: QueueFilter): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof QueueFilter>;
  return [...keys].every((key) => one[key] === other[key]);
}
