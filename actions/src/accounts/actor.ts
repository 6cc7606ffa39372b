/**
 * Who acts, read from the database.
 *
 * A token or Hasura's session variables say no more than a role and a user id. Whether that user exists, is enabled,
 * has that role, whose vendor they are, and whether the session of the token has not ended is looked up at every call,
 * in one read, so that a disabled user and a token that outlives its session are refused at once.
 */

import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import { hasuraRoleOf, type PersonRole, type UserRole } from './roles.ts';

/** Who somebody claims to be, from a source that we trust that far. */
export interface Caller {
  readonly userId: string;
  readonly role: PersonRole;
  /** The sign-in that the access token stems from; null for a call that names none, behind the admin or action secret. */
  readonly sessionId: string | null;
}

/** An enabled user in the role they claimed. */
export type Actor =
  | { readonly userId: string; readonly role: 'vendor'; readonly vendorId: string }
  | { readonly userId: string; readonly role: 'app_admin'; readonly vendorId: null };

interface UserRow {
  readonly role: UserRole;
  readonly vendorId: string | null;
  readonly isDisabled: boolean;
  readonly hasLiveSession: boolean;
}

// $1 is the user and $2 the session, null where the call names none.
const USER_COLUMNS = `u.role, u.vendor_id as "vendorId", u.disabled_at is not null as "isDisabled",
  ($2::uuid is null or exists (
     select from private.sessions s where s.id = $2 and s.user_id = u.id and s.revoked_at is null
   )) as "hasLiveSession"`;

/** Refuses who may not act, before anything else is looked at. */
export async function checkActor(db: Queryable, caller: Caller): Promise<Actor> {
  const [user] = await db.query<UserRow>(`select ${USER_COLUMNS} from public.users u where u.id = $1`, [
    caller.userId,
    caller.sessionId,
  ]);
  return toActor(caller, user);
}

/** The same inside a transaction, which from here on acts in that user's name (see docs/database.md). */
export async function announceActor(transaction: Queryable, caller: Caller): Promise<Actor> {
  const [user] = await transaction.query<UserRow>(
    `select ${USER_COLUMNS}, set_config('tierline.actor_id', u.id::text, true), set_config('tierline.actor_role', $3, true)
     from public.users u where u.id = $1`,
    [caller.userId, caller.sessionId, caller.role],
  );
  return toActor(caller, user);
}

/** A text for the timeline, where the change itself has none; what a vendor reads. Empty ends it. */
export async function announceNote(transaction: Queryable, note: string): Promise<void> {
  await transaction.query("select set_config('tierline.note', $1, true)", [note]);
}

function toActor({ userId, role }: Caller, user: UserRow | undefined): Actor {
  if (user === undefined || user.isDisabled || !user.hasLiveSession)
    throw new ActionError('UNAUTHORIZED', 'Please sign in again.');
  if (hasuraRoleOf(user.role) !== role) throw new ActionError('FORBIDDEN', 'You no longer have this role.');
  // The table's own check ties the vendor to the role.
  return role === 'vendor' ? { userId, role, vendorId: user.vendorId! } : { userId, role, vendorId: null };
}
