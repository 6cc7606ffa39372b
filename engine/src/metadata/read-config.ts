import { join, resolve } from 'node:path';
import { checkShape } from './check-shape.ts';
import { MetadataFolderError, type MetadataMistake } from './mistakes.ts';
import { configFile } from './schemas/others.ts';
import { YamlReader } from './yaml-file.ts';

/** Where a Hasura project keeps its parts, as absolute paths. */
export interface ProjectFolders {
  readonly project: string;
  readonly metadata: string;
  readonly migrations: string;
  readonly seeds: string;
  /** Of config version 2 are projects with one database: its migrations and seeds lie in their folders themselves. */
  readonly version: 2 | 3;
  /** What config.yaml says that counts for nothing. */
  readonly warnings: readonly MetadataMistake[];
}

/** Reads config.yaml (version 2 or 3) of a Hasura project; throws MetadataFolderError. */
export async function readProjectFolders(projectDir: string): Promise<ProjectFolders> {
  const project = resolve(projectDir);
  const reader = new YamlReader(project);
  const file = join(project, 'config.yaml');
  const located = await reader.readOptional(file);
  if (!located && reader.mistakes.length === 0) {
    reader.report(file, 'is missing; a Hasura project folder has one');
  }
  const config = located && checkShape(located, configFile, reader);
  if (!config) throw new MetadataFolderError(reader.mistakes);
  return {
    project,
    metadata: resolve(project, config.metadata_directory ?? 'metadata'),
    migrations: resolve(project, config.migrations_directory ?? 'migrations'),
    seeds: resolve(project, config.seeds_directory ?? 'seeds'),
    version: config.version,
    warnings: reader.warnings,
  };
}
