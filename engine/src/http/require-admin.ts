import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';

/** Refuses everybody but the admin role, in the reference's words. */
export function requireAdmin(session: Session): void {
  if (!session.isAdmin) throw new EngineError('access-denied', 'restricted access : admin only');
}
