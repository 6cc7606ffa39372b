/** Hasura's session variables → who calls. Of them only the role, the user id and the session id are believed. */

import { z } from 'zod';
import type { Caller } from '../accounts/actor.ts';
import type { PersonRole } from '../accounts/roles.ts';
import { ActionError } from '../errors.ts';

/** A role that an action may be open to. */
export type HasuraRole = 'anonymous' | PersonRole;

/** Who calls an action. */
export type HasuraSession =
  /** Hasura's own role, behind the admin secret: may call everything and is nobody. */
  { readonly role: 'admin' } | { readonly role: 'anonymous' } | ({ readonly role: PersonRole } & Caller);

/** The session variables as Hasura sends them. */
export const sessionVariablesSchema = z.record(z.string(), z.unknown());

const idSchema = z.guid();

/** Reads the session; a role we do not know is nobody's. */
export function readSession(variables: z.output<typeof sessionVariablesSchema>): HasuraSession {
  const role = variables['x-hasura-role'];
  if (role === 'admin' || role === 'anonymous') return { role };
  if (role !== 'vendor' && role !== 'app_admin') throw new ActionError('UNAUTHORIZED', 'Please sign in.');
  const userId = idSchema.safeParse(variables['x-hasura-user-id']);
  // Absent in calls behind the admin secret; a token of ours always names its session.
  const sessionId = idSchema.nullable().safeParse(variables['x-hasura-session-id'] ?? null);
  if (!userId.success || !sessionId.success) throw new ActionError('UNAUTHORIZED', 'Please sign in.');
  return { role, userId: userId.data.toLowerCase(), sessionId: sessionId.data };
}

/** Refuses a role that an action is not open to. Hasura's own role passes where no person is needed. */
export function checkRole(session: HasuraSession, roles: readonly HasuraRole[]): void {
  if (session.role === 'admin' ? roles.includes('anonymous') : roles.includes(session.role)) return;
  if (session.role === 'admin') {
    throw new ActionError(
      'FORBIDDEN',
      'This needs a person: send x-hasura-role and x-hasura-user-id beside the admin secret.',
    );
  }
  if (session.role === 'anonymous') throw new ActionError('UNAUTHORIZED', 'Please sign in.');
  throw new ActionError('FORBIDDEN', 'Your role does not allow this.');
}
