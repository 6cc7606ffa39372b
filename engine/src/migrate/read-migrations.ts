import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError } from './migration-error.ts';

/** One migration of the folder. */
export interface Migration {
  /** Digits before the first underscore; orders migrations and names them in the database. */
  readonly version: string;
  readonly name: string;
  /** The file with the SQL that applies it. */
  readonly upFile: string;
}

/**
 * Lists `<directory>/<version>_<name>/up.sql` (and the CLI's older flat `<version>_<name>.up.sql`) in the
 * order of their versions. A folder that is not there holds no migrations.
 */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  for (const entry of await listFolder(directory)) {
    if (entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    const match = /^(\d+)_(.+)$/.exec(entry.name);
    if (!match)
      throw new MigrationError(path, null, 'a migration is named <version>_<name>, the version in digits');
    const [, version, rest] = match as unknown as [string, string, string];
    if (entry.isDirectory()) {
      const upFile = join(path, 'up.sql');
      if (!(await isFile(upFile))) throw new MigrationError(path, null, 'this migration has no up.sql');
      migrations.push({ version, name: rest, upFile });
    } else if (rest.endsWith('.up.sql')) {
      migrations.push({ version, name: rest.slice(0, -'.up.sql'.length), upFile: path });
    } else if (!rest.endsWith('.down.sql')) {
      throw new MigrationError(path, null, 'expected a folder with up.sql, or <version>_<name>.up.sql');
    }
  }
  migrations.sort((left, right) => (BigInt(left.version) < BigInt(right.version) ? -1 : 1));
  for (const [index, migration] of migrations.entries()) {
    if (migrations[index - 1]?.version === migration.version) {
      throw new MigrationError(migration.upFile, null, `version ${migration.version} is used twice`);
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
export async function listDatabases(folder: string): Promise<readonly string[]> {
  const entries = await listFolder(folder);
  return entries
    .filter((entry) => entry.isDirectory())
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
