import { relative } from 'node:path';
import { listDatabases, type SqlFolder, sqlFolderOf } from '../migrate/read-migrations.ts';
import { SettingsError } from '../settings-reader.ts';
import { databaseUrlOf } from '../source/build-source.ts';
import { formatMistake } from './mistakes.ts';
import { readProjectFolders } from './read-config.ts';
import { readMetadataFolder } from './read-metadata.ts';
import type { Metadata, SourceConfiguration } from './types.ts';

/** `pool_settings` of a source. */
export type PoolSettingsMetadata = NonNullable<SourceConfiguration['connection_info']['pool_settings']>;

/** A project folder that is ready to be served. */
export interface OpenProject {
  readonly metadata: Metadata;
  /** Where its one source lives. */
  readonly databaseUrl: string;
  readonly databaseName: string;
  readonly migrations: SqlFolder;
  readonly poolSettings: PoolSettingsMetadata;
  /** `extensions_schema` of the source. */
  readonly extensionsSchema: string | undefined;
  /** Parts of the folder that count for nothing, a sentence each. */
  readonly warnings: readonly string[];
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
  const folders = await readProjectFolders(projectDir);
  const { metadata, warnings: found } = await readMetadataFolder(folders);
  const warnings = found.map(formatMistake);
  const [source] = metadata.sources;
  const databaseName = source?.name ?? 'default';
  for (const name of await listDatabases(folders, 'migrations')) {
    if (name === databaseName) continue;
    const folder = `${relative(folders.project, folders.migrations)}/${name}`;
    warnings.push(`${folder} is left alone: no source of the metadata is named ${name}.`);
  }
  return {
    metadata,
    databaseUrl: source ? resolveUrl(databaseUrlOf(source), databaseUrl, environment) : databaseUrl,
    databaseName,
    migrations: sqlFolderOf(folders, 'migrations', databaseName),
    poolSettings: source?.configuration.connection_info.pool_settings ?? {},
    extensionsSchema: source?.configuration.extensions_schema,
    warnings,
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
