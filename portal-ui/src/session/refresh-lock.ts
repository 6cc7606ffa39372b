const lockName = 'tierline-portal-refresh';

/** Runs work while no other tab of this browser runs its own. */
export type ExclusiveRunner = <T>(work: () => Promise<T>) => Promise<T>;

/** Undefined where the browser has no locks, or does not let this page have them. */
function locksOfBrowser(): LockManager | undefined {
  try {
    return navigator.locks;
  } catch {
    return undefined;
  }
}

/**
 * One tab at a time. The refresh cookie is shared by all tabs and good for one use; two tabs that used it at once
 * would look like a stolen token, and the server would end the session for both. Without locks the work is done all the
 * same: tabs seldom renew at the same moment.
 */
export const runExclusively: ExclusiveRunner = async (work) => {
  const locks = locksOfBrowser();
  if (!locks) return work();
  let hasBegun = false;
  try {
    return await locks.request(lockName, () => {
      hasBegun = true;
      return work();
    });
  } catch (error) {
    // Of the work, not of the lock.
    if (hasBegun) throw error;
    return work();
  }
};

const presenceName = 'tierline-portal-tab';

/** Lets the other tabs know that this one is open, until it is closed. */
export async function announceTab(): Promise<void> {
  try {
    await locksOfBrowser()?.request(presenceName, { mode: 'shared' }, () => new Promise<never>(() => {}));
  } catch {
    // Then nobody waits for this tab, and it looks after itself.
  }
}

/** True when another tab could have a session to hand over; without it a lone tab need not wait for an answer. */
export async function otherTabsAreOpen(): Promise<boolean> {
  try {
    const held = (await locksOfBrowser()?.query())?.held;
    // Who cannot know asks, which costs a moment.
    return held === undefined || held.filter((lock) => lock.name === presenceName).length > 1;
  } catch {
    return true;
  }
}
