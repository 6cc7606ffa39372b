import { useSyncExternalStore } from 'react';
import { authApi } from './auth-api.ts';
import { createSession } from './session.ts';
import { browserTabs } from './tabs.ts';
import type { SessionState } from './types.ts';

/** The session of this tab. */
export const session = createSession(authApi, browserTabs());

/** The session's state, followed as it changes. */
export function useSessionState(): SessionState {
  return useSyncExternalStore(session.subscribe, session.getState);
}

/** Sleeping machines stop timers: look again when the page is back, or the network is. */
export function renewOnReturn(): void {
  const renew = () => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return;
    const { status } = session.getState();
    if (status === 'unreachable') void session.start();
    // A session that ended shows itself through the state; there is nothing else to do about it here.
    else if (status === 'signed-in') session.getAccessToken().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', renew);
  window.addEventListener('online', renew);
}
