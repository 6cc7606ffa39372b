import { join } from 'node:path';
import { reachableHost, trustedProxies, uiOrigins } from '../network.ts';
import { PROJECT_ROOT } from '../project.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings/types.ts';
import { runToEnd, type ServiceOptions, startService } from './service.ts';
import type { Run } from './supervise.ts';

/** What the engine's processes need to know. */
export interface EngineInput {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Starts the engine on the project folder; it applies migrations and metadata itself before it is ready. */
export function startEngine(input: EngineInput): Promise<Run> {
  return startService(command(input, 'engine', ['serve', '--project', 'hasura']));
}

/** Fills a freshly migrated database with the demo data. */
export function seedDatabase(input: EngineInput): Promise<void> {
  return runToEnd(command(input, 'demo data', ['seed', 'apply', '--project', 'hasura']));
}

/** Applies the migrations that a database has not seen. */
export function migrateDatabase(input: EngineInput): Promise<void> {
  return runToEnd(command(input, 'migrations', ['migrate', 'apply', '--project', 'hasura']));
}

/** The address goes by environment: a command line, with the password in it, is for everybody on the machine to read. */
function command(input: EngineInput, name: string, args: readonly string[]): ServiceOptions {
  return {
    name,
    script: join(PROJECT_ROOT, 'engine/bin/hasura-engine.js'),
    args,
    env: engineEnvironment(input),
    cwd: PROJECT_ROOT,
    log: input.log,
    signal: input.signal,
  };
}

/** The settings that compose gives the official image, by the same names. */
function engineEnvironment({ settings, secrets, databaseUrl }: EngineInput): Record<string, string> {
  const actions = `http://${reachableHost(settings.host)}:${settings.actionsPort}`;
  return {
    HASURA_GRAPHQL_DATABASE_URL: databaseUrl,
    HASURA_GRAPHQL_SERVER_HOST: settings.host,
    HASURA_GRAPHQL_SERVER_PORT: String(settings.hasuraPort),
    HASURA_GRAPHQL_ADMIN_SECRET: secrets.adminSecret,
    ...(settings.metricsToken && { HASURA_GRAPHQL_METRICS_SECRET: settings.metricsToken }),
    HASURA_GRAPHQL_JWT_SECRET: JSON.stringify({
      jwk_url: `${actions}/.well-known/jwks.json`,
      issuer: 'tierline',
      audience: 'tierline',
    }),
    HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'anonymous',
    HASURA_GRAPHQL_ENABLE_CONSOLE: 'true',
    HASURA_GRAPHQL_CORS_DOMAIN: uiOrigins(settings).join(', '),
    TRUST_PROXY: trustedProxies(settings),
    HASURA_ENGINE_BOUNDS: settings.engineBounds ?? '',
    ACTIONS_BASE_URL: actions,
    ACTION_SECRET: secrets.actionSecret,
    LOG_LEVEL: settings.logLevel,
    LOG_FORMAT: 'json',
  };
}
