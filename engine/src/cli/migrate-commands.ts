import { relative } from 'node:path';
import { readProjectFolders } from '../metadata/read-config.ts';
import { applyMigrations, applySeeds, readMigrationStatus } from '../migrate/apply-migrations.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { readDatabaseName, readDatabaseUrl, readProject } from './project-options.ts';

/** `migrate apply`: every migration that the database has not seen. */
export async function runMigrateApply(options: CliOptions, environment: Environment): Promise<void> {
  const folders = await readProjectFolders(readProject(options));
  const applied = await applyMigrations(
    {
      databaseUrl: readDatabaseUrl(options, environment),
      folder: folders.migrations,
      database: await readDatabaseName(options, folders, 'migrations'),
    },
    ({ version, name }) => console.log(`applied ${version}_${name}`),
  );
  if (applied.length === 0) console.log('nothing to apply');
}

/** `migrate status`: what the folder and the database hold. */
export async function runMigrateStatus(options: CliOptions, environment: Environment): Promise<void> {
  const folders = await readProjectFolders(readProject(options));
  const lines = await readMigrationStatus({
    databaseUrl: readDatabaseUrl(options, environment),
    folder: folders.migrations,
    database: await readDatabaseName(options, folders, 'migrations'),
  });
  console.log('VERSION\tNAME\tSOURCE STATUS\tDATABASE STATUS');
  for (const { version, name, applied } of lines) {
    const inFolder = name === null ? 'Not Present' : 'Present';
    console.log([version, name ?? '-', inFolder, applied ? 'Present' : 'Not Present'].join('\t'));
  }
}

/** `seed apply`: the seed files, whatever the database holds already. */
export async function runSeedApply(options: CliOptions, environment: Environment): Promise<void> {
  const folders = await readProjectFolders(readProject(options));
  const applied = await applySeeds(
    {
      databaseUrl: readDatabaseUrl(options, environment),
      folder: folders.seeds,
      database: await readDatabaseName(options, folders, 'seeds'),
    },
    (file) => console.log(`applied ${relative(folders.project, file)}`),
  );
  if (applied.length === 0) console.log('no seed files');
}
