import { relative } from 'node:path';
import { listDatabases } from '../migrate/read-migrations.ts';
import { SettingsError } from '../settings-reader.ts';
import { databaseUrlOf } from '../source/build-source.ts';
import { readProjectFolders } from './read-config.ts';
import { readMetadata } from './read-metadata.ts';
import type { Metadata, SourceConfiguration } from './types.ts';

/** `pool_settings` of a source. */
export type PoolSettingsMetadata = NonNullable<SourceConfiguration['connection_info']['pool_settings']>;

/** A project folder that is ready to be served. */
export interface OpenProject {
  readonly metadata: Metadata;
  /** Where its one source lives. */
  readonly databaseUrl: string;
  readonly databaseName: string;
  readonly migrationsFolder: string;
  readonly poolSettings: PoolSettingsMetadata;
}

/**
 * Reads a project and finds its database: what metadata calls `HASURA_GRAPHQL_DATABASE_URL` is the database
 * that the engine was given, any other variable is read from the environment.
 */
export async function openProject(
  projectDir: string,
  databaseUrl: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenProject> {
  const metadata = await readMetadata(projectDir);
  const folders = await readProjectFolders(projectDir);
  const [source] = metadata.sources;
  const databaseName = source?.name ?? 'default';
  for (const name of await listDatabases(folders.migrations)) {
    if (name !== databaseName) {
      const folder = `${relative(folders.project, folders.migrations)}/${name}`;
      throw new SettingsError([
        `${folder} holds migrations, but no source of the metadata is named ${name}.`,
      ]);
    }
  }
  return {
    metadata,
    databaseUrl: source ? resolveUrl(databaseUrlOf(source), databaseUrl, environment) : databaseUrl,
    databaseName,
    migrationsFolder: folders.migrations,
    poolSettings: source?.configuration.connection_info.pool_settings ?? {},
  };
}

function resolveUrl(
  given: string | { readonly from_env: string },
  databaseUrl: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (typeof given === 'string') return given;
  if (given.from_env === 'HASURA_GRAPHQL_DATABASE_URL') return databaseUrl;
  const url = environment[given.from_env];
  if (url) return url;
  throw new SettingsError([
    `${given.from_env} is not set, but the metadata takes a database's address from it.`,
  ]);
}
