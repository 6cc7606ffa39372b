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

/**
 * Tabs of this origin over Web Locks and a broadcast channel. A rotated refresh token used twice ends the session, so
 * only the tab that holds the lock may refresh. Browsers offer locks on HTTPS and localhost only; elsewhere a tab
 * stands alone, and at worst two tabs that renew in the same instant have to sign in again.
 */
export function browserTabs(): Tabs {
  const channel = new BroadcastChannel(NAME);
  const locks = navigator.locks as LockManager | undefined;
  return {
    exclusively: <T>(work: () => Promise<T>) => (locks ? (locks.request(NAME, work) as Promise<T>) : work()),
    tell: (message) => channel.postMessage(message),
    listen: (listener) => {
      const receive = (event: MessageEvent<TabMessage>) => listener(event.data);
      channel.addEventListener('message', receive);
      return () => channel.removeEventListener('message', receive);
    },
  };
}
