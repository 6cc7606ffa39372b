import type { KeyboardEvent } from 'react';

/** Whether a key sends the form around it from any of its fields: Enter with Ctrl, or with Cmd on a Mac. */
export function sendsForm(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return false;
  event.preventDefault();
  return true;
}
