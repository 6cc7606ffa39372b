/** Signing out, here or everywhere. */

import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import { flagField, textField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { hashSecretToken } from './secret-token.ts';
import { lockSessionOf, readSessionWithToken, revokeSession, revokeSessionsOf } from './session-store.ts';

/** The session to end, named by its token. */
export const logoutInput = z.strictObject({
  refreshToken: textField('The refresh token is required.'),
  everywhere: flagField(),
});

/**
 * Ends the session of a token, or every session of its user.
 *
 * Ending a session that has ended is a success: it is what was asked for. Ending all of them takes a token that is
 * still good, so that an old one that leaked cannot sign its owner out.
 */
export async function logout(
  { database }: Pick<Services, 'database'>,
  { refreshToken, everywhere }: z.output<typeof logoutInput>,
): Promise<void> {
  const tokenHash = hashSecretToken(refreshToken);
  const isDone = await database.withTransaction(
    (transaction) => endSession(transaction, tokenHash, everywhere),
    {
      isolation: 'read committed',
    },
  );
  if (!isDone) throw new ActionError('UNAUTHORIZED', 'Your session has ended. Please sign in again.');
}

async function endSession(db: Queryable, tokenHash: Buffer, everywhere: boolean): Promise<boolean> {
  const sessionId = await lockSessionOf(db, tokenHash);
  const session = sessionId === undefined ? undefined : await readSessionWithToken(db, sessionId, tokenHash);
  if (session === undefined) return !everywhere;
  await revokeSession(db, session.id);
  if (!everywhere) return true;
  if (session.isRevoked || session.isUsed || session.isExpired) return false;
  await revokeSessionsOf(db, session.userId);
  return true;
}
