/** Signing in with an e-mail address and a password. */

import { z } from 'zod';
import type { Database } from '../db.ts';
import type { RateLimitState } from '../rate-limits.ts';
import type { Services } from '../services.ts';
import type { Turn } from '../turn-queue.ts';
import { checkApp } from './app-access.ts';
import { emailField } from './email-field.ts';
import { type Client, guardGuess, identify, WrongCredentials } from './login-guard.ts';
import { knownPasswordField } from './password-fields.ts';
import type { App } from './roles.ts';
import { createSecretToken, hashSecretToken } from './secret-token.ts';
import { grantSession, type SessionGrant } from './session-grant.ts';
import {
  type Account,
  findAccountByEmail,
  holdAccount,
  insertRefreshToken,
  insertSession,
} from './session-store.ts';

/** Address and password. */
export const loginInput = z.strictObject({
  email: emailField(),
  password: knownPasswordField('The password is required.'),
});

/** What a sign-in knows beside the credentials. */
export interface LoginContext {
  /** The UI whose cookie is meant. */
  readonly app: App | null;
  readonly client: Client;
  /** Told where the client stands with its wrong guesses. */
  readonly onCounted?: (state: RateLimitState) => void;
}

/** What a sign-in gives. */
export interface SignIn {
  readonly grant: SessionGrant;
  /** By which the device is known the next time. */
  readonly deviceCookie: string;
}

/**
 * Starts a session.
 *
 * An unknown address, a wrong password and a disabled user get the same answer after the same work.
 */
export async function login(
  services: Pick<Services, 'database' | 'passwords' | 'config' | 'rateLimits' | 'knownDevices'>,
  credentials: z.output<typeof loginInput>,
  { app, client, onCounted }: LoginContext,
): Promise<SignIn> {
  const guesser = await identify(services, credentials.email, client);
  const work = () => signIn(services, credentials, app, guesser.turn);
  const grant = await guardGuess(services, guesser, work, onCounted);
  return { grant, deviceCookie: services.knownDevices.remember(client.deviceCookie, guesser.emailKey) };
}

async function signIn(
  { database, passwords, config }: Pick<Services, 'database' | 'passwords' | 'config'>,
  { email, password }: z.output<typeof loginInput>,
  app: App | null,
  turn: Turn,
): Promise<SessionGrant> {
  const account = await findAccountByEmail(database, email);
  const isPasswordRight = await passwords.verify(password, account?.passwordHash, turn);
  if (account === undefined || account.isDisabled || !isPasswordRight) throw wrongCredentials();
  checkApp(app, account.role);
  const refreshToken = createSecretToken();
  const started = await startSession(database, account, app, refreshToken);
  return grantSession(config, started.account, started.sessionId, refreshToken);
}

/** Comparing the hash took a while: whoever was disabled or got another password meanwhile starts no session. */
function startSession(
  database: Database,
  checked: Account,
  app: App | null,
  refreshToken: string,
): Promise<{ readonly account: Account; readonly sessionId: string }> {
  return database.withTransaction(
    async (transaction) => {
      const account = await holdAccount(transaction, checked.id);
      if (account === undefined || account.isDisabled || account.passwordHash !== checked.passwordHash) {
        throw wrongCredentials();
      }
      const sessionId = await insertSession(transaction, account.id, app);
      await insertRefreshToken(transaction, sessionId, hashSecretToken(refreshToken));
      return { account, sessionId };
    },
    { isolation: 'read committed' },
  );
}

function wrongCredentials(): WrongCredentials {
  return new WrongCredentials('The e-mail address or the password is wrong.');
}
