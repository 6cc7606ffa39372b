import { post } from './post.ts';

/** What became of a call that needs no session; `refused` is the server's no to what was sent. */
export type ResetOutcome = 'done' | 'refused' | 'rate-limit' | 'offline' | 'server';

function toOutcome(status: number | undefined): ResetOutcome {
  if (status === undefined) return 'offline';
  if (status === 200) return 'done';
  if (status === 429) return 'rate-limit';
  return status < 500 ? 'refused' : 'server';
}

/** Asks for a mail with a link. The answer is the same for every address, known or not. */
export async function requestPasswordReset(email: string): Promise<ResetOutcome> {
  return toOutcome((await post('/api/auth/password/forgot', { email }))?.status);
}

/** Sets a password with the token of a link, which is used up by that. */
export async function resetPassword(token: string, newPassword: string): Promise<ResetOutcome> {
  return toOutcome((await post('/api/auth/password/reset', { token, newPassword }))?.status);
}
