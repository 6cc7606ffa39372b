import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { dashboardParams } from '../app/paths.ts';

type Param = keyof typeof dashboardParams;

/** What the address says about the dashboard: open dialogs and the page of the history. */
export function useDashboardLinks() {
  const [search, setSearch] = useSearchParams();

  const change = useCallback(
    (changes: Partial<Record<Param, string | null>>, options?: { replace: boolean }) => {
      setSearch((before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      }, options);
    },
    [setSearch],
  );

  const closeDialogs = useCallback(
    () => change({ ask: null, again: null, cancel: null }, { replace: true }),
    [change],
  );

  return useMemo(() => {
    const ask = search.get(dashboardParams.ask);
    const page = Number(search.get(dashboardParams.page) ?? 1);
    return {
      isAsking: ask !== null,
      wantedTier: ask ? Number(ask) || null : null,
      again: search.get(dashboardParams.again),
      cancel: search.get(dashboardParams.cancel),
      answer: search.get(dashboardParams.answer),
      // The highest offset that still fits an Int of GraphQL; a link may say anything.
      page: Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
      change,
      closeDialogs,
    };
  }, [search, change, closeDialogs]);
}
