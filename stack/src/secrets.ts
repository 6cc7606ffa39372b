import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StackStartError } from './errors.ts';
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

/** Takes the secrets that were given and makes the others, once per data directory. */
export async function loadSecrets(settings: Settings): Promise<Secrets> {
  const { dataDir, given } = settings;
  const kept = (name: string, make: () => string | Promise<string>) => keepSecret(join(dataDir, name), make);
  try {
    await makeFolder(dataDir);
    const [pgPassword, actionsDatabasePassword, adminSecret, actionSecret, jwtSigningKeys] =
      await Promise.all([
        given.pgPassword ?? kept('pg-password', randomSecret),
        kept('actions-database-password', randomSecret),
        given.adminSecret ?? kept('admin-secret', randomSecret),
        given.actionSecret ?? kept('action-secret', randomSecret),
        given.jwtSigningKeys ?? kept('jwt-signing-keys.json', makeSigningKeys),
      ]);
    const adminSecretFile = given.adminSecret ? undefined : join(dataDir, 'admin-secret');
    return {
      pgPassword,
      actionsDatabasePassword,
      adminSecret,
      actionSecret,
      jwtSigningKeys,
      adminSecretFile,
    };
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new StackStartError(
      `The data directory ${dataDir} cannot be used (${reason}); set DATA_DIR to a folder that can be written.`,
      {
        cause,
      },
    );
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where a folder above is there and yet nothing can
 * be made in it, as in /proc.
 */
async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
}

/** Reads a secret, or makes it and writes it for its owner's eyes only. */
async function keepSecret(path: string, make: () => string | Promise<string>): Promise<string> {
  const existing = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (existing.trim() !== '') return existing.trim();
  const secret = await make();
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
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
