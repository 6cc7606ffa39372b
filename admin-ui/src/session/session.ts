import type { AuthApi } from './auth-api.ts';
import type { Tabs } from './tabs.ts';
import type { ChangePasswordResult, Grant, SessionState, SignInResult } from './types.ts';

/** A token with less time than this left is renewed before it is used. */
const MARGIN = 10_000;
/** How long before its end a token is renewed in the background. */
const RENEW_BEFORE = 60_000;
/** How long a new tab waits for another one to hand over its token. */
const HANDOVER_WAIT = 150;
const RETRY_AFTER = 10_000;

/** The message of SessionEndedError, by which it is known again after a library has rewrapped it. */
export const SESSION_ENDED = 'Your session has ended. Please sign in again.';

/** Thrown to a caller that needs a token when there is no session to get one from. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError';
  constructor() {
    super(SESSION_ENDED);
  }
}

/** The signed-in person of this tab: state to show, and a token that is always fresh. */
export interface Session {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Tries the cookie; call once. */
  start(): Promise<void>;
  signIn(email: string, password: string): Promise<SignInResult>;
  /** `unreachable`: nobody was told, so the person is still signed in. */
  signOut(everywhere: boolean): Promise<'done' | 'unreachable'>;
  /** Every session ends, and this browser goes on with a new one. Throws SessionEndedError when there was none. */
  changePassword(current: string, next: string): Promise<ChangePasswordResult>;
  /** A token good for at least some seconds. Throws SessionEndedError. */
  getAccessToken(): Promise<string>;
  /** Gets a new token in place of one that the server no longer takes. Throws SessionEndedError. */
  replaceAccessToken(refused: string): Promise<string>;
}

/** Creates a session over its REST calls and the other tabs. */
export function createSession(api: AuthApi, tabs: Tabs): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = { status: 'checking' };
  let grant: Grant | undefined;
  let renewal: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(next: SessionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function isFresh(): boolean {
    return grant !== undefined && grant.expiresAt - Date.now() > MARGIN;
  }

  function renewIn(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void renew(grant?.accessToken), Math.max(0, milliseconds));
  }

  function accept(next: Grant): void {
    // Every tab that has a token answers a newcomer, and all tabs hear it; only a new token is news.
    if (next.accessToken === grant?.accessToken) return;
    grant = next;
    renewIn(next.expiresAt - Date.now() - RENEW_BEFORE);
    show({ status: 'signed-in', user: next.user });
  }

  function end(by: 'person' | 'server'): void {
    clearTimeout(timer);
    const user = grant?.user ?? (state.status === 'expired' ? state.user : undefined);
    grant = undefined;
    show(by === 'server' && user ? { status: 'expired', user } : { status: 'signed-out' });
  }

  tabs.listen((message) => {
    if (message.type === 'grant') accept(message.grant);
    else if (message.type === 'ended') end(message.by);
    else if (grant && isFresh()) tabs.tell({ type: 'grant', grant });
  });

  /** A tab that just opened has no token; another tab may spare it a refresh. */
  async function askOtherTabs(): Promise<void> {
    tabs.tell({ type: 'ask' });
    const until = Date.now() + HANDOVER_WAIT;
    while (!grant && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 15));
  }

  async function renewUnderLock(refused: string | undefined): Promise<void> {
    if (!grant) await askOtherTabs();
    // Another tab may have renewed while this one waited for the lock.
    if (isFresh() && grant?.accessToken !== refused) return;
    if (!api.mayHaveSession()) return end('server');
    const result = await api.refresh();
    if (result.kind === 'granted') {
      accept(result.grant);
      tabs.tell({ type: 'grant', grant: result.grant });
    } else if (result.kind === 'refused') {
      end('server');
      tabs.tell({ type: 'ended', by: 'server' });
    } else {
      if (!grant && state.status === 'checking') show({ status: 'unreachable' });
      renewIn(RETRY_AFTER);
    }
  }

  function renew(refused?: string): Promise<void> {
    renewal ??= tabs
      .exclusively(() => renewUnderLock(refused))
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  async function freshToken(refused?: string): Promise<string> {
    // Once a session has ended, only a person can start another; asking the server again would be in vain.
    if (state.status === 'expired' || state.status === 'signed-out') throw new SessionEndedError();
    if (!isFresh() || grant?.accessToken === refused) await renew(refused);
    if (grant && isFresh() && grant.accessToken !== refused) return grant.accessToken;
    // A renewal that reached nobody leaves the person signed in; the request then fails as the network did.
    if (grant && state.status === 'signed-in') throw new TypeError('Failed to fetch');
    throw new SessionEndedError();
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async () => {
      if (api.mayHaveSession()) await renew();
      else show({ status: 'signed-out' });
    },
    signIn: (email, password) =>
      tabs.exclusively(async () => {
        const result = await api.signIn(email, password);
        if (result.ok) {
          accept(result.grant);
          tabs.tell({ type: 'grant', grant: result.grant });
        }
        return result;
      }),
    signOut: (everywhere) =>
      tabs.exclusively(async () => {
        const outcome = await api.signOut(everywhere);
        if (outcome === 'done') {
          end('person');
          tabs.tell({ type: 'ended', by: 'person' });
        }
        return outcome;
      }),
    changePassword: async (current, next) => {
      const token = await freshToken();
      // Under the lock: a refresh by another tab meanwhile would present a token that this has just ended.
      return tabs.exclusively(async () => {
        const result = await api.changePassword(token, current, next);
        if (result.ok) {
          accept(result.grant);
          tabs.tell({ type: 'grant', grant: result.grant });
        }
        return result;
      });
    },
    getAccessToken: () => freshToken(),
    replaceAccessToken: (refused) => freshToken(refused),
  };
}
