import { parseArgs } from 'node:util';
import { OlderLayoutError } from '../metadata/keep-files.ts';
import { MetadataFolderError } from '../metadata/mistakes.ts';
import { MigrationError } from '../migrate/migration-error.ts';
import { SettingsError } from '../settings-reader.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { UsageError } from './usage-error.ts';

/** Each command loads what it needs, and nothing that only others do. */
interface Command {
  readonly options: readonly (keyof CliOptions)[];
  /** What the loaded function resolves to is the exit code when it is a number, and success otherwise. */
  load(): Promise<(options: CliOptions, environment: Environment) => Promise<unknown>>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    options: ['project', 'database-url', 'port', 'host', 'workers'],
    load: async () => (await import('./serve-command.ts')).runServe,
  },
  schema: {
    options: ['project', 'database-url', 'role'],
    load: async () => (await import('./schema-command.ts')).runSchema,
  },
  'metadata apply': {
    options: ['project', 'database-url', 'disallow-inconsistent-metadata'],
    load: async () => (await import('./metadata-commands.ts')).runMetadataApply,
  },
  'metadata export': {
    options: ['project', 'database-url'],
    load: async () => (await import('./metadata-commands.ts')).runMetadataExport,
  },
  'metadata diff': {
    options: ['project', 'database-url'],
    load: async () => (await import('./metadata-commands.ts')).runMetadataDiff,
  },
  'migrate apply': {
    options: ['project', 'database-url', 'database-name', 'all-databases', 'skip-execution'],
    load: async () => (await import('./migrate-commands.ts')).runMigrateApply,
  },
  'migrate status': {
    options: ['project', 'database-url', 'database-name'],
    load: async () => (await import('./migrate-commands.ts')).runMigrateStatus,
  },
  'console build': { options: [], load: async () => (await import('./console-command.ts')).runConsoleBuild },
  'seed apply': {
    options: ['project', 'database-url', 'database-name'],
    load: async () => (await import('./migrate-commands.ts')).runSeedApply,
  },
};

const HELP = `A GraphQL engine for Hasura v2 projects and Postgres.

  hasura-engine serve [--project DIR] [--database-url URL] [--port N] [--host H] [--workers N]
  hasura-engine schema --project DIR [--database-url URL] --role ROLE
  hasura-engine metadata apply|export|diff --project DIR [--database-url URL] [--disallow-inconsistent-metadata]
  hasura-engine migrate apply --project DIR [--database-url URL] [--database-name NAME | --all-databases] [--skip-execution]
  hasura-engine migrate status --project DIR [--database-url URL] [--database-name NAME]
  hasura-engine seed apply --project DIR [--database-url URL] [--database-name NAME]
  hasura-engine console build

--project is the folder with config.yaml; serve without it serves the metadata kept in the database. --database-url may also stand in HASURA_GRAPHQL_DATABASE_URL;
all other settings are Hasura's own environment variables.`;

/** Runs one command; answers the exit code. Failures are sentences on standard error. */
export async function runCli(args: readonly string[], environment: Environment): Promise<number> {
  try {
    const { command, options } = readCommandLine(args);
    if (command === null || options.help) {
      console.log(HELP);
      return 0;
    }
    const run = await command.load();
    const code = await run(options, environment);
    return typeof code === 'number' ? code : 0;
  } catch (thrown) {
    console.error(describeFailure(thrown));
    return 1;
  }
}

function readCommandLine(args: readonly string[]): { command: Command | null; options: CliOptions } {
  let parsed: { values: CliOptions; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        project: { type: 'string' },
        'database-url': { type: 'string' },
        'database-name': { type: 'string' },
        'all-databases': { type: 'boolean' },
        'skip-execution': { type: 'boolean' },
        port: { type: 'string' },
        host: { type: 'string' },
        workers: { type: 'string' },
        role: { type: 'string' },
        'disallow-inconsistent-metadata': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (thrown) {
    throw new UsageError((thrown as Error).message);
  }
  const { values, positionals } = parsed;
  if (positionals.length === 0) return { command: null, options: values };
  const name = positionals.join(' ');
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`There is no command "${name}".`);
  for (const option of Object.keys(values) as (keyof CliOptions)[]) {
    if (option !== 'help' && !command.options.includes(option)) {
      throw new UsageError(`${name} has no option --${option}.`);
    }
  }
  return { command, options: values };
}

function describeFailure(thrown: unknown): string {
  if (thrown instanceof UsageError) return `${thrown.message}\n\n${HELP}`;
  if (thrown instanceof MetadataFolderError) {
    return `The metadata has ${thrown.mistakes.length} mistake(s):\n${thrown.message}`;
  }
  if (
    thrown instanceof OlderLayoutError ||
    thrown instanceof SettingsError ||
    thrown instanceof MigrationError
  )
    return thrown.message;
  if (!(thrown instanceof Error)) return String(thrown);
  return describeSystemError(thrown as NodeJS.ErrnoException & { address?: string; port?: number });
}

/** The usual obstacles in a sentence that names the setting; a stack only for what nobody foresaw. */
function describeSystemError(error: NodeJS.ErrnoException & { address?: string; port?: number }): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${error.port} is taken; choose another with --port or HASURA_GRAPHQL_SERVER_PORT.`;
    case 'EACCES':
      return `${error.message}; choose another port with --port or HASURA_GRAPHQL_SERVER_PORT.`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case '28P01':
    case '3D000':
      return `The database cannot be reached (${error.message || error.code}); check --database-url or HASURA_GRAPHQL_DATABASE_URL.`;
    default:
      return error.name === 'EngineError' ? error.message : (error.stack ?? error.message);
  }
}
