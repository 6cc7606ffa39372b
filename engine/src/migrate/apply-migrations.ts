import { readFile } from 'node:fs/promises';
import { ensureCliState, readAppliedVersions, recordVersion } from './cli-state.ts';
import {
  type Migration,
  type OnIgnored,
  readMigrations,
  readSeeds,
  type SqlFolder,
} from './read-migrations.ts';
import { ensureSourceCatalog } from './source-catalog.ts';
import { withMigrationLock } from './sql-session.ts';

/** Which files go to which database. */
export interface MigrateOptions {
  readonly databaseUrl: string;
  readonly folder: SqlFolder;
  /** The schema that extensions are made in; `public` unless told. */
  readonly extensionsSchema?: string;
  /** Records migrations as applied and runs none of them, for a database that has all they would do. */
  readonly skipsExecution?: boolean;
  readonly onIgnored?: OnIgnored;
}

/** One line of `migrate status`. */
export interface MigrationStatus {
  readonly version: string;
  /** Null when the database has seen a version that the folder does not hold. */
  readonly name: string | null;
  readonly applied: boolean;
}

/** Applies every migration that the database has not seen, each in a transaction of its own; answers which. */
export async function applyMigrations(
  options: MigrateOptions,
  onApplied: (migration: Migration) => void = () => {},
): Promise<readonly Migration[]> {
  const { path, database } = options.folder;
  const migrations = await readMigrations(path, options.onIgnored);
  const texts = new Map<Migration, string>();
  for (const migration of migrations) {
    if (migration.upFile) texts.set(migration, await readFile(migration.upFile, 'utf8'));
  }
  return withMigrationLock(options.databaseUrl, async ({ client, runFile }) => {
    await ensureCliState(client);
    await ensureSourceCatalog(client, options.extensionsSchema);
    const seen = await readAppliedVersions(client, options.folder);
    const pending = migrations.filter((migration) => !seen.has(migration.version));
    for (const migration of pending) {
      const text = options.skipsExecution ? '' : (texts.get(migration) ?? '');
      await runFile(migration.upFile ?? path, text, () => recordVersion(client, database, migration.version));
      onApplied(migration);
    }
    return pending;
  });
}

/** Compares the folder with the database, oldest version first; writes nothing. */
export async function readMigrationStatus(options: MigrateOptions): Promise<readonly MigrationStatus[]> {
  const migrations = await readMigrations(options.folder.path, options.onIgnored);
  const seen = await withMigrationLock(options.databaseUrl, ({ client }) =>
    readAppliedVersions(client, options.folder),
  );
  const inFolder = new Set(migrations.map((migration) => migration.version));
  const lines: MigrationStatus[] = migrations.map(({ version, name }) => ({
    version,
    name,
    applied: seen.has(version),
  }));
  for (const version of seen) if (!inFolder.has(version)) lines.push({ version, name: null, applied: true });
  return lines.sort((left, right) => (BigInt(left.version) < BigInt(right.version) ? -1 : 1));
}

/** Runs the seed files in alphabetical order, each in a transaction of its own; answers which. */
export async function applySeeds(
  options: MigrateOptions,
  onApplied: (file: string) => void = () => {},
): Promise<readonly string[]> {
  const files = await readSeeds(options.folder.path);
  return withMigrationLock(options.databaseUrl, async ({ runFile }) => {
    for (const file of files) {
      await runFile(file, await readFile(file, 'utf8'));
      onApplied(file);
    }
    return files;
  });
}
