import { useStore } from 'ra-core';
import { useCallback, useEffect, useRef } from 'react';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';

/**
 * The row that the keyboard is on. It is remembered by id, so that rows coming and going do not move it, and kept for
 * the way back from a request.
 */
export interface RowFocus {
  readonly focusedId: string | undefined;
  readonly move: (step: 1 | -1) => void;
  readonly set: (id: string) => void;
}

/** Keeps a keyboard position among rows. */
export function useRowFocus(rows: readonly UpgradeRequestRow[]): RowFocus {
  const [wanted, setWanted] = useStore<string | undefined>(`${REQUESTS}.focusedRow`);
  const index = rows.findIndex((row) => row.id === wanted);
  const move = useCallback(
    (step: 1 | -1) => {
      const from = index === -1 ? (step === 1 ? -1 : rows.length) : index;
      const to = Math.min(rows.length - 1, Math.max(0, from + step));
      const id = rows[to]?.id;
      setWanted(id);
      if (id) document.getElementById(rowElementId(id))?.scrollIntoView({ block: 'nearest' });
    },
    [rows, index, setWanted],
  );
  const hasArrived = useRef(false);
  // Back from a request: to the row one had opened, wherever in the list it is.
  useEffect(() => {
    if (hasArrived.current || rows.length === 0) return;
    hasArrived.current = true;
    if (!wanted) return;
    // After the effects of what is around the list: react-admin goes to the top of an address that paging led to.
    requestAnimationFrame(() =>
      document.getElementById(rowElementId(wanted))?.scrollIntoView({ block: 'nearest' }),
    );
  }, [rows, wanted]);
  return { focusedId: index === -1 ? undefined : wanted, move, set: setWanted };
}

/** The DOM id of a row, for scrolling to it. */
export function rowElementId(id: string): string {
  return `request-${id}`;
}
