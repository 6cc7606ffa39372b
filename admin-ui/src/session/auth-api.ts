import { readCookie } from './cookies.ts';
import { tokenLifetime } from './token-lifetime.ts';
import type { Grant, RefreshResult, SessionUser, SignInResult } from './types.ts';

const APP = 'admin';
const CSRF_COOKIE = 'tierline_admin_csrf';

/** The REST calls behind a session. Each answers with a result; none throws. */
export interface AuthApi {
  /** Whether a refresh can work at all: without the readable half of the cookie pair there is no session to renew. */
  mayHaveSession(): boolean;
  signIn(email: string, password: string): Promise<SignInResult>;
  refresh(): Promise<RefreshResult>;
  signOut(everywhere: boolean): Promise<'done' | 'unreachable'>;
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

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts JSON; `undefined` means that no answer came. */
async function post(path: string, payload: object, csrf: boolean): Promise<Answer | undefined> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (csrf) headers['X-CSRF-Token'] = readCookie(document.cookie, CSRF_COOKIE) ?? '';
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers,
      body: JSON.stringify(payload),
      credentials: 'same-origin',
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch {
    // fetch rejects only when the network failed; the caller says so in words.
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in front of a server that is down answers with a page of its own; its status says enough.
    return null;
  }
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

/** The calls of `/api/auth`, on the page's own origin. */
export const authApi: AuthApi = {
  mayHaveSession: () => readCookie(document.cookie, CSRF_COOKIE) !== undefined,

  signIn: async (email, password) =>
    readSignIn(await post('/api/auth/login', { email, password, app: APP }, false)),

  refresh: async () => {
    const answer = await post('/api/auth/refresh', { app: APP }, true);
    if (answer?.status === 200 && isSessionBody(answer.body))
      return { kind: 'granted', grant: toGrant(answer.body) };
    const refused =
      answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    return { kind: refused ? 'refused' : 'unreachable' };
  },

  signOut: async (everywhere) => {
    const answer = await post('/api/auth/logout', { app: APP, everywhere }, true);
    return answer && answer.status < 500 ? 'done' : 'unreachable';
  },
};
