import { ApiError, readProblem } from '../lib/api-error.ts';
import { readCsrfToken } from './cookies.ts';
import type { SessionPayload } from './session.ts';

const app = 'portal';
const answerTimeout = 15_000;

/** Calls that a sign-in already has behind it say so with a token. */
interface PostOptions {
  readonly accessToken?: string;
}

async function post(path: string, body: object, { accessToken }: PostOptions = {}): Promise<unknown> {
  const csrf = readCsrfToken();
  let response: Response;
  try {
    response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      // A page that is being left still lets the answer, and with it the rotated cookie, arrive.
      keepalive: true,
      headers: {
        'Content-Type': 'application/json',
        ...(csrf ? { 'X-CSRF-Token': csrf } : {}),
        ...(accessToken ? { Authorization: `Bearer ${accessToken}` } : {}),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerTimeout),
    });
  } catch (cause) {
    throw new ApiError({ code: 'NETWORK', fields: [] }, { cause });
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const problem = readProblem(answer);
  // A gateway's own error page says nothing about the session, so it must not end one.
  const unreadable = problem.code === 'UNKNOWN' && response.status >= 500;
  throw new ApiError(unreadable ? { ...problem, code: 'NETWORK' } : problem);
}

/** Signs in; the refresh token arrives as a cookie that no script can read. */
export async function login(email: string, password: string): Promise<SessionPayload> {
  return (await post('login', { app, email, password })) as SessionPayload;
}

/** Rotates the refresh cookie and answers with a fresh access token. */
export async function refresh(): Promise<SessionPayload> {
  return (await post('refresh', { app })) as SessionPayload;
}

/** Ends this session, or all sessions of the user. */
export async function logout(everywhere: boolean): Promise<void> {
  await post('logout', everywhere ? { app, everywhere } : { app });
}

/** Sets another password, ends every session of the user, and answers with a new one for this browser. */
export async function changePassword(
  accessToken: string,
  currentPassword: string,
  newPassword: string,
): Promise<SessionPayload> {
  const body = { app, currentPassword, newPassword };
  return (await post('password/change', body, { accessToken })) as SessionPayload;
}

/** Has a link sent by mail; the answer is the same for every address, known or not. */
export async function requestPasswordReset(email: string): Promise<void> {
  await post('password/forgot', { email });
}

/** Sets a password with the token of such a link, once. A used or old one is `UNAUTHORIZED`. */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await post('password/reset', { token, newPassword });
}
