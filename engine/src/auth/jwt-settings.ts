import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { SettingsReader } from '../settings-reader.ts';
import { type JsonPath, parseJsonPath } from './json-path.ts';

/** Where in the request a token is looked for. */
export type TokenPlace =
  | { readonly type: 'Authorization' }
  | { readonly type: 'Cookie'; readonly name: string }
  | { readonly type: 'CustomHeader'; readonly name: string };

/** One value of a claims map: taken from the token, or always the same. */
export type MappedClaim =
  | { readonly kind: 'path'; readonly path: JsonPath; readonly fallback: unknown }
  | { readonly kind: 'static'; readonly value: unknown };

/** Where a token keeps Hasura's claims. */
export type ClaimsPlace =
  | { readonly kind: 'namespace'; readonly name: string; readonly format: ClaimsFormat }
  | {
      readonly kind: 'path';
      readonly text: string;
      readonly path: JsonPath;
      readonly format: ClaimsFormat;
    }
  | { readonly kind: 'map'; readonly claims: Readonly<Record<string, MappedClaim>> };

/** Whether Hasura's claims are an object in the token or its text. */
export type ClaimsFormat = 'json' | 'stringified_json';

/** What verifies a token's signature. */
export type TokenKey =
  | { readonly kind: 'fixed'; readonly algorithms: readonly string[]; readonly key: Uint8Array | KeyObject }
  | { readonly kind: 'jwks'; readonly url: URL };

/** One entry of HASURA_GRAPHQL_JWT_SECRETS, or HASURA_GRAPHQL_JWT_SECRET. */
export interface JwtSettings {
  readonly key: TokenKey;
  readonly claims: ClaimsPlace;
  readonly audience: readonly string[] | null;
  readonly issuer: string | null;
  readonly allowedSkewSeconds: number;
  readonly place: TokenPlace;
}

const KEY_TYPES = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
] as const;

const place = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('Authorization') }),
    z.strictObject({ type: z.literal('Cookie'), name: z.string().min(1) }),
    z.strictObject({ type: z.literal('CustomHeader'), name: z.string().min(1) }),
  ],
  { error: 'expected type Authorization, Cookie or CustomHeader' },
);

const jwtSecret = z
  .strictObject({
    type: z.enum(KEY_TYPES).optional(),
    key: z.string().optional(),
    jwk_url: z.url({ protocol: /^https?$/ }).optional(),
    claims_namespace: z.string().optional(),
    claims_namespace_path: z.string().optional(),
    claims_format: z.enum(['json', 'stringified_json']).optional(),
    claims_map: z.record(z.string(), z.unknown()).optional(),
    audience: z.union([z.string(), z.array(z.string())]).optional(),
    issuer: z.string().optional(),
    allowed_skew: z.number().nonnegative().optional(),
    header: place.optional(),
  })
  .refine((given) => (given.key === undefined) !== (given.jwk_url === undefined), {
    error: 'expected either key (with type) or jwk_url',
  })
  .refine((given) => given.key === undefined || given.type !== undefined, {
    error: 'a key needs its type',
  })
  .refine((given) => given.claims_namespace === undefined || given.claims_namespace_path === undefined, {
    error: 'claims_namespace and claims_namespace_path cannot both be set',
  });

/** Reads HASURA_GRAPHQL_JWT_SECRET and …_SECRETS; what is wrong goes to the reader. Keys never appear in messages. */
export function readJwtSecrets(read: SettingsReader): readonly JwtSettings[] {
  const settings: JwtSettings[] = [];
  const add = (name: string, raw: unknown): void => {
    const parsed = jwtSecret.safeParse(raw);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        read.refuse(`${name}${issue.path.map((part) => `.${String(part)}`).join('')}: ${issue.message}.`);
      }
      return;
    }
    try {
      settings.push(toSettings(parsed.data));
    } catch (thrown) {
      read.refuse(`${name}: ${(thrown as Error).message}.`);
    }
  };
  const one = read.json('HASURA_GRAPHQL_JWT_SECRET');
  const many = read.json('HASURA_GRAPHQL_JWT_SECRETS');
  // As documented: where both are set, the list alone counts.
  if (one !== undefined && many === undefined) add('HASURA_GRAPHQL_JWT_SECRET', one);
  if (Array.isArray(many)) {
    for (const [index, raw] of many.entries()) add(`HASURA_GRAPHQL_JWT_SECRETS[${index}]`, raw);
  } else if (many !== undefined) {
    read.refuse('HASURA_GRAPHQL_JWT_SECRETS must be a JSON array.');
  }
  return settings;
}

