/** Access tokens: short-lived JWTs that Hasura and REST verify with our public keys. */

import { SignJWT } from 'jose';
import type { PersonRole } from './roles.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Who the token speaks for. */
export interface TokenSubject {
  readonly userId: string;
  /** The sign-in that it stems from: when that ends, handlers refuse the token. */
  readonly sessionId: string;
  readonly role: PersonRole;
  readonly vendorId: string | null;
}

/** A signed token and the moment it ends. */
export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: string;
}

/** Issuer and audience alike: the tokens are ours, for us. */
export const TOKEN_PARTY = 'tierline';

/** Where Hasura looks for its session variables. */
export const HASURA_CLAIMS = 'https://hasura.io/jwt/claims';

const LIFETIME_SECONDS = 15 * 60;

/** Signs a token for a user. */
export async function issueAccessToken(
  keys: SigningKeys,
  subject: TokenSubject,
  now: Date = new Date(),
): Promise<AccessToken> {
  const [key] = keys;
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expiresAt = issuedAt + LIFETIME_SECONDS;
  const accessToken = await new SignJWT({ sid: subject.sessionId, [HASURA_CLAIMS]: hasuraClaims(subject) })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
    .setIssuer(TOKEN_PARTY)
    .setAudience(TOKEN_PARTY)
    .setSubject(subject.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key.privateKey);
  return { accessToken, expiresAt: new Date(expiresAt * 1000).toISOString() };
}

function hasuraClaims({ userId, sessionId, role, vendorId }: TokenSubject) {
  return {
    'x-hasura-allowed-roles': [role],
    'x-hasura-default-role': role,
    'x-hasura-user-id': userId,
    'x-hasura-session-id': sessionId,
    ...(vendorId === null ? {} : { 'x-hasura-vendor-id': vendorId }),
  };
}
