import { relative } from 'node:path';
import { formatMistake } from '../metadata/mistakes.ts';
import { type ProjectFolders, readProjectFolders } from '../metadata/read-config.ts';
import { readMetadataFolder } from '../metadata/read-metadata.ts';
import { applyMigrations, applySeeds, readMigrationStatus } from '../migrate/apply-migrations.ts';
import { listDatabases, type SqlFolder, sqlFolderOf } from '../migrate/read-migrations.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { readDatabaseName, readDatabaseUrl, readProject } from './project-options.ts';
import { UsageError } from './usage-error.ts';

/** `migrate apply`: every migration that the database has not seen. */
export async function runMigrateApply(options: CliOptions, environment: Environment): Promise<void> {
  const folders = await readFolders(options);
  const extensionsSchema = await readExtensionsSchema(folders);
  let count = 0;
  for (const folder of await chosenFolders(options, folders)) {
    const applied = await applyMigrations(
      {
        databaseUrl: readDatabaseUrl(options, environment),
        folder,
        skipsExecution: options['skip-execution'] === true,
        ...(extensionsSchema === undefined ? {} : { extensionsSchema }),
        onIgnored,
      },
      ({ version, name }) =>
        console.log(`${options['skip-execution'] ? 'recorded' : 'applied'} ${version}_${name}`),
    );
    count += applied.length;
  }
  if (count === 0) console.log('nothing to apply');
}

/**
 * The databases that are meant. A project has one source here, so `--all-databases` is the same as its name; folders of
 * others are told and left alone, as the CLI does with databases that metadata does not name.
 */
async function chosenFolders(options: CliOptions, folders: ProjectFolders): Promise<readonly SqlFolder[]> {
  if (!options['all-databases']) {
    return [sqlFolderOf(folders, 'migrations', await readDatabaseName(options, folders, 'migrations'))];
  }
  if (options['database-name']) {
    throw new UsageError('--all-databases and --database-name exclude each other.');
  }
  const names = await listDatabases(folders, 'migrations');
  if (names.length < 2) return [sqlFolderOf(folders, 'migrations', names[0] ?? 'default')];
  const { metadata } = await readMetadataFolder(folders);
  const known = new Set(metadata.sources.map(({ name }) => name));
  for (const name of names.filter((candidate) => !known.has(candidate))) {
    onIgnored(
      `${relative(folders.project, folders.migrations)}/${name}`,
      'is left alone: no source has this name',
    );
  }
  return names.filter((name) => known.has(name)).map((name) => sqlFolderOf(folders, 'migrations', name));
}

/** Where the metadata wants extensions; a project may be migrated before it has any metadata. */
async function readExtensionsSchema(folders: ProjectFolders): Promise<string | undefined> {
  const { metadata } = await readMetadataFolder(folders).catch(() => ({ metadata: null }));
  return metadata?.sources[0]?.configuration.extensions_schema;
}

/** `migrate status`: what the folder and the database hold. */
export async function runMigrateStatus(options: CliOptions, environment: Environment): Promise<void> {
  const folders = await readFolders(options);
  const lines = await readMigrationStatus({
    databaseUrl: readDatabaseUrl(options, environment),
    folder: sqlFolderOf(folders, 'migrations', await readDatabaseName(options, folders, 'migrations')),
    onIgnored,
  });
  console.log('VERSION\tNAME\tSOURCE STATUS\tDATABASE STATUS');
  for (const { version, name, applied } of lines) {
    const inFolder = name === null ? 'Not Present' : 'Present';
    console.log([version, name ?? '-', inFolder, applied ? 'Present' : 'Not Present'].join('\t'));
  }
}

/** `seed apply`: the seed files, whatever the database holds already. */
export async function runSeedApply(options: CliOptions, environment: Environment): Promise<void> {
  const folders = await readFolders(options);
  const applied = await applySeeds(
    {
      databaseUrl: readDatabaseUrl(options, environment),
      folder: sqlFolderOf(folders, 'seeds', await readDatabaseName(options, folders, 'seeds')),
    },
    (file) => console.log(`applied ${relative(folders.project, file)}`),
  );
  if (applied.length === 0) console.log('no seed files');
}

async function readFolders(options: CliOptions): Promise<ProjectFolders> {
  const folders = await readProjectFolders(readProject(options));
  for (const warning of folders.warnings) console.error(formatMistake(warning));
  return folders;
}

function onIgnored(path: string, why: string): void {
  console.error(`${path} ${why}`);
}
