import { useRef } from 'react';
import type { UpgradeRequestRow } from './types.ts';

const MOST = 2_000;

/** Every row that was on screen, as it was last seen: a selection may span pages, and say what it is about. */
export function useSeenRows(rows: readonly UpgradeRequestRow[]): ReadonlyMap<string, UpgradeRequestRow> {
  const seen = useRef(new Map<string, UpgradeRequestRow>());
  for (const row of rows) {
    seen.current.delete(row.id);
    seen.current.set(row.id, row);
  }
  for (const oldest of seen.current.keys()) {
    if (seen.current.size <= MOST) break;
    seen.current.delete(oldest);
  }
  return seen.current;
}
