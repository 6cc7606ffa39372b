/** A password is set by a one-time link. */

import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import { textField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { type Client, emailKeyOf } from './login-guard.ts';
import { newPasswordField } from './password-fields.ts';
import { deleteResetTokensOf, findUserOfResetToken, takeResetToken } from './reset-tokens.ts';
import type { UserRole } from './roles.ts';
import { hashSecretToken } from './secret-token.ts';
import {
  type Account,
  lockAccounts,
  lockSessionsOf,
  revokeSessionsOf,
  setPassword,
} from './session-store.ts';

/** The token of the link, and the password to be. */
export const resetPasswordInput = z.strictObject({
  token: textField('The token of the link is required.'),
  newPassword: newPasswordField(),
});

/** What setting a password gives. */
export interface PasswordSet {
  readonly role: UserRole;
  /** By which the device is known when it signs in: whoever reads the mailbox is no stranger. */
  readonly deviceCookie: string;
}

/** Sets the password, ends every session of the user and uses the link up. */
export async function resetPassword(
  {
    database,
    passwords,
    rateLimits,
    knownDevices,
  }: Pick<Services, 'database' | 'passwords' | 'rateLimits' | 'knownDevices'>,
  { token, newPassword }: z.output<typeof resetPasswordInput>,
  { deviceCookie }: Pick<Client, 'deviceCookie'>,
): Promise<PasswordSet> {
  const tokenHash = hashSecretToken(token);
  const userId = await findUserOfResetToken(database, tokenHash);
  // Asked first, so that nobody makes us hash with made-up tokens.
  if (userId === undefined) throw deadLink();
  const turn = { isKnown: true, client: userId, subject: userId };
  const passwordHash = await passwords.hash(newPassword, turn);
  const account = await database.withTransaction(
    (transaction) => setOnce(transaction, tokenHash, userId, passwordHash),
    { isolation: 'read committed' },
  );
  // Whoever can read the mailbox need not wait for what a guesser used up.
  const emailKey = await emailKeyOf(database, account.email);
  await rateLimits.forget('login', emailKey);
  return { role: account.role, deviceCookie: knownDevices.remember(deviceCookie, emailKey) };
}

async function setOnce(
  db: Queryable,
  tokenHash: Buffer,
  userId: string,
  passwordHash: string,
): Promise<Account> {
  await lockSessionsOf(db, userId);
  const account = (await lockAccounts(db, [userId])).get(userId);
  if (account === undefined || account.isDisabled) throw deadLink();
  if (!(await takeResetToken(db, tokenHash))) throw deadLink();
  await setPassword(db, userId, passwordHash);
  await revokeSessionsOf(db, userId);
  await deleteResetTokensOf(db, userId);
  return account;
}

function deadLink(): ActionError {
  return new ActionError(
    'UNAUTHORIZED',
    'This link is no longer good: it was used, is too old, or is not complete. Please ask for a new one.',
  );
}
