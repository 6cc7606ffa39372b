/** Somebody who is signed in changes their password. */

import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import type { Services } from '../services.ts';
import { type Caller, checkActor } from './actor.ts';
import { checkApp } from './app-access.ts';
import { guardGuess, guesserOfSession, WrongCredentials } from './login-guard.ts';
import { knownPasswordField, newPasswordField } from './password-fields.ts';
import { deleteResetTokensOf } from './reset-tokens.ts';
import type { App } from './roles.ts';
import { createSecretToken, hashSecretToken } from './secret-token.ts';
import { grantSession, type SessionGrant } from './session-grant.ts';
import {
  type Account,
  findAccount,
  insertRefreshToken,
  insertSession,
  lockAccounts,
  lockSessionsOf,
  revokeSessionsOf,
  setPassword,
} from './session-store.ts';

/** The password until now and from now on. */
export const changePasswordInput = z.strictObject({
  currentPassword: knownPasswordField('The current password is required.'),
  newPassword: newPasswordField(),
});

/** Sets the password, ends every session of the user, and starts a new one for who asked. */
export async function changePassword(
  services: Pick<Services, 'database' | 'passwords' | 'rateLimits' | 'config'>,
  caller: Caller,
  { currentPassword, newPassword }: z.output<typeof changePasswordInput>,
  app: App | null,
): Promise<SessionGrant> {
  const { database, passwords, config } = services;
  const account = await findAccount(database, caller.userId);
  if (account === undefined || account.isDisabled) throw signedOut();
  checkApp(app, account.role);
  // An access token that was stolen must not be a way to guess the password.
  const guesser = guesserOfSession(caller);
  await guardGuess(services, guesser, async () => {
    if (await passwords.verify(currentPassword, account.passwordHash, guesser.turn)) return;
    throw new WrongCredentials('The current password is wrong.');
  });
  const passwordHash = await passwords.hash(newPassword, guesser.turn);
  const refreshToken = createSecretToken();
  const changed = await database.withTransaction(
    (transaction) =>
      changeOnce(transaction, caller, account, passwordHash, app, hashSecretToken(refreshToken)),
    { isolation: 'read committed' },
  );
  return grantSession(config, changed.account, changed.sessionId, refreshToken);
}

/** Hashing took a while: of two changes at once, or a change and a reset, the second finds another password. */
async function changeOnce(
  db: Queryable,
  caller: Caller,
  checked: Account,
  passwordHash: string,
  app: App | null,
  refreshTokenHash: Buffer,
): Promise<{ readonly account: Account; readonly sessionId: string }> {
  await lockSessionsOf(db, checked.id);
  const account = (await lockAccounts(db, [checked.id])).get(checked.id);
  // Whoever signed out meanwhile, here or everywhere, has no say any more.
  await checkActor(db, caller);
  if (account === undefined || account.isDisabled) throw signedOut();
  if (account.passwordHash !== checked.passwordHash) throw signedOut();
  await setPassword(db, account.id, passwordHash);
  await revokeSessionsOf(db, account.id);
  await deleteResetTokensOf(db, account.id);
  const sessionId = await insertSession(db, account.id, app);
  await insertRefreshToken(db, sessionId, refreshTokenHash);
  return { account, sessionId };
}

function signedOut(): ActionError {
  return new ActionError('UNAUTHORIZED', 'Please sign in again.');
}
