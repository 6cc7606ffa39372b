export const USERS = 'users';

export const usersPath = `/${USERS}`;

/** A user's page. */
export function userPath(id: string): string {
  return `/${USERS}/${encodeURIComponent(id)}/show`;
}
