import { useCallback } from 'react';
import { usePreference } from '../preferences/usePreference.ts';
import { defaultColumns, optionalColumns } from './queue-columns.tsx';
import { useQueueFilter } from './useQueueFilter.ts';

interface Columns {
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  readonly exact: boolean;
}

function readColumns(stored: unknown): Columns {
  const { chosen, exact } = (stored ?? {}) as { readonly chosen?: unknown; readonly exact?: unknown };
  const known = Object.entries(chosen ?? {}).flatMap(([tab, keys]) =>
    Array.isArray(keys)
      ? [[tab, optionalColumns.map(({ key }) => key).filter((key) => keys.includes(key))] as const]
      : [],
  );
  return { chosen: Object.fromEntries(known), exact: exact === true };
}

/** Which columns the present tab shows, and how it writes times; remembered for each person. */
export function useColumns() {
  const [filter] = useQueueFilter();
  const [{ chosen, exact }, setColumns] = usePreference('queue-columns', readColumns);
  const tab = filter.status ?? 'all';
  const keys = (Object.hasOwn(chosen, tab) && chosen[tab]) || defaultColumns(tab);
  const toggle = useCallback(
    (key: string) => {
      const next = keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key];
      setColumns({ exact, chosen: { ...chosen, [tab]: next } });
    },
    [chosen, exact, keys, setColumns, tab],
  );
  const toggleExact = () => setColumns({ chosen, exact: !exact });
  const reset = () => {
    const { [tab]: _, ...others } = chosen;
    setColumns({ exact: false, chosen: others });
  };
  return { keys, exact, toggle, toggleExact, reset };
}
