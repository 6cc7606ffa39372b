import { relative } from 'node:path';
import type { ProjectFolders } from '../metadata/read-config.ts';
import { listDatabases } from '../migrate/read-migrations.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { UsageError } from './usage-error.ts';

/** The folder every command works on. */
export function readProject(options: CliOptions): string {
  if (!options.project) throw new UsageError('--project must name the folder with config.yaml.');
  return options.project;
}

/** The database of commands that need no other setting. */
export function readDatabaseUrl(options: CliOptions, environment: Environment): string {
  const url = options['database-url'] ?? environment.HASURA_GRAPHQL_DATABASE_URL ?? '';
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new UsageError(
    '--database-url (or HASURA_GRAPHQL_DATABASE_URL) must name the database as postgres://…',
  );
}

/**
 * The folder under migrations/ or seeds/ that is meant: the named one, or the only one there is. To pick one
 * of several in silence would leave the others out.
 */
export async function readDatabaseName(
  options: CliOptions,
  folders: ProjectFolders,
  kind: 'migrations' | 'seeds',
): Promise<string> {
  if (options['database-name']) return options['database-name'];
  const names = await listDatabases(folders, kind);
  const [only = 'default', ...others] = names;
  if (others.length === 0) return only;
  throw new UsageError(
    `${relative(folders.project, folders[kind])}/ holds ${names.join(', ')}; choose one with --database-name.`,
  );
}
