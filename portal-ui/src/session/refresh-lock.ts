const lockName = 'tierline-portal-refresh';

/** Runs work while no other tab of this browser runs its own. */
export type ExclusiveRunner = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * One tab at a time. The refresh cookie is shared by all tabs and good for one use; two tabs that used it at once
 * would look like a stolen token, and the server would end the session for both.
 */
export const runExclusively: ExclusiveRunner = (work) =>
  navigator.locks ? navigator.locks.request(lockName, work) : work();

const presenceName = 'tierline-portal-tab';

/** Lets the other tabs know that this one is open, until it is closed. */
export function announceTab(): void {
  void navigator.locks?.request(presenceName, { mode: 'shared' }, () => new Promise<never>(() => {}));
}

/** True when another tab could have a session to hand over; without it a lone tab need not wait for an answer. */
export async function otherTabsAreOpen(): Promise<boolean> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return held.filter((lock) => lock.name === presenceName).length > 1;
}
