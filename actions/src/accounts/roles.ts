/** The roles of people, under their two names: Hasura's and the one in `users.role`. */

/** A Hasura role that a person can have. */
export type PersonRole = 'vendor' | 'app_admin';

/** The role as `users.role` stores it. */
export type UserRole = 'vendor' | 'admin';

/** The UI that someone signs in to. */
export type App = 'portal' | 'admin';

const HASURA_ROLES = { vendor: 'vendor', admin: 'app_admin' } as const satisfies Record<UserRole, PersonRole>;

const APPS = { vendor: 'portal', app_admin: 'admin' } as const satisfies Record<PersonRole, App>;

/** The Hasura role of a user. */
export function hasuraRoleOf(role: UserRole): PersonRole {
  return HASURA_ROLES[role];
}

/** The one app that a role may sign in to. */
export function appOf(role: PersonRole): App {
  return APPS[role];
}
