import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureEventCatalog } from '../events/event-catalog.ts';
import { ensureCliState, readAppliedVersions, recordVersion } from './cli-state.ts';
import { type Migration, readMigrations, readSeeds } from './read-migrations.ts';
import { withMigrationLock } from './sql-session.ts';

/** Which files go to which database. */
export interface MigrateOptions {
  readonly databaseUrl: string;
  /** The project's migrations/ or seeds/ folder. */
  readonly folder: string;
  /** The source's name, which is also the name of its folder in there. */
  readonly database: string;
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
  const { database } = options;
  const migrations = await readMigrations(join(options.folder, options.database));
  const texts = new Map<Migration, string>();
  for (const migration of migrations) texts.set(migration, await readFile(migration.upFile, 'utf8'));
  return withMigrationLock(options.databaseUrl, async ({ client, runFile }) => {
    await ensureCliState(client);
    // Migrations may grant their roles what writing an event takes.
    await ensureEventCatalog(client);
    const seen = await readAppliedVersions(client, database);
    const pending = migrations.filter((migration) => !seen.has(migration.version));
    for (const migration of pending) {
      await runFile(migration.upFile, texts.get(migration) ?? '', () =>
        recordVersion(client, database, migration.version),
      );
      onApplied(migration);
    }
    return pending;
  });
}

/** Compares the folder with the database, oldest version first; writes nothing. */
export async function readMigrationStatus(options: MigrateOptions): Promise<readonly MigrationStatus[]> {
  const migrations = await readMigrations(join(options.folder, options.database));
  const seen = await withMigrationLock(options.databaseUrl, ({ client }) =>
    readAppliedVersions(client, options.database),
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
  const files = await readSeeds(join(options.folder, options.database));
  return withMigrationLock(options.databaseUrl, async ({ runFile }) => {
    for (const file of files) {
      await runFile(file, await readFile(file, 'utf8'));
      onApplied(file);
    }
    return files;
  });
}
