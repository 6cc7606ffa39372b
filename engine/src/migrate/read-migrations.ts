import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectFolders } from '../metadata/read-config.ts';
import { MigrationError } from './migration-error.ts';

/** One migration of the folder. */
export interface Migration {
  /** Digits before the first underscore; orders migrations and names them in the database. */
  readonly version: string;
  readonly name: string;
  /** The file with the SQL that applies it; null where there is nothing to run, only a version to record. */
  readonly upFile: string | null;
}

/** The SQL files of one database of a project. */
export interface SqlFolder {
  readonly path: string;
  /** The source's name, under which what is applied is recorded. */
  readonly database: string;
  /** Whether the CLI of config version 2 may have recorded migrations in a table of its own. */
  readonly isOlder: boolean;
}

/** Where a project keeps the migrations or seeds of a database: config version 2 knows only one, and no folder for it. */
export function sqlFolderOf(
  folders: ProjectFolders,
  kind: 'migrations' | 'seeds',
  database: string,
): SqlFolder {
  const isOlder = folders.version === 2;
  return { path: isOlder ? folders[kind] : join(folders[kind], database), database, isOlder };
}

/** Told of files that are no migrations, which the CLI passes over as well. */
export type OnIgnored = (path: string, why: string) => void;

/**
 * Lists `<directory>/<version>_<name>/up.sql` (and the CLI's older flat `<version>_<name>.up.sql`) in the
 * order of their versions. A folder that is not there holds no migrations. Whatever else lies there is passed over
 * and told; only a migration in the YAML of config version 1 stops, since leaving it out would leave changes out.
 */
export async function readMigrations(
  directory: string,
  onIgnored: OnIgnored = () => {},
): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  for (const entry of await listFolder(directory)) {
    if (entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    const match = /^(\d+)_(.+)$/.exec(entry.name);
    if (!match) {
      onIgnored(path, 'is no migration: one is named <version>_<name>, the version in digits');
      continue;
    }
    const [, version, rest] = match as unknown as [string, string, string];
    if (entry.isDirectory()) {
      const has = async (name: string) => ((await isFile(join(path, name))) ? join(path, name) : null);
      const upFile = await has('up.sql');
      if (upFile === null && (await has('up.yaml'))) {
        throw new MigrationError(path, null, 'up.yaml is a migration of config version 1, which is not read');
      }
      // The CLI records a version of which there is only the way back as well.
      if (upFile === null && !(await has('down.sql'))) onIgnored(path, 'is no migration: it has no up.sql');
      else migrations.push({ version, name: rest, upFile });
    } else if (rest.endsWith('.up.sql')) {
      migrations.push({ version, name: rest.slice(0, -'.up.sql'.length), upFile: path });
    } else if (!rest.endsWith('.down.sql')) {
      onIgnored(path, 'is no migration: expected a folder with up.sql, or <version>_<name>.up.sql');
    }
  }
  migrations.sort((left, right) => (BigInt(left.version) < BigInt(right.version) ? -1 : 1));
  for (const [index, migration] of migrations.entries()) {
    if (migrations[index - 1]?.version === migration.version) {
      throw new MigrationError(
        migration.upFile ?? directory,
        null,
        `version ${migration.version} is used twice`,
      );
    }
  }
  return migrations;
}

/** Lists the seed files of a folder in alphabetical order. */
export async function readSeeds(directory: string): Promise<readonly string[]> {
  const entries = await listFolder(directory);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(directory, entry.name))
    .sort();
}

/** The databases that a project's migrations/ or seeds/ folder holds files for. */
export async function listDatabases(
  folders: ProjectFolders,
  kind: 'migrations' | 'seeds',
): Promise<readonly string[]> {
  if (folders.version === 2) return ['default'];
  const entries = await listFolder(folders[kind]);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

async function listFolder(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
