import { decodeJwt } from 'jose';
import { EngineError } from '../errors.ts';
import { LruCache } from '../request/lru-cache.ts';
import { findToken, type RequestHeaders } from './find-token.ts';
import { type HasuraClaims, readHasuraClaims } from './hasura-claims.ts';
import type { Session } from './session.ts';
import type { TokenVerifier } from './verify-token.ts';

/** How many verified tokens are remembered. */
const MAX_REMEMBERED = 10_000;

interface RememberedToken {
  readonly claims: HasuraClaims;
  readonly expiresAt: number | null;
  readonly keyVersion: number;
  /** One session per role that was asked for; there are no more than the token allows. */
  readonly sessions: Map<string, Session>;
}

/** Turns a request's token into a session; null when the request carries none. */
export type JwtAuthenticate = (headers: RequestHeaders) => Promise<Session | null>;

/**
 * Authenticates by the configured verifiers. A token that was verified is remembered until it
 * ends, its keys change, or newer tokens push it out.
 */
export function createJwtAuthenticate(
  verifiers: readonly TokenVerifier[],
  maxRemembered = MAX_REMEMBERED,
): JwtAuthenticate {
  const remembered = new LruCache<RememberedToken>(maxRemembered);

  async function readToken(token: string, verifier: TokenVerifier): Promise<RememberedToken> {
    const key = verifiers.length === 1 ? token : `${verifiers.indexOf(verifier)} ${token}`;
    const known = remembered.get(key);
    if (known) {
      const hasEnded = known.expiresAt !== null && known.expiresAt <= Date.now();
      const { keyVersion } = verifier;
      if (
        !hasEnded &&
        known.keyVersion === (typeof keyVersion === 'number' ? keyVersion : await keyVersion())
      ) {
        return known;
      }
      remembered.delete(key);
    }
    const { claims, expiresAt, keyVersion } = await verifier.verify(token);
    const entry: RememberedToken = {
      claims: readHasuraClaims(claims, verifier.settings.claims),
      expiresAt,
      keyVersion,
      sessions: new Map(),
    };
    remembered.set(key, entry);
    return entry;
  }

  return async (headers) => {
    const found = selectToken(headers, verifiers);
    if (found === null) return null;
    const entry = await readToken(found.token, found.verifier);
    const role = headers['x-hasura-role'] || entry.claims.defaultRole;
    if (!entry.claims.allowedRoles.includes(role)) {
      throw new EngineError('access-denied', 'Your requested role is not in allowed roles');
    }
    let session = entry.sessions.get(role);
    if (!session) {
      session = Object.freeze({
        role,
        variables: Object.freeze({ ...entry.claims.variables, 'x-hasura-role': role }),
        isAdmin: role === 'admin',
        backendOnly: false,
        expiresAt: entry.expiresAt,
      });
      entry.sessions.set(role, session);
    }
    return session;
  };
}

/** The one verifier that a request's token is for: by its place, then by its issuer. */
function selectToken(
  headers: RequestHeaders,
  verifiers: readonly TokenVerifier[],
): { token: string; verifier: TokenVerifier } | null {
  const [verifier] = verifiers;
  if (verifier !== undefined && verifiers.length === 1) {
    const token = findToken(headers, verifier.settings.place);
    return token === null ? null : { token, verifier };
  }
  const candidates = verifiers.flatMap((verifier) => {
    const token = findToken(headers, verifier.settings.place);
    return token === null ? [] : [{ token, verifier }];
  });
  const matching = candidates.filter(({ token, verifier: { settings } }) => {
    const issuer = readIssuer(token);
    return settings.issuer === null || issuer === undefined || settings.issuer === issuer;
  });
  // As documented: a token that none of several issuers has made counts as no token.
  const [first] = matching;
  if (first === undefined) return null;
  if (matching.length > 1) {
    throw new EngineError('invalid-headers', 'Could not verify JWT: Multiple JWTs found');
  }
  return first;
}

/** The issuer a token claims, before anything is verified: it only chooses who verifies. */
function readIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
