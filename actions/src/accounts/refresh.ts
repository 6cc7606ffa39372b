/** Staying signed in: a refresh token is traded for the next one. */

import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import { textField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { checkApp } from './app-access.ts';
import type { App } from './roles.ts';
import { createSecretToken, hashSecretToken } from './secret-token.ts';
import { grantSession, type SessionGrant } from './session-grant.ts';
import {
  type Account,
  deleteExpiredTokens,
  holdAccount,
  insertRefreshToken,
  lockSessionOf,
  markTokenUsed,
  readSessionWithToken,
  revokeSession,
} from './session-store.ts';

/** The token to trade in. */
export const refreshInput = z.strictObject({ refreshToken: textField('The refresh token is required.') });

type Rotation =
  | { readonly account: Account; readonly sessionId: string }
  | { readonly refused: 'unusable' | 'reused' };

/**
 * Rotates a refresh token.
 *
 * A token that was used before is in two hands, and nobody can say which is the thief's: the whole session ends, the
 * newest token included. There is no grace, so of two refreshes with one token one wins and neither lasts.
 */
export async function refresh(
  { database, config, logger }: Pick<Services, 'database' | 'config' | 'logger'>,
  token: string,
  app: App | null,
): Promise<SessionGrant> {
  const nextToken = createSecretToken();
  const rotation = await database.withTransaction(
    (transaction) => rotate(transaction, hashSecretToken(token), hashSecretToken(nextToken), app),
    { isolation: 'read committed' },
  );
  if ('account' in rotation) return grantSession(config, rotation.account, rotation.sessionId, nextToken);
  if (rotation.refused === 'reused') logger.warn('a refresh token was used twice: its session is revoked');
  throw new ActionError('UNAUTHORIZED', 'Your session has ended. Please sign in again.');
}

/** Answers instead of throwing where the transaction has something to commit: the revocation. */
async function rotate(
  db: Queryable,
  tokenHash: Buffer,
  nextHash: Buffer,
  app: App | null,
): Promise<Rotation> {
  const sessionId = await lockSessionOf(db, tokenHash);
  const session = sessionId === undefined ? undefined : await readSessionWithToken(db, sessionId, tokenHash);
  if (session === undefined || session.isRevoked) return { refused: 'unusable' };
  if (session.isUsed) {
    await revokeSession(db, session.id);
    return { refused: 'reused' };
  }
  const account = await holdAccount(db, session.userId);
  if (session.isExpired || account === undefined || account.isDisabled) return { refused: 'unusable' };
  checkApp(app, account.role);
  await markTokenUsed(db, tokenHash);
  await deleteExpiredTokens(db, session.id);
  await insertRefreshToken(db, session.id, nextHash);
  return { account, sessionId: session.id };
}
