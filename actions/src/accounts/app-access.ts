/** Each app is for one role. */

import { ActionError } from '../errors.ts';
import { type App, appOf, hasuraRoleOf, type UserRole } from './roles.ts';

/** Refuses a sign-in to the other role's app. Said only to who has proven to be that user. */
export function checkApp(app: App | null, role: UserRole): void {
  if (app === null || app === appOf(hasuraRoleOf(role))) return;
  const hint = app === 'admin' ? 'Vendors sign in at the portal.' : 'Administrators sign in at the console.';
  throw new ActionError('FORBIDDEN', `Your account cannot sign in here. ${hint}`);
}
