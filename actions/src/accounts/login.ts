/** Signing in with an e-mail address and a password. */

import { z } from 'zod';
import type { Database } from '../db.ts';
import { ActionError } from '../errors.ts';
import { textField, trimmedTextField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { checkApp } from './app-access.ts';
import { createRefreshToken, hashRefreshToken } from './refresh-token.ts';
import type { App } from './roles.ts';
import { grantSession, type SessionGrant } from './session-grant.ts';
import {
  type Account,
  findAccountByEmail,
  holdAccount,
  insertRefreshToken,
  insertSession,
} from './session-store.ts';

/** Address and password. How long a password has to be matters when it is set, not here. */
export const loginInput = z.strictObject({
  email: trimmedTextField({
    min: 1,
    max: 320,
    missing: 'The e-mail address is required.',
    tooLong: 'An e-mail address has at most 320 characters.',
  }),
  password: textField('The password is required.').refine(
    (password) => password !== '',
    'The password is required.',
  ),
});

/**
 * Starts a session.
 *
 * An unknown address, a wrong password and a disabled user get the same answer after the same work.
 */
export async function login(
  { database, passwords, config }: Pick<Services, 'database' | 'passwords' | 'config'>,
  { email, password }: z.output<typeof loginInput>,
  app: App | null,
): Promise<SessionGrant> {
  const account = await findAccountByEmail(database, email);
  const isPasswordRight = await passwords.verify(password, account?.passwordHash);
  if (account === undefined || account.isDisabled || !isPasswordRight) throw wrongCredentials();
  checkApp(app, account.role);
  const refreshToken = createRefreshToken();
  const current = await startSession(database, account, app, refreshToken);
  return grantSession(config, current, refreshToken);
}

/** Comparing the hash took a while: whoever was disabled or got another password meanwhile starts no session. */
function startSession(
  database: Database,
  checked: Account,
  app: App | null,
  refreshToken: string,
): Promise<Account> {
  return database.withTransaction(
    async (transaction) => {
      const account = await holdAccount(transaction, checked.id);
      if (account === undefined || account.isDisabled || account.passwordHash !== checked.passwordHash) {
        throw wrongCredentials();
      }
      const sessionId = await insertSession(transaction, account.id, app);
      await insertRefreshToken(transaction, sessionId, hashRefreshToken(refreshToken));
      return account;
    },
    { isolation: 'read committed' },
  );
}

function wrongCredentials(): ActionError {
  return new ActionError('UNAUTHORIZED', 'The e-mail address or the password is wrong.');
}
