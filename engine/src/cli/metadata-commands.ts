import { diff } from 'node:util';
import type { Queryable } from '../execute/pool.ts';
import { findKeptFiles } from '../metadata/keep-files.ts';
import { openProject } from '../metadata/open-project.ts';
import { readProjectFolders } from '../metadata/read-config.ts';
import type { Metadata } from '../metadata/types.ts';
import { type MetadataFiles, toMetadataFiles, writeMetadataFiles } from '../metadata/write-metadata.ts';
import { loadMetadata } from '../metadata-api/metadata-store.ts';
import { storeMetadata, withMetadataStore } from '../metadata-api/store-metadata.ts';
import { schemaSettingsOf } from '../schema-settings.ts';
import { buildState, schemaOptions, servingSettings } from '../serving-state.ts';
import { SettingsError } from '../settings-reader.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { readDatabaseUrl, readProject } from './project-options.ts';

/**
 * `metadata apply`: makes the folder's metadata the database's own; running engines take it over at once. What the
 * database does not bear out is told, and refused with `--disallow-inconsistent-metadata`.
 */
export async function runMetadataApply(options: CliOptions, environment: Environment): Promise<number> {
  const project = await openProject(readProject(options), readDatabaseUrl(options, environment), environment);
  for (const warning of project.warnings) console.error(warning);
  return withMetadataStore(project.databaseUrl, async (pool) => {
    const settings = servingSettings({ environment, ...schemaOptions(schemaSettingsOf(environment)) });
    const { inconsistencies } = await buildState(pool, project.metadata, settings);
    const wrong = inconsistencies.filter(({ entity }) => entity === undefined);
    for (const { type, name, reason } of wrong) console.error(`inconsistent ${type} ${name}: ${reason}`);
    if (wrong.length > 0 && options['disallow-inconsistent-metadata']) {
      console.error('nothing was applied');
      return 1;
    }
    const { resourceVersion, isChanged } = await storeMetadata(pool, project.metadata);
    console.log(isChanged ? `applied as resource version ${resourceVersion}` : 'nothing to apply');
    return 0;
  });
}

/** `metadata export`: writes the database's metadata into the folder, as Hasura's CLI lays it out. */
export async function runMetadataExport(options: CliOptions, environment: Environment): Promise<number> {
  const folders = await readProjectFolders(readProject(options));
  const metadata = await withMetadataStore(readDatabaseUrl(options, environment), requireStored);
  const files = toMetadataFiles(metadata);
  const changed = await writeMetadataFiles(folders.metadata, files, await findKeptFiles(folders, files));
  for (const path of changed) console.log(path);
  if (changed.length === 0) console.log('nothing has changed');
  return 0;
}

/** `metadata diff`: what `metadata apply` would change, line by line; exit code 1 where there is anything. */
export async function runMetadataDiff(options: CliOptions, environment: Environment): Promise<number> {
  const project = await openProject(readProject(options), readDatabaseUrl(options, environment), environment);
  const stored = await withMetadataStore(project.databaseUrl, requireStored);
  const lines = describeDifference(toMetadataFiles(stored), toMetadataFiles(project.metadata));
  for (const line of lines) console.log(line);
  if (lines.length === 0) console.log('no difference');
  return lines.length === 0 ? 0 : 1;
}

async function requireStored(database: Queryable): Promise<Metadata> {
  const stored = await loadMetadata(database);
  if (stored) return stored.metadata;
  throw new SettingsError(['The database holds no metadata.']);
}

const CONTEXT_LINES = 3;

/** A unified difference: `-` for what the database has, `+` for what the folder has. */
function describeDifference(database: MetadataFiles, folder: MetadataFiles): string[] {
  const paths = [...new Set([...database.keys(), ...folder.keys()])].sort();
  return paths.flatMap((path) => {
    const before = database.get(path) ?? '';
    const after = folder.get(path) ?? '';
    if (before === after) return [];
    // 1 marks a line of the first text alone, -1 one of the second.
    const steps = diff(before.split('\n').slice(0, -1), after.split('\n').slice(0, -1));
    const changed = steps.map(([kind]) => kind !== 0);
    const isNear = (index: number): boolean =>
      changed.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).includes(true);
    const body = steps.flatMap(([kind, line], index) => {
      if (!isNear(index)) return index > 0 && isNear(index - 1) ? ['…'] : [];
      return [`${kind === 0 ? ' ' : kind === 1 ? '-' : '+'}${line}`];
    });
    return [`--- database/${path}`, `+++ folder/${path}`, ...body];
  });
}
