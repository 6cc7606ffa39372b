/** Who is signed in, as the sign-in and refresh endpoints answer it. */
export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly vendorId: string;
}

/** A live session. It exists in memory only; the refresh token is in a cookie that scripts cannot read. */
export interface Session {
  readonly accessToken: string;
  /** Milliseconds of this machine's clock. */
  readonly expiresAt: number;
  readonly user: SessionUser;
}

/** Why nobody is signed in: the first visit, a sign-out by choice, or a session that the server no longer takes. */
export type SignedOutReason = 'none' | 'signed-out' | 'ended';

export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-out'; readonly reason: SignedOutReason }
  | { readonly status: 'signed-in'; readonly session: Session };

/** What `/api/auth/login` and `/api/auth/refresh` answer with. */
export interface SessionPayload {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly role: string;
  readonly user: { readonly id: string; readonly email: string; readonly vendorId: string | null };
}

/** The length of the token's life in milliseconds, from its own `iat` and `exp`; undefined when it is not readable. */
function lifetimeOf(accessToken: string): number | undefined {
  try {
    const payload = accessToken.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const { iat, exp } = claims as { iat?: unknown; exp?: unknown };
    return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? (exp - iat) * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Turns the server's answer into a session. The end is counted from this machine's clock and the token's own length,
 * because a laptop whose clock is minutes off would otherwise renew far too late, or in a circle.
 */
export function toSession(payload: SessionPayload, now = Date.now()): Session | undefined {
  const { accessToken, user } = payload;
  if (payload.role !== 'vendor' || user.vendorId === null) return undefined;
  const lifetime = lifetimeOf(accessToken) ?? Math.max(0, Date.parse(payload.expiresAt) - now);
  return {
    accessToken,
    expiresAt: now + lifetime,
    user: { id: user.id, email: user.email, vendorId: user.vendorId },
  };
}
