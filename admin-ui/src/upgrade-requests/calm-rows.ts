interface Identified {
  readonly id: string;
}

/** Rows as they may be shown without moving any, and what had to wait for that. */
export interface CalmRows<Row> {
  readonly rows: readonly Row[];
  /** Rows that would have pushed others down. */
  readonly held: readonly Row[];
}

/**
 * Takes in what a list holds now without moving the rows on screen down. What came in behind them is shown; what came in among
 * or above them is held back, and so many rows as that pushed off the page's end stay as they were last seen.
 */
export function takeInCalmly<Row extends Identified>(
  shown: readonly Row[],
  incoming: readonly Row[],
): CalmRows<Row> {
  const before = new Set(shown.map(({ id }) => id));
  const now = new Set(incoming.map(({ id }) => id));
  const lastKnown = incoming.findLastIndex(({ id }) => before.has(id));
  const held = incoming.slice(0, lastKnown + 1).filter(({ id }) => !before.has(id));
  const kept = incoming.filter(({ id }) => before.has(id));
  const behind = incoming.slice(lastKnown + 1);
  if (held.length === 0) return { rows: [...kept, ...behind], held };
  const lastShown = shown.findLastIndex(({ id }) => now.has(id));
  const pushedOff = shown.slice(lastShown + 1, lastShown + 1 + held.length);
  return { rows: [...kept, ...pushedOff, ...behind], held };
}