function toSettings(raw: z.output<typeof jwtSecret>): JwtSettings {
  const audience = typeof raw.audience === 'string' ? [raw.audience] : (raw.audience ?? null);
  return {
    key: readKey(raw),
    claims: readClaimsPlace(raw),
    audience,
    issuer: raw.issuer ?? null,
    allowedSkewSeconds: raw.allowed_skew ?? 0,
    place: raw.header ?? { type: 'Authorization' },
  };
}

/** The algorithms a key of each family may verify; families never mix, so a public key is no HMAC secret. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  HS: ['HS256', 'HS384', 'HS512'],
  RS: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ES: ['ES256', 'ES384', 'ES512'],
  Ed: ['EdDSA', 'Ed25519'],
};

function readKey(raw: z.output<typeof jwtSecret>): TokenKey {
  if (raw.jwk_url !== undefined) return { kind: 'jwks', url: new URL(raw.jwk_url) };
  const type = raw.type ?? '';
  const text = raw.key ?? '';
  const algorithms = FAMILIES[type.slice(0, 2)] ?? [];
  if (!type.startsWith('HS')) return { kind: 'fixed', algorithms, key: readPublicKey(type, text) };
  const key = new TextEncoder().encode(text);
  const least = Number(type.slice(2)) / 8;
  if (key.length < least) throw new Error(`a key of type ${type} needs at least ${least} bytes`);
  return { kind: 'fixed', algorithms, key };
}

/** A PEM public key (SPKI or PKCS#1) or X.509 certificate whose kind fits the type. */
function readPublicKey(type: string, text: string): KeyObject {
  if (/PRIVATE KEY-----/.test(text)) {
    throw new Error('the key is a private key; only the public half belongs here');
  }
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch {
    throw new Error(`a key of type ${type} must be a PEM public key or certificate`);
  }
  const wanted = { RS: 'rsa', ES: 'ec', Ed: 'ed25519' }[type.slice(0, 2)];
  if (key.asymmetricKeyType !== wanted) {
    throw new Error(`the key is of kind ${key.asymmetricKeyType}, which does not fit type ${type}`);
  }
  return key;
}

function readClaimsPlace(raw: z.output<typeof jwtSecret>): ClaimsPlace {
  const format = raw.claims_format ?? 'json';
  if (raw.claims_map) {
    const claims: Record<string, MappedClaim> = {};
    for (const [name, value] of Object.entries(raw.claims_map)) {
      claims[name.toLowerCase()] = readMappedClaim(name, value);
    }
    for (const needed of ['x-hasura-allowed-roles', 'x-hasura-default-role']) {
      if (!claims[needed]) throw new Error(`claims_map: ${needed} is expected but not found`);
    }
    return { kind: 'map', claims };
  }
  if (raw.claims_namespace_path !== undefined) {
    const text = raw.claims_namespace_path;
    return { kind: 'path', text, path: parseJsonPath(text), format };
  }
  return { kind: 'namespace', name: raw.claims_namespace ?? 'https://hasura.io/jwt/claims', format };
}

function readMappedClaim(name: string, value: unknown): MappedClaim {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'static', value };
  const { path, default: fallback, ...rest } = value as Record<string, unknown>;
  if (typeof path !== 'string' || Object.keys(rest).length > 0) {
    throw new Error(`claims_map.${name} must be a value, or { path, default }`);
  }
  return { kind: 'path', path: parseJsonPath(path), fallback };
}
