import { changePassword, login, logout, refresh } from './auth-api.ts';
import { readCsrfToken } from './cookies.ts';
import { awaitInterruptedRefresh, markRefreshUnderWay } from './interrupted-refresh.ts';
import { announceTab, otherTabsAreOpen, runExclusively } from './refresh-lock.ts';
import { openSessionChannel } from './session-channel.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';

/** The session store of a real browser tab. */
export function createBrowserSession(): SessionStore {
  void announceTab();
  return createSessionStore({
    login,
    refresh,
    logout,
    changePassword,
    hasSessionCookie: () => readCsrfToken() !== undefined,
    runExclusively,
    otherTabsAreOpen,
    awaitInterruptedRefresh,
    markRefreshUnderWay,
    channel: openSessionChannel(),
  });
}
