import { type JWTPayload, SignJWT } from 'jose';
import { type Authenticate, createAuthenticator } from '../auth/authenticate.ts';
import type { RequestHeaders } from '../auth/find-token.ts';
import { readConfig } from '../config.ts';
import { EngineError } from '../errors.ts';
import { silentLog } from '../log.ts';

/** The admin secret of the authenticators below. */
export const SECRET = 'correct horse battery staple';
/** The key of their HS256 tokens. */
export const HMAC = 'an hmac key of more than thirty-two bytes';
/** Where Hasura looks for its claims unless told. */
export const NAMESPACE = 'https://hasura.io/jwt/claims';
/** A vendor's claims. */
export const CLAIMS = {
  'x-hasura-allowed-roles': ['vendor', 'editor'],
  'x-hasura-default-role': 'vendor',
  'X-Hasura-Vendor-Id': '7',
};

/** Authenticates as an engine with these JWT secrets would; key sets may be fetched again after a minute. */
export function authenticator(jwt?: object | object[], unauthorizedRole?: string): Authenticate {
  const config = readConfig({
    HASURA_GRAPHQL_DATABASE_URL: 'postgres://localhost/x',
    HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
    ...(Array.isArray(jwt) ? { HASURA_GRAPHQL_JWT_SECRETS: JSON.stringify(jwt) } : {}),
    ...(jwt && !Array.isArray(jwt) ? { HASURA_GRAPHQL_JWT_SECRET: JSON.stringify(jwt) } : {}),
    ...(unauthorizedRole ? { HASURA_GRAPHQL_UNAUTHORIZED_ROLE: unauthorizedRole } : {}),
  });
  const times = { defaultLifetimeMs: 600_000, cooldownMs: 60_000, timeoutMs: 20_000, retryDelaysMs: [10] };
  const authenticate = config.then((read) => createAuthenticator(read, silentLog, times));
  return async (headers) => (await authenticate)(headers);
}

/** The code and the words of a refusal; throws whatever else comes. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof EngineError)) throw thrown ?? new Error('the request was let in');
  return `${thrown.code}: ${thrown.message}`;
}

/** A token signed with {@link HMAC}. */
export function hmacToken(payload: JWTPayload, expires: number | string | null = '1h'): Promise<string> {
  const token = new SignJWT(payload).setProtectedHeader({ alg: 'HS256' });
  if (expires !== null) token.setExpirationTime(expires);
  return token.sign(new TextEncoder().encode(HMAC));
}

/** A token in the header where it is usual. */
export const bearer = (token: string, more: RequestHeaders = {}): RequestHeaders => ({
  authorization: `Bearer ${token}`,
  ...more,
});
