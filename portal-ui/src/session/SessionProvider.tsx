import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import type { SessionState, SessionUser } from './session.ts';
import type { SessionStore } from './session-store.ts';

const SessionContext = createContext<SessionStore | undefined>(undefined);

/** Makes the tab's session store available to everything below. */
export function SessionProvider({ store, children }: { store: SessionStore; children: ReactNode }) {
  return <SessionContext value={store}>{children}</SessionContext>;
}

/** The tab's session store, for signing in and out. */
export function useSessionStore(): SessionStore {
  const store = use(SessionContext);
  if (!store) throw new Error('useSessionStore needs a SessionProvider above it');
  return store;
}

/** The state of the session; renders again when it changes. */
export function useSessionState(): SessionState {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.state);
}

const UserContext = createContext<SessionUser | undefined>(undefined);

/** Says who is signed in to the pages that only exist for somebody who is. */
export const SessionUserProvider = UserContext;

/** Who is signed in, on the pages behind the sign-in. */
export function useSessionUser(): SessionUser {
  const user = use(UserContext);
  if (!user) throw new Error('useSessionUser is for pages behind the sign-in');
  return user;
}
