import type { AuthProvider } from 'ra-core';
import type { Session } from '../session/session.ts';
import type { SessionUser } from '../session/types.ts';

/**
 * react-admin's view of the session. The console is only mounted for someone who is signed in, and an ended session
 * brings the sign-in page by itself, so nothing here ever sends anyone elsewhere.
 */
export function createAuthProvider(session: Session, user: SessionUser): AuthProvider {
  return {
    login: () => Promise.resolve(),
    logout: async () => {
      await session.signOut(false);
      return false;
    },
    checkAuth: () => Promise.resolve(),
    checkError: () => Promise.resolve(),
    getIdentity: () => Promise.resolve({ id: user.id, fullName: user.email }),
    canAccess: ({ action }) => Promise.resolve(action === 'list' || action === 'show'),
  };
}
