import { readCookie } from './cookies.ts';
import { type Answer, post } from './post.ts';
import { tokenLifetime } from './token-lifetime.ts';
import type { ChangePasswordResult, Grant, RefreshResult, SessionUser, SignInResult } from './types.ts';

const APP = 'admin';
const CSRF_COOKIE = 'tierline_admin_csrf';

/** The REST calls behind a session. Each answers with a result; none throws. */
export interface AuthApi {
  /** Whether a refresh can work at all: without the readable half of the cookie pair there is no session to renew. */
  mayHaveSession(): boolean;
  signIn(email: string, password: string): Promise<SignInResult>;
  refresh(): Promise<RefreshResult>;
  signOut(everywhere: boolean): Promise<'done' | 'unreachable'>;
  changePassword(accessToken: string, current: string, next: string): Promise<ChangePasswordResult>;
}

interface SessionBody {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly user: SessionUser;
}

function isSessionBody(body: unknown): body is SessionBody {
  const candidate = body as Partial<SessionBody> | null;
  return (
    typeof candidate?.accessToken === 'string' &&
    typeof candidate.user?.id === 'string' &&
    typeof candidate.user.email === 'string'
  );
}

function toGrant(body: SessionBody): Grant {
  const lifetime = tokenLifetime(body.accessToken) ?? Date.parse(body.expiresAt) - Date.now();
  return {
    accessToken: body.accessToken,
    expiresAt: Date.now() + lifetime,
    user: { id: body.user.id, email: body.user.email },
  };
}

function readSignIn(answer: Answer | undefined): SignInResult {
  if (!answer) return { ok: false, problem: 'offline' };
  const { status, body } = answer;
  if (status === 200 && isSessionBody(body)) return { ok: true, grant: toGrant(body) };
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown };
  if (status === 401 || status === 400) return { ok: false, problem: 'credentials' };
  if (status === 403 && code === 'FORBIDDEN') {
    return { ok: false, problem: 'vendor', ...(typeof message === 'string' && { message }) };
  }
  if (status === 429) {
    const retryAfter = Number((body as { retryAfter?: unknown } | null)?.retryAfter);
    return { ok: false, problem: 'rate-limit', ...(Number.isFinite(retryAfter) && { retryAfter }) };
  }
  return { ok: false, problem: 'server' };
}

function readChange(answer: Answer | undefined): ChangePasswordResult {
  if (!answer) return { ok: false, problem: 'offline' };
  const { status, body } = answer;
  if (status === 200 && isSessionBody(body)) return { ok: true, grant: toGrant(body) };
  const { message } = (body ?? {}) as { message?: unknown };
  if (status === 401) return { ok: false, problem: 'current' };
  if (status === 429) return { ok: false, problem: 'rate-limit' };
  if (status < 500) return { ok: false, problem: 'refused', ...(typeof message === 'string' && { message }) };
  return { ok: false, problem: 'server' };
}

function csrf(): Readonly<Record<string, string>> {
  return { 'X-CSRF-Token': readCookie(document.cookie, CSRF_COOKIE) ?? '' };
}

/** The calls of `/api/auth`, on the page's own origin. */
export const authApi: AuthApi = {
  mayHaveSession: () => readCookie(document.cookie, CSRF_COOKIE) !== undefined,

  signIn: async (email, password) => readSignIn(await post('/api/auth/login', { email, password, app: APP })),

  refresh: async () => {
    const answer = await post('/api/auth/refresh', { app: APP }, csrf());
    if (answer?.status === 200 && isSessionBody(answer.body))
      return { kind: 'granted', grant: toGrant(answer.body) };
    const refused =
      answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    return { kind: refused ? 'refused' : 'unreachable' };
  },

  signOut: async (everywhere) => {
    const answer = await post('/api/auth/logout', { app: APP, everywhere }, csrf());
    return answer && answer.status < 500 ? 'done' : 'unreachable';
  },

  changePassword: async (accessToken, currentPassword, newPassword) =>
    readChange(
      await post(
        '/api/auth/password/change',
        { currentPassword, newPassword, app: APP },
        { Authorization: `Bearer ${accessToken}` },
      ),
    ),
};
