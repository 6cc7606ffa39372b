import { ApiError, readProblem } from '../lib/api-error.ts';
import { readCsrfToken } from './cookies.ts';
import type { SessionPayload } from './session.ts';

const app = 'portal';
const answerTimeout = 15_000;

async function post(path: string, body: object): Promise<unknown> {
  const csrf = readCsrfToken();
  let response: Response;
  try {
    response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      // A page that is being left still lets the answer, and with it the rotated cookie, arrive.
      keepalive: true,
      headers: { 'Content-Type': 'application/json', ...(csrf ? { 'X-CSRF-Token': csrf } : {}) },
      body: JSON.stringify({ app, ...body }),
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
  return (await post('login', { email, password })) as SessionPayload;
}

/** Rotates the refresh cookie and answers with a fresh access token. */
export async function refresh(): Promise<SessionPayload> {
  return (await post('refresh', {})) as SessionPayload;
}

/** Ends this session, or all sessions of the user. */
export async function logout(everywhere: boolean): Promise<void> {
  await post('logout', everywhere ? { everywhere } : {});
}
