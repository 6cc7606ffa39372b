import { useRef } from 'react';

interface Identified {
  readonly id: string;
}

interface Seen {
  readonly view: string;
  readonly rows: readonly Identified[];
  readonly ids: ReadonlySet<string>;
  readonly arrivals: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/**
 * The rows that came in while this view (its filter, sort and page) was already on screen, so that they can slide in and
 * stay marked until the view changes. The first rows of a view are not arrivals.
 */
export function useArrivals(view: string, rows: readonly Identified[] | undefined): ReadonlySet<string> {
  const seen = useRef<Seen>(undefined);
  if (!rows) return none;
  const before = seen.current;
  if (!before || before.view !== view) {
    seen.current = { view, rows, ids: new Set(rows.map((row) => row.id)), arrivals: none };
  } else if (before.rows !== rows) {
    const fresh = rows.filter((row) => !before.ids.has(row.id)).map((row) => row.id);
    seen.current = {
      view,
      rows,
      ids: new Set([...before.ids, ...rows.map((row) => row.id)]),
      arrivals: fresh.length > 0 ? new Set([...before.arrivals, ...fresh]) : before.arrivals,
    };
  }
  return seen.current?.arrivals ?? none;
}
