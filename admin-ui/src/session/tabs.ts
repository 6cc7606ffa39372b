import type { Grant } from './types.ts';

/** What tabs tell each other. `ask` is answered with `grant` by any tab that has one. */
export type TabMessage =
  | { readonly type: 'ask' }
  | { readonly type: 'grant'; readonly grant: Grant }
  | { readonly type: 'ended'; readonly by: 'person' | 'server' };

/** The other tabs of this app: one lock between them, and a way to talk. */
export interface Tabs {
  /** Runs the work while no other tab runs its own. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  tell(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): () => void;
}

const NAME = 'tierline-admin-session';

/** The line to the other tabs; undefined in a browser that has none or refuses to open it. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return undefined;
  }
}

/** The browser's locks; undefined where there are none (plain HTTP) or where it refuses them. */
function findLocks(): LockManager | undefined {
  try {
    return navigator.locks as LockManager | undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tabs of this origin over Web Locks and a broadcast channel. A rotated refresh token used twice ends the session, so
 * only the tab that holds the lock may refresh. A browser without locks or channel has tabs that stand alone, and at
 * worst two tabs that renew in the same instant have to sign in again.
 */
export function browserTabs(): Tabs {
  const channel = openChannel();
  return {
    exclusively: (work) => runAlone(findLocks(), work),
    tell: (message) => channel?.postMessage(message),
    listen: (listener) => {
      const receive = (event: MessageEvent<TabMessage>) => listener(event.data);
      channel?.addEventListener('message', receive);
      return () => channel?.removeEventListener('message', receive);
    },
  };
}

/** Runs the work under the lock; without one where the browser refuses it, but never twice. */
async function runAlone<T>(locks: LockManager | undefined, work: () => Promise<T>): Promise<T> {
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return work();
  };
  if (!locks) return begin();
  try {
    return await (locks.request(NAME, begin) as Promise<T>);
  } catch (error) {
    if (hasBegun) throw error;
    return begin();
  }
}
