import { useSyncExternalStore } from 'react';

let open = 0;
const listeners = new Set<() => void>();

function change(by: number): void {
  open += by;
  for (const listener of listeners) listener();
}

/** Notes that a modal dialog is open; the returned function notes that it is closed again. */
export function noteOpenDialog(): () => void {
  change(1);
  return () => change(-1);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a modal dialog lies over the page: what is below can be neither read out nor clicked. */
export function useIsDialogOpen(): boolean {
  return useSyncExternalStore(subscribe, () => open > 0);
}
