import { ApiError, type ErrorCode } from '../lib/api-error.ts';
import type { ExclusiveRunner } from './refresh-lock.ts';
import {
  type Session,
  type SessionPayload,
  type SessionState,
  type SignedOutReason,
  toSession,
} from './session.ts';
import type { SessionChannel } from './session-channel.ts';

/** Renew this long before the end, so that no call ever leaves with a token that dies on the way. */
const renewAhead = 60_000;
/** A token with less than this left is renewed before it is used. */
const tooShort = 5_000;
/** How long a new tab waits for another tab to hand its session over before it asks the server. */
const handOverWait = 120;
const retryFirst = 2_000;
const retryMost = 30_000;

/** What the store needs from outside; tests put their own in. */
export interface SessionDependencies {
  readonly login: (email: string, password: string) => Promise<SessionPayload>;
  readonly refresh: () => Promise<SessionPayload>;
  readonly logout: (everywhere: boolean) => Promise<void>;
  readonly changePassword: (
    accessToken: string,
    currentPassword: string,
    newPassword: string,
  ) => Promise<SessionPayload>;
  readonly hasSessionCookie: () => boolean;
  readonly runExclusively: ExclusiveRunner;
  readonly otherTabsAreOpen: () => Promise<boolean>;
  readonly awaitInterruptedRefresh: () => Promise<void>;
  readonly markRefreshUnderWay: () => () => void;
  readonly channel: SessionChannel;
}

/** The one holder of the session in a tab. */
export interface SessionStore {
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes up the session that the cookie stands for, or finds that there is none. */
  readonly restore: () => Promise<void>;
  readonly signIn: (email: string, password: string) => Promise<void>;
  readonly signOut: (options?: { everywhere?: boolean }) => Promise<void>;
  /** Sets another password. This tab and its neighbours go on with a new session, all other devices are signed out. */
  readonly changePassword: (currentPassword: string, newPassword: string) => Promise<void>;
  /** A token good for a call right now; renewed first when it is about to end. */
  readonly accessToken: () => Promise<string>;
  /** Replaces a token that the server refused; resolves to the new one. */
  readonly renew: (refused: string) => Promise<string>;
  readonly close: () => void;
}

