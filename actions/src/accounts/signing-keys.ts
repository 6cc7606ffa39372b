/** The RSA keys behind access tokens: the first signs, all are published, so that keys can rotate. */

import {
  CompactSign,
  type CryptoKey,
  calculateJwkThumbprint,
  compactVerify,
  importJWK,
  type JWK,
} from 'jose';

/** One key pair as the server uses it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** At least one key; the first is the one that signs. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

/** Says what is wrong with the setting, never what is in it. */
export class SigningKeysError extends Error {
  override readonly name = 'SigningKeysError';
}

const MINIMUM_MODULUS_BITS = 2048;

/** Reads a JSON array of private JWKs. */
export async function readSigningKeys(text: string): Promise<SigningKeys> {
  const [first, ...rest] = await Promise.all(parseArray(text).map(readSigningKey));
  if (first === undefined) throw new SigningKeysError('must hold at least one key');
  const keys: SigningKeys = [first, ...rest];
  if (new Set(keys.map((key) => key.kid)).size < keys.length) {
    throw new SigningKeysError('holds two keys with the same kid');
  }
  return keys;
}

/** The document of `/.well-known/jwks.json`: public halves only. */
export function publicKeySet(keys: SigningKeys): { readonly keys: readonly JWK[] } {
  return { keys: keys.map((key) => key.publicJwk) };
}

function parseArray(text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SigningKeysError('is not JSON: give an array of private RSA keys in JWK form');
  }
  if (!Array.isArray(value))
    throw new SigningKeysError('must be a JSON array of private RSA keys in JWK form');
  return value;
}

async function readSigningKey(value: unknown, index: number): Promise<SigningKey> {
  const jwk = typeof value === 'object' && value !== null ? (value as JWK) : {};
  const { kty, n, e, d } = jwk;
  if (kty !== 'RSA' || typeof n !== 'string' || typeof e !== 'string' || typeof d !== 'string') {
    throw new SigningKeysError(`must hold private RSA keys only, which entry ${index + 1} is not`);
  }
  if (Buffer.from(n, 'base64url').length * 8 < MINIMUM_MODULUS_BITS) {
    throw new SigningKeysError(
      `must hold keys of at least ${MINIMUM_MODULUS_BITS} bits, unlike entry ${index + 1}`,
    );
  }
  const kid =
    typeof jwk.kid === 'string' && jwk.kid !== '' ? jwk.kid : await calculateJwkThumbprint({ kty, n, e });
  const publicJwk: JWK = { kty, n, e, kid, alg: 'RS256', use: 'sig' };
  try {
    const privateKey = (await importJWK({ ...jwk, alg: 'RS256' }, 'RS256')) as CryptoKey;
    await proveKeyPair(privateKey, publicJwk);
    return { kid, privateKey, publicJwk };
  } catch {
    throw new SigningKeysError(`holds a key that cannot be used: entry ${index + 1}`);
  }
}

/** Importing a key looks at its form only: broken numbers would show up at the first sign-in. */
async function proveKeyPair(privateKey: CryptoKey, publicJwk: JWK): Promise<void> {
  const probe = await new CompactSign(new TextEncoder().encode('probe'))
    .setProtectedHeader({ alg: 'RS256' })
    .sign(privateKey);
  await compactVerify(probe, await importJWK(publicJwk, 'RS256'));
}
