/** The SQL on users and sessions: one function a statement. */

import type { Queryable } from '../db.ts';
import type { App, UserRole } from './roles.ts';
import { REFRESH_TOKEN_DAYS } from './secret-token.ts';

/** A user as sign-in sees them. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly role: UserRole;
  readonly vendorId: string | null;
  readonly isDisabled: boolean;
}

/** A sign-in and the family of refresh tokens that stems from it. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly isRevoked: boolean;
}

/** The state of one refresh token of a session. */
export interface RefreshToken {
  readonly isUsed: boolean;
  readonly isExpired: boolean;
}

const ACCOUNT_COLUMNS = `id, email, password_hash as "passwordHash", role, vendor_id as "vendorId",
  disabled_at is not null as "isDisabled"`;

/** Finds a user by e-mail address, whatever its case. */
export async function findAccountByEmail(db: Queryable, email: string): Promise<Account | undefined> {
  const [account] = await db.query<Account>(
    `select ${ACCOUNT_COLUMNS} from public.users where lower(email) = lower($1)`,
    [email],
  );
  return account;
}

/** Reads a user. */
export async function findAccount(db: Queryable, userId: string): Promise<Account | undefined> {
  const [account] = await db.query<Account>(`select ${ACCOUNT_COLUMNS} from public.users where id = $1`, [
    userId,
  ]);
  return account;
}

/** Reads a user and keeps them as they are until the transaction ends: nobody is disabled half-way through. */
export async function holdAccount(db: Queryable, userId: string): Promise<Account | undefined> {
  const [account] = await db.query<Account>(
    `select ${ACCOUNT_COLUMNS} from public.users where id = $1 for share`,
    [userId],
  );
  return account;
}

/** Locks users, in the order of their ids, and answers them as they are now. */
export async function lockAccounts(
  db: Queryable,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Account>> {
  const accounts = await db.query<Account>(
    `select ${ACCOUNT_COLUMNS} from public.users where id = any ($1::uuid[]) order by id for no key update`,
    [userIds],
  );
  return new Map(accounts.map((account) => [account.id, account]));
}

/** Shuts a user out from now on, or lets them in again. */
export async function setDisabled(db: Queryable, userId: string, isDisabled: boolean): Promise<void> {
  await db.query('update public.users set disabled_at = case when $2 then now() end where id = $1', [
    userId,
    isDisabled,
  ]);
}

/** Sets what a password is compared with. */
export async function setPassword(db: Queryable, userId: string, passwordHash: string): Promise<void> {
  await db.query('update public.users set password_hash = $2 where id = $1', [userId, passwordHash]);
}

/** Starts a session. */
export async function insertSession(db: Queryable, userId: string, app: App | null): Promise<string> {
  const rows = await db.query<{ id: string }>(
    'insert into private.sessions (user_id, app) values ($1, $2) returning id',
    [userId, app],
  );
  return rows[0]!.id;
}

/** Adds a refresh token to a session. */
export async function insertRefreshToken(db: Queryable, sessionId: string, tokenHash: Buffer): Promise<void> {
  await db.query(
    `insert into private.refresh_tokens (token_hash, session_id, expires_at)
     values ($1, $2, now() + make_interval(days => $3))`,
    [tokenHash, sessionId, REFRESH_TOKEN_DAYS],
  );
}

/**
 * Locks the session that a token belongs to.
 *
 * Everything else about the session is read after this, by further statements: this one's snapshot may be older than
 * the lock it waited for.
 */
export async function lockSessionOf(db: Queryable, tokenHash: Buffer): Promise<string | undefined> {
  const [session] = await db.query<{ id: string }>(
    `select s.id from private.refresh_tokens t join private.sessions s on s.id = t.session_id
     where t.token_hash = $1 for update of s`,
    [tokenHash],
  );
  return session?.id;
}

/** Reads a session with one of its tokens. */
export async function readSessionWithToken(
  db: Queryable,
  sessionId: string,
  tokenHash: Buffer,
): Promise<(Session & RefreshToken) | undefined> {
  const [row] = await db.query<Session & RefreshToken>(
    `select s.id, s.user_id as "userId", s.revoked_at is not null as "isRevoked",
            t.used_at is not null as "isUsed", t.expires_at <= now() as "isExpired"
     from private.sessions s join private.refresh_tokens t on t.session_id = s.id
     where s.id = $1 and t.token_hash = $2`,
    [sessionId, tokenHash],
  );
  return row;
}

/** Notes that a token was rotated. */
export async function markTokenUsed(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db.query('update private.refresh_tokens set used_at = now() where token_hash = $1', [tokenHash]);
}

/** Forgets a session's tokens that would be refused anyway, so that a long session does not pile them up. */
export async function deleteExpiredTokens(db: Queryable, sessionId: string): Promise<void> {
  await db.query('delete from private.refresh_tokens where session_id = $1 and expires_at <= now()', [
    sessionId,
  ]);
}

/** Ends one session. */
export async function revokeSession(db: Queryable, sessionId: string): Promise<void> {
  await db.query('update private.sessions set revoked_at = now() where id = $1 and revoked_at is null', [
    sessionId,
  ]);
}

/** Locks the sessions of a user that have not ended. Sessions are locked before users, as a refresh does. */
export async function lockSessionsOf(db: Queryable, userId: string): Promise<void> {
  await db.query(
    'select from private.sessions where user_id = $1 and revoked_at is null order by id for update',
    [userId],
  );
}

/** Ends every session of a user. */
export async function revokeSessionsOf(db: Queryable, userId: string): Promise<void> {
  await db.query('update private.sessions set revoked_at = now() where user_id = $1 and revoked_at is null', [
    userId,
  ]);
}