/** Creates the store and joins the line between the tabs. */
export function createSessionStore(deps: SessionDependencies): SessionStore {
  let state: SessionState = { status: 'unknown' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewal: Promise<Session> | undefined;
  let failures = 0;
  const listeners = new Set<() => void>();

  const current = () => (state.status === 'signed-in' ? state.session : undefined);

  function publish(next: SessionState) {
    state = next;
    for (const listener of listeners) listener();
  }

  function schedule(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void renewQuietly(), Math.max(0, delay));
  }

  function adopt(session: Session) {
    failures = 0;
    publish({ status: 'signed-in', session });
    schedule(session.expiresAt - Date.now() - renewAhead);
  }

  function endWith(reason: SignedOutReason) {
    clearTimeout(timer);
    failures = 0;
    publish({ status: 'signed-out', reason });
  }

  const stopListening = deps.channel.listen((news) => {
    const session = current();
    if (news.kind === 'who-is-signed-in') {
      if (session && session.expiresAt - Date.now() > renewAhead)
        deps.channel.tell({ kind: 'signed-in', session });
    } else if (news.kind === 'signed-out') {
      if (state.status !== 'signed-out') endWith('signed-out');
    } else if (!session || isOther(session, news.session)) adopt(news.session);
  });

  /** Takes over from another tab only what is another person's or lives longer: answers may cross on the line. */
  function isOther(mine: Session, theirs: Session): boolean {
    return mine.user.id !== theirs.user.id || theirs.expiresAt > mine.expiresAt;
  }

  /** Waits until another tab has handed a session over that is not the refused one. */
  async function askOtherTabs(refused: string | undefined): Promise<Session | undefined> {
    const usable = () => {
      const session = current();
      return session && session.accessToken !== refused ? session : undefined;
    };
    if (usable() || !(await deps.otherTabsAreOpen())) return usable();
    deps.channel.tell({ kind: 'who-is-signed-in' });
    await new Promise((resolve) => setTimeout(resolve, handOverWait));
    return usable();
  }

  async function refreshOnce(refused: string | undefined): Promise<Session> {
    return deps.runExclusively(async () => {
      // Whoever held the lock before may have fetched what this tab came for.
      const handedOver = await askOtherTabs(refused);
      if (handedOver) return handedOver;
      await deps.awaitInterruptedRefresh();
      if (!deps.hasSessionCookie()) throw new ApiError({ code: 'UNAUTHORIZED', fields: [] });
      const unmark = deps.markRefreshUnderWay();
      const payload = await deps.refresh().finally(unmark);
      const session = toSession(payload);
      if (!session) throw new ApiError({ code: 'FORBIDDEN', fields: [] });
      // Told while the lock is still held, so that a tab that waits for it hears this first.
      deps.channel.tell({ kind: 'signed-in', session });
      return session;
    });
  }

  function renewSession(refused: string | undefined): Promise<Session> {
    renewal ??= refreshOnce(refused)
      .then((session) => {
        if (current()?.accessToken !== session.accessToken) adopt(session);
        return session;
      })
      .catch((error: unknown) => {
        if (isEnd(error)) endWith(state.status === 'unknown' ? 'none' : 'ended');
        throw error;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  async function renewQuietly(): Promise<void> {
    const before = current();
    try {
      await renewSession(before?.accessToken);
    } catch (error) {
      if (isEnd(error)) return;
      // No answer says nothing about the session: keep it, and ask again after a growing pause.
      if (!current()) publish({ status: 'unreachable' });
      schedule(Math.min(retryMost, retryFirst * 2 ** failures++));
    }
  }

  async function accessToken(): Promise<string> {
    if (state.status === 'signed-out') throw new ApiError({ code: 'UNAUTHORIZED', fields: [] });
    const session = current();
    if (session && session.expiresAt - Date.now() > tooShort) return session.accessToken;
    return (await renewSession(session?.accessToken)).accessToken;
  }

  /** Begins a session that a call answers with, in every tab. No other tab may refresh while its cookie arrives. */
  async function takeUp(call: () => Promise<SessionPayload>): Promise<void> {
    const session = toSession(await deps.runExclusively(call));
    if (!session) throw new ApiError({ code: 'FORBIDDEN', fields: [] });
    adopt(session);
    deps.channel.tell({ kind: 'signed-in', session });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async restore() {
      if (!deps.hasSessionCookie()) endWith('none');
      else await renewQuietly();
    },
    signIn: (email, password) => takeUp(() => deps.login(email, password)),
    async changePassword(currentPassword, newPassword) {
      const token = await accessToken();
      await takeUp(() => deps.changePassword(token, currentPassword, newPassword));
    },
    async signOut({ everywhere = false } = {}) {
      await deps
        .runExclusively(() => deps.logout(everywhere))
        .catch((error: unknown) => {
          if (!isEnd(error)) throw error;
        });
      deps.channel.tell({ kind: 'signed-out' });
      endWith('signed-out');
    },
    accessToken,
    async renew(refused) {
      const session = current();
      if (session && session.accessToken !== refused) return session.accessToken;
      return (await renewSession(refused)).accessToken;
    },
    close() {
      clearTimeout(timer);
      stopListening();
      deps.channel.close();
      listeners.clear();
    },
  };
}

/** Codes that tell of the server's or the line's trouble and nothing of the session. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NETWORK',
  'RATE_LIMIT_EXCEEDED',
  'DATABASE_ERROR',
  'INTERNAL_ERROR',
  'UNKNOWN',
]);

/** True when the server has said that there is no session; anything else leaves the question open. */
function isEnd(error: unknown): boolean {
  return error instanceof ApiError && !passing.has(error.problem.code);
}
