import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** A TCP port; 0 is refused because the printed addresses would not hold. */
export function port(fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535,
      'must be a port, 1 to 65535',
    )
    .transform(Number);
}

/** A shorter secret can be guessed. */
export const LEAST_SECRET_LENGTH = 16;

/** A secret that a person chose: an empty, blank or short one is worse than none, so it stops the start. */
export function secret() {
  return longEnough()
    .refine(
      (text) => text === text.trim(),
      'must not begin or end with a blank: it is sent in headers, where such blanks are lost',
    )
    .optional();
}

/** The keys that sign tokens, a secret too. */
export function signingKeys() {
  return longEnough()
    .refine(isKeyList, 'must be a JSON array of private RSA keys (JWK), each with its kid')
    .optional();
}

/** Blanks around it do not count: nobody means them. */
function longEnough() {
  return z.string().refine((text) => text.trim().length >= LEAST_SECRET_LENGTH, {
    error: `must have at least ${LEAST_SECRET_LENGTH} characters (leave it out to have one made)`,
    abort: true,
  });
}

/** Whether a text is a JSON array of private RSA keys (JWK), each with its name. */
export function isKeyList(text: string): boolean {
  try {
    const keys: unknown = JSON.parse(text);
    return (
      Array.isArray(keys) && keys.length > 0 && keys.every((key) => key?.kty === 'RSA' && key.d && key.kid)
    );
  } catch {
    return false;
  }
}

/** Calls per window; 0 means no limit, which production refuses. */
export function rateLimit(fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,9}$/.test(text), 'must be a whole number, 0 for no limit')
    .transform(Number);
}

/** The public address of a user interface: an origin, nothing behind it. */
export function origin() {
  return z
    .string()
    .refine((text) => {
      const url = URL.parse(text);
      return (
        url !== null &&
        /^https?:$/.test(url.protocol) &&
        url.pathname === '/' &&
        !url.search &&
        !url.hash &&
        !url.username
      );
    }, 'must be an http or https address without a path, such as https://portal.example.com')
    .transform((text) => new URL(text).origin)
    .optional();
}

/** The address of a Postgres database. */
export function postgresUrl() {
  return z
    .string()
    .refine(
      (text) => /^postgres(ql)?:\/\/[^/]+\/[^/?]+/.test(text) && URL.canParse(text),
      'must look like postgres://user:password@host:5432/database',
    )
    .optional();
}

/** The address of a running Hasura, with or without /v1/graphql behind it. */
export function httpUrl() {
  return z
    .string()
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be an http or https address')
    .transform((text) => text.replace(/\/(v1\/graphql\/?)?$/, ''))
    .optional();
}

/** A JSON object, handed on as it is to the server that knows what may stand in it. */
export function jsonObject() {
  return z.string().refine(isJsonObject, 'must be a JSON object').optional();
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A mail server. The action server checks it again, and more closely. */
export function smtpUrl() {
  return z
    .string()
    .refine(
      (text) => /^smtps?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.hostname !== '',
      'must look like smtp://user:password@host:587 or smtps://user:password@host:465',
    )
    .optional();
}

/** IP addresses and ranges, separated by commas. */
export function addressList() {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine(
      (parts) => parts.every(isAddress),
      'must be IP addresses or ranges such as 10.0.0.0/8, separated by commas',
    );
}

/** Whether a server that listens there is reached by programs of this machine alone. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const family = isIP(host);
  if (family === 0) return false;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function isAddress(text: string): boolean {
  try {
    addTo(new BlockList(), text);
    return true;
  } catch {
    return false;
  }
}

/** Adds an address or range in text form to a list; throws when it is neither. */
export function addTo(list: BlockList, text: string): void {
  const [address = '', prefix] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, /^\d+$/.test(prefix) ? Number(prefix) : -1, family);
}
