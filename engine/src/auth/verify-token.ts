import { type CompactVerifyGetKey, compactVerify, errors } from 'jose';
import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import { isJsonNumber, isJsonObject, textOfNumber } from '../json/json-values.ts';
import type { Log } from '../log.ts';
import { Jwks, type JwksTimes } from './jwks.ts';
import type { JwtSettings } from './jwt-settings.ts';

/** The claims of a token whose signature, times, issuer and audience hold. */
export interface VerifiedToken {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch; null for a token without end. */
  readonly expiresAt: number | null;
  /** Which key set verified it; a token is trusted no longer than its set. */
  readonly keyVersion: number;
}

/** Verifies tokens by one entry of the JWT settings. */
export interface TokenVerifier {
  readonly settings: JwtSettings;
  verify(token: string): Promise<VerifiedToken>;
  /** The version of the keys in use now, asking for fresh keys when theirs are old; a number where they never change. */
  readonly keyVersion: number | (() => Promise<number>);
}

/** The algorithms of a published key set: signatures only, never a shared secret. */
const PUBLISHED = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** A verifier for tokens under one JWT secret; published keys are fetched when first needed. */
export function createTokenVerifier(settings: JwtSettings, log: Log, times?: JwksTimes): TokenVerifier {
  const { key } = settings;
  if (key.kind === 'fixed') {
    return {
      settings,
      keyVersion: 0,
      async verify(token) {
        const payload = await checkSignature(token, () => key.key, key.algorithms);
        return toVerifiedToken(payload, settings, 0);
      },
    };
  }
  const jwks = new Jwks(key.url, log, times);
  return {
    settings,
    keyVersion: async () => (await jwks.current())?.version ?? 0,
    async verify(token) {
      const keys = await jwks.current();
      if (keys === null) throw invalidJwt('JWSError NoUsableKeys');
      try {
        return toVerifiedToken(await checkSignature(token, keys.find, PUBLISHED), settings, keys.version);
      } catch (thrown) {
        if (!(thrown instanceof EngineError && isBadSignature(thrown))) throw thrown;
        // The key may be newer than our set: ask once more, then it stands.
        await jwks.refresh();
        const newer = await jwks.current();
        if (newer === null || newer.version === keys.version) throw thrown;
        return toVerifiedToken(await checkSignature(token, newer.find, PUBLISHED), settings, newer.version);
      }
    },
  };
}

const BAD_SIGNATURE = 'JWSError JWSInvalidSignature';

function isBadSignature(error: EngineError): boolean {
  return error.message.endsWith(BAD_SIGNATURE);
}

function invalidJwt(reason: string): EngineError {
  return new EngineError('invalid-jwt', `Could not verify JWT: ${reason}`);
}

/** The payload of a token whose signature holds; refusals in the words of the reference's JOSE library. */
async function checkSignature(
  token: string,
  findKey: CompactVerifyGetKey,
  algorithms: readonly string[],
): Promise<Uint8Array> {
  const parts = token.split('.').length;
  if (parts !== 3) {
    throw invalidJwt(`JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got ${parts})`);
  }
  try {
    const { payload } = await compactVerify(token, findKey, { algorithms: [...algorithms] });
    return payload;
  } catch (thrown) {
    if (thrown instanceof errors.JWKSMultipleMatchingKeys) {
      return checkEachKey(token, thrown, algorithms);
    }
    if (thrown instanceof errors.JWSInvalid) {
      throw invalidJwt('JWSError (JSONDecodeError "protected header contains invalid JSON")');
    }
    // A wrong signature, an algorithm or a key that does not fit: all the same to the caller.
    throw invalidJwt(BAD_SIGNATURE);
  }
}

/** A set may hold several keys that a header without `kid` could mean. */
async function checkEachKey(
  token: string,
  candidates: errors.JWKSMultipleMatchingKeys,
  algorithms: readonly string[],
): Promise<Uint8Array> {
  for await (const key of candidates) {
    try {
      return (await compactVerify(token, key, { algorithms: [...algorithms] })).payload;
    } catch (thrown) {
      if (!(thrown instanceof errors.JOSEError)) throw thrown;
    }
  }
  throw invalidJwt(BAD_SIGNATURE);
}

/** Checks the registered claims, in the order of the reference. */
function toVerifiedToken(payload: Uint8Array, settings: JwtSettings, keyVersion: number): VerifiedToken {
  const claims = parseClaims(payload);
  const now = Date.now() / 1000;
  const skew = settings.allowedSkewSeconds;
  const exp = readTime(claims, 'exp');
  if (exp !== null && now >= exp + skew) throw invalidJwt('JWTExpired');
  const iat = readTime(claims, 'iat');
  // Issuers round to whole seconds, some of them up.
  if (iat !== null && now + Math.max(skew, 1) < iat) throw invalidJwt('JWTIssuedAtFuture');
  const nbf = readTime(claims, 'nbf');
  if (nbf !== null && now + skew < nbf) throw invalidJwt('JWTNotYetValid');
  if (settings.issuer !== null && claims.iss !== settings.issuer) throw invalidJwt('JWTNotInIssuer');
  if (settings.audience !== null) {
    const audiences: unknown[] = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
    const wanted: readonly unknown[] = settings.audience;
    if (!audiences.some((audience) => wanted.includes(audience))) throw invalidJwt('JWTNotInAudience');
  }
  return { claims, expiresAt: exp === null ? null : (exp + skew) * 1000, keyVersion };
}

function parseClaims(payload: Uint8Array): Readonly<Record<string, unknown>> {
  let claims: unknown;
  try {
    claims = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    throw invalidJwt('JWTClaimsSetDecodeError "not a JSON text"');
  }
  if (!isJsonObject(claims)) {
    throw invalidJwt('JWTClaimsSetDecodeError "not a JSON object"');
  }
  return claims;
}

function readTime(claims: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = claims[name];
  if (value === undefined || value === null) return null;
  if (!isJsonNumber(value)) throw invalidJwt(`JWTClaimsSetDecodeError "${name} is not a number"`);
  return Number(textOfNumber(value));
}
