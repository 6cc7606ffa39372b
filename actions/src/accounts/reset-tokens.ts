/** One-time tokens that set a password. The token is in the link alone; the database knows a hash. */

import type { Config } from '../config.ts';
import type { Queryable } from '../db.ts';
import { type App, appOf, hasuraRoleOf, type UserRole } from './roles.ts';
import { createSecretToken, hashSecretToken } from './secret-token.ts';

/** How long a link is good. */
export const RESET_TOKEN_HOURS = 1;

/** The page of each app that a link opens. Opening it changes nothing: the page asks for the new password first. */
const RESET_PATHS: Readonly<Record<App, string>> = {
  portal: '/portal/reset-password',
  admin: '/admin/reset-password',
};

/**
 * Makes a one-time link for a user and answers it; whoever sends it calls this when the mail is written, so that a link
 * is never stored. The token is behind the #, where it reaches no server and no log.
 */
export async function createResetLink(
  db: Queryable,
  config: Pick<Config, 'portalUrl' | 'adminUrl'>,
  user: { readonly id: string; readonly role: UserRole },
): Promise<string> {
  const token = createSecretToken();
  await db.query(
    `insert into private.password_reset_tokens (token_hash, user_id, expires_at)
     values ($1, $2, now() + make_interval(hours => $3))`,
    [hashSecretToken(token), user.id, RESET_TOKEN_HOURS],
  );
  const app = appOf(hasuraRoleOf(user.role));
  const link = new URL(RESET_PATHS[app], app === 'portal' ? config.portalUrl : config.adminUrl);
  link.hash = `token=${token}`;
  return link.href;
}

/** The user whose password a token may set now. */
export async function findUserOfResetToken(db: Queryable, tokenHash: Buffer): Promise<string | undefined> {
  const [row] = await db.query<{ userId: string }>(
    `select user_id as "userId" from private.password_reset_tokens
     where token_hash = $1 and used_at is null and expires_at > now()`,
    [tokenHash],
  );
  return row?.userId;
}

/** Uses a token up, once: false when somebody was faster. */
export async function takeResetToken(db: Queryable, tokenHash: Buffer): Promise<boolean> {
  const tokens = await db.query(
    `update private.password_reset_tokens set used_at = now()
     where token_hash = $1 and used_at is null and expires_at > now() returning user_id`,
    [tokenHash],
  );
  return tokens.length > 0;
}

/** Forgets the tokens of a user whose password was set. */
export async function deleteResetTokensOf(db: Queryable, userId: string): Promise<void> {
  await db.query('delete from private.password_reset_tokens where user_id = $1', [userId]);
}
