import { useRef, useState } from 'react';
import { type CalmRows, takeInCalmly } from './calm-rows.ts';

interface Identified {
  readonly id: string;
}

interface Seen<Row> extends CalmRows<Row> {
  readonly view: string;
  readonly shows: number;
  readonly incoming: readonly Row[];
  readonly ids: ReadonlySet<string>;
  readonly arrivals: ReadonlySet<string>;
}

/** The rows to show, and what came in while one was looking. */
export interface CalmView<Row> extends CalmRows<Row> {
  /** The shown rows that came in while this view was on screen. */
  readonly arrivals: ReadonlySet<string>;
  /** Shows what is held back. */
  readonly show: () => void;
}

const none: ReadonlySet<string> = new Set();

/**
 * Keeps the rows of a view (its filter, sort and page) where they are while others come in. The first rows of a view are
 * no arrivals; rows of another view, on screen until this one's arrive, are passed through.
 */
export function useCalmRows<Row extends Identified>(
  view: string,
  incoming: readonly Row[],
  isOfAnotherView: boolean,
): CalmView<Row> {
  const seen = useRef<Seen<Row>>(undefined);
  const [shows, setShows] = useState(0);
  const show = () => setShows((before) => before + 1);
  if (isOfAnotherView) return { rows: incoming, held: [], arrivals: none, show };
  const before = seen.current;
  if (!before || before.view !== view) {
    const ids = new Set(incoming.map((row) => row.id));
    seen.current = { view, shows, incoming, rows: incoming, held: [], ids, arrivals: none };
  } else if (before.incoming !== incoming || before.shows !== shows) {
    const calm: CalmRows<Row> =
      before.shows === shows ? takeInCalmly(before.rows, incoming) : { rows: incoming, held: [] };
    const fresh = calm.rows.map((row) => row.id).filter((id) => !before.ids.has(id));
    seen.current = {
      view,
      shows,
      incoming,
      ...calm,
      ids: new Set([...before.ids, ...fresh]),
      arrivals: fresh.length > 0 ? new Set([...before.arrivals, ...fresh]) : before.arrivals,
    };
  }
  const { rows, held, arrivals } = seen.current ?? { rows: incoming, held: [], arrivals: none };
  return { rows, held, arrivals, show };
}
