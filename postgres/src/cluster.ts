import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { errorCode, PostgresStartError } from './errors.ts';
import type { SystemUser } from './system-user.ts';

/** What initdb needs to know. */
export interface ClusterOptions {
  readonly directory: string;
  readonly user: SystemUser | undefined;
  readonly password: string;
  readonly binaries: PostgresBinaries;
}

/** The major version that the embedded binaries write and read. */
const MAJOR_VERSION = '18';

/** Makes the cluster in `directory` unless one is there already; answers whether it is new. */
export async function ensureCluster(options: ClusterOptions): Promise<'created' | 'existing'> {
  const version = await readFile(join(options.directory, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw unwritable(options.directory, error);
  });
  if (version === undefined) {
    await createCluster(options);
    return 'created';
  }
  if (version.trim() !== MAJOR_VERSION) {
    throw new PostgresStartError(
      `${options.directory} was written by PostgreSQL ${version.trim()} and this one is ${MAJOR_VERSION}; move it away or set DATA_DIR to another folder.`,
    );
  }
  return 'existing';
}

/** Builds in a draft folder and renames it at the end: a start that was cut short leaves nothing half made. */
async function createCluster(options: ClusterOptions): Promise<void> {
  const { directory } = options;
  const draft = `${directory}.new`;
  await refuseForeignFiles(directory);
  try {
    await mkdir(dirname(directory), { recursive: true, mode: 0o755 });
    await rm(draft, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
    await makeOwnedFolder(draft, options.user);
    await access(dirname(directory));
  } catch (error) {
    throw unwritable(dirname(directory), error);
  }
  await runInitdb(options, draft);
  await rename(draft, directory);
}

async function refuseForeignFiles(directory: string): Promise<void> {
  const files = await readdir(directory).catch(() => []);
  if (files.length > 0) {
    throw new PostgresStartError(
      `${directory} holds files but no PostgreSQL data; empty it or set DATA_DIR to another folder.`,
    );
  }
}

/** A folder that only its owner, the account of the server, can enter. */
export async function makeOwnedFolder(path: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  if (user) await chown(path, user.uid, user.gid);
}

/**
 * Text sorts by the C rules inside UTF-8 (PostgreSQL's own provider), so order does not depend on the
 * machine's locales. Nothing is flushed to disk while building: the first checkpoint of a server with fsync does it.
 */
async function runInitdb(options: ClusterOptions, directory: string): Promise<void> {
  const passwordFile = join(directory, '..', `.password-${randomBytes(6).toString('hex')}`);
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  try {
    if (options.user) await chown(passwordFile, options.user.uid, options.user.gid);
    await run(
      options.binaries.initdb,
      [
        `--pgdata=${directory}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-sync',
        '--no-instructions',
      ],
      options.user,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function run(command: string, args: readonly string[], user: SystemUser | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...user,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: serverEnvironment(),
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.once('error', (cause) =>
      reject(new PostgresStartError(`initdb cannot be run: ${cause.message}`, { cause })),
    );
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new PostgresStartError(
            `initdb failed: ${complaint.trim().split('\n').join(' ') || `exit code ${code}`}`,
          ),
        );
    });
  });
}

/** The environment of the server's programs: messages in English, and no PG* variable of the caller's shell. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/** One sentence for a data directory that cannot be written; what is a sentence already stays as it is. */
export function unwritable(directory: string, cause: unknown): PostgresStartError {
  if (cause instanceof PostgresStartError) return cause;
  const reason = errorCode(cause) ?? String(cause);
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return new PostgresStartError(
      `The disk of the data directory ${directory} is full; make room on it or set DATA_DIR to a folder elsewhere.`,
      { cause },
    );
  }
  return new PostgresStartError(
    `The data directory ${directory} cannot be used (${reason}); set DATA_DIR to a folder that can be written.`,
    { cause },
  );
}
