/**
 * Who a request speaks for: a Hasura role and its session variables.
 * Everything behind authentication sees this value and never the headers it came from.
 */
export interface Session {
  /** The Hasura role; `admin` bypasses every permission. */
  readonly role: string;
  /** `x-hasura-*` names in lower case to their text values, `x-hasura-role` included. */
  readonly variables: Readonly<Record<string, string>>;
  /** True for the admin role only. */
  readonly isAdmin: boolean;
  /** Backend-only permissions count (admin secret plus `x-hasura-use-backend-only-permissions: true`). */
  readonly backendOnly: boolean;
  /** When the token behind the session ends, in milliseconds since the epoch; null when it does not end. */
  readonly expiresAt: number | null;
  /** True where nothing was proved: the variables are only what the client says of itself. */
  readonly isAnonymous?: boolean;
  /** `Set-Cookie` values of the authentication webhook, which the client is to get. */
  readonly setCookie?: readonly string[];
}

/** The session of somebody who holds the admin secret and names no role. */
export const adminSession: Session = Object.freeze({
  role: 'admin',
  variables: Object.freeze({ 'x-hasura-role': 'admin' }),
  isAdmin: true,
  backendOnly: false,
  expiresAt: null,
});
