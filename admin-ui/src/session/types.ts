/** Who is signed in, as the action server names them. */
export interface SessionUser {
  readonly id: string;
  readonly email: string;
}

/** An access token with the moment it ends on this machine's clock. Lives in memory only. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly user: SessionUser;
}

/**
 * What the app shows: `checking` while the cookie is tried, `unreachable` when that failed for want of a connection.
 * `expired` keeps the last user, so that they come back to where they were.
 */
export type SessionState =
  | { readonly status: 'checking' }
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-in'; readonly user: SessionUser }
  | { readonly status: 'expired'; readonly user: SessionUser }
  | { readonly status: 'signed-out' };

/** Why a sign-in did not work. */
export type SignInProblem = 'credentials' | 'vendor' | 'rate-limit' | 'offline' | 'server';

export type SignInResult =
  | { readonly ok: true; readonly grant: Grant }
  | {
      readonly ok: false;
      readonly problem: SignInProblem;
      /** Seconds until another try makes sense. */
      readonly retryAfter?: number;
      /** The server's own words, where they add something. */
      readonly message?: string;
    };

/** A refresh that the server refused is final; one that did not reach it is worth another try. */
export type RefreshResult =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' };

/** Why a password was not changed. `current`: the present one was wrong. */
export interface PasswordFailure {
  readonly ok: false;
  readonly problem: 'current' | 'refused' | 'rate-limit' | 'offline' | 'server';
  /** The server's own words, where they add something. */
  readonly message?: string;
}

/** A changed password comes with a session in place of the ones that it ended. */
export type ChangePasswordResult = { readonly ok: true; readonly grant: Grant } | PasswordFailure;
