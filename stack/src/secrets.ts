import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unwritable } from '@tierline/postgres';
import { StackStartError } from './errors.ts';
import { isKeyList, LEAST_SECRET_LENGTH } from './settings/fields.ts';
import type { Settings } from './settings/types.ts';

/** Every secret of a running stack. */
export interface Secrets {
  readonly pgPassword: string;
  readonly actionsDatabasePassword: string;
  readonly adminSecret: string;
  readonly actionSecret: string;
  /** JSON array of private JWKs. */
  readonly jwtSigningKeys: string;
  /** Where the admin secret can be read, unless a person gave it. */
  readonly adminSecretFile?: string;
}

/** The file of each secret that is kept in the data directory. */
export const SECRET_FILES = {
  pgPassword: 'pg-password',
  actionsDatabasePassword: 'actions-database-password',
  adminSecret: 'admin-secret',
  actionSecret: 'action-secret',
  jwtSigningKeys: 'jwt-signing-keys.json',
} as const;

/**
 * Takes the secrets that were given and makes the others, once per data directory. Whoever calls this holds the data
 * directory: two starts at once would each make their own and only one pair of hands write last.
 */
export async function loadSecrets(settings: Settings): Promise<Secrets> {
  const { dataDir, given } = settings;
  const kept = async (name: keyof typeof SECRET_FILES, make: () => string | Promise<string>) => {
    const path = join(dataDir, SECRET_FILES[name]);
    return (await readSecret(path)) ?? keepSecret(path, await make());
  };
  try {
    const [pgPassword, actionsDatabasePassword, adminSecret, actionSecret, jwtSigningKeys] =
      await Promise.all([
        given.pgPassword ?? kept('pgPassword', randomSecret),
        kept('actionsDatabasePassword', randomSecret),
        given.adminSecret ?? kept('adminSecret', randomSecret),
        given.actionSecret ?? kept('actionSecret', randomSecret),
        given.jwtSigningKeys ?? kept('jwtSigningKeys', makeSigningKeys),
      ]);
    const adminSecretFile = given.adminSecret ? undefined : join(dataDir, SECRET_FILES.adminSecret);
    return {
      pgPassword,
      actionsDatabasePassword,
      adminSecret,
      actionSecret,
      jwtSigningKeys,
      adminSecretFile,
    };
  } catch (error) {
    throw error instanceof StackStartError ? error : unwritable(dataDir, error);
  }
}

/**
 * The secret in a file, or undefined where there is none. A file that holds something else was spoiled by somebody, and
 * what they meant is not ours to guess: making a new secret would sign everybody out or lock the database.
 */
export async function readSecret(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unwritable(dirname(path), error);
  });
  if (text === undefined) return undefined;
  const secret = text.trim();
  const isKeys = path.endsWith(SECRET_FILES.jwtSigningKeys);
  if (isKeys ? isKeyList(secret) : secret.length >= LEAST_SECRET_LENGTH) return secret;
  const wanted = isKeys
    ? 'a JSON array of private RSA keys'
    : `a secret of at least ${LEAST_SECRET_LENGTH} characters`;
  throw new StackStartError(
    `The file ${path} does not hold ${wanted} any more; put its old content back, or delete the file to have a new one made.`,
  );
}

/** Writes a secret for its owner's eyes only, whole or not at all: a start cut short leaves no half of one. */
async function keepSecret(path: string, secret: string): Promise<string> {
  const draft = `${path}.new`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  await rename(draft, path);
  return secret;
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** One RSA key for RS256, named by its RFC 7638 thumbprint. */
async function makeSigningKeys(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ format: 'jwk' });
  const thumbprint = createHash('sha256').update(JSON.stringify({ e: key.e, kty: key.kty, n: key.n }));
  return JSON.stringify([{ ...key, kid: thumbprint.digest('base64url'), alg: 'RS256', use: 'sig' }]);
}
