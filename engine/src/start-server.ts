import { createAuthenticator } from './auth/authenticate.ts';
import type { Config } from './config.ts';
import { createConsoleFiles } from './console/console-files.ts';
import { createMetrics } from './create-metrics.ts';
import type { DeliveryReport } from './delivery/report.ts';
import { createEngine } from './engine.ts';
import { showsInternal } from './http/graphql-route.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import type { Log } from './log.ts';
import type { OpenProject } from './metadata/open-project.ts';
import type { Metrics } from './metrics.ts';
import { schemaOptions } from './serving-state.ts';

/** What a server is started with. */
export interface StartServerOptions {
  readonly config: Config;
  /** The folder with config.yaml; without it the metadata kept in the database is served. */
  readonly projectDir?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Whether the project's migrations and metadata are applied first; otherwise that has been done. */
  readonly appliesProject: boolean;
}

/** A running engine. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Reads the project, migrates the database, builds the engine and listens: in that order. */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { config, environment, log } = options;
  const started = performance.now();
  if (config.unusedVariables.length > 0) {
    log.event('startup', 'warn', {
      kind: 'settings',
      message: `set, but unknown to this engine: ${config.unusedVariables.join(', ')}`,
    });
  }
  if (config.schema.unknownExperiments.length > 0) {
    log.event('startup', 'warn', {
      kind: 'settings',
      message: `HASURA_GRAPHQL_EXPERIMENTAL_FEATURES names what means nothing here: ${config.schema.unknownExperiments.join(', ')}`,
    });
  }
  const project = options.projectDir === undefined ? null : await readProject(options, options.projectDir);
  const warn = (message: string): void => log.event('startup', 'warn', { kind: 'project', message });
  if (options.appliesProject && project) {
    for (const message of project.warnings) warn(message);
    for (const name of await migrateProject(project, warn)) {
      log.event('startup', 'info', { kind: 'migrations-apply', message: `applied ${name}` });
    }
  }
  let http: HttpServer | undefined;
  const metrics = createMetrics();
  const engine = await createEngine({
    databaseUrl: project?.databaseUrl ?? config.databaseUrl,
    ...(project && options.appliesProject ? { metadata: project.metadata, storesMetadata: true } : {}),
    environment: { ...environment, HASURA_GRAPHQL_DATABASE_URL: config.databaseUrl },
    maxConnections: project?.poolSettings.max_connections ?? config.maxConnections,
    poolSettings: project?.poolSettings ?? {},
    preparesStatements: config.preparesStatements,
    transactionIsolation: config.transactionIsolation,
    ...schemaOptions(config.schema),
    enforcesAllowList: config.enforcesAllowList,
    bounds: config.bounds,
    liveQueries: {
      refetchIntervalMs: config.liveQueryRefetchIntervalMs,
      batchSize: config.liveQueryBatchSize,
    },
    streams: { refetchIntervalMs: config.streamRefetchIntervalMs, batchSize: config.streamBatchSize },
    schemaSyncPollIntervalMs: config.schemaSyncPollIntervalMs,
    onSchemaChange: () => {
      if (config.closesWebSocketsOnMetadataChange) http?.restartWebSockets();
    },
    events: {
      fetchIntervalMs: config.eventsFetchIntervalSeconds * 1000,
      httpPoolSize: config.eventsHttpPoolSize,
      fetchBatchSize: config.eventsFetchBatchSize,
      shutdownTimeoutMs: config.gracefulShutdownSeconds * 1000,
      onDelivery: (report) => tellDelivery(report, log, metrics),
    },
    asyncActions: {
      fetchIntervalMs: config.asyncActionsFetchIntervalMs,
      shutdownGraceMs: config.gracefulShutdownSeconds * 1000,
    },
    showsInternal: (session) => showsInternal(config, session),
    log,
    onBackgroundError: (error) => log.event('internal', 'error', { message: error.message }),
  });
  for (const { type, name, reason } of engine.inconsistencies) {
    log.event('inconsistent-metadata', 'warn', { type, name, reason });
  }
  metrics.show({ stats: () => engine.stats(), eventStats: () => engine.eventStats() });
  http = createHttpServer({
    engine,
    authenticate: createAuthenticator(config, log),
    config,
    log,
    metrics,
    ...(config.isConsoleEnabled ? { consoleFiles: createConsoleFiles() } : {}),
  });
  let port: number;
  try {
    port = await http.listen(config.port, config.host);
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
  log.event('startup', 'info', {
    kind: 'server',
    message: `listening on http://${config.host}:${port}`,
    seconds: Math.round(performance.now() - started) / 1000,
  });
  return {
    port,
    async close() {
      await http.close();
      await engine.close();
    },
  };
}

const outcomeNames = { delivered: 'delivered', retry: 'retried', failed: 'failed' } as const;

/** A line and the figures of one delivery. */
function tellDelivery(report: DeliveryReport, log: Log, metrics: Metrics): void {
  const { kind, trigger, eventId, tries, status, seconds, message } = report;
  const outcome = outcomeNames[report.outcome.kind];
  const type = kind === 'event-trigger' ? 'event-trigger' : 'scheduled-trigger';
  const level = outcome === 'delivered' ? 'info' : outcome === 'retried' ? 'warn' : 'error';
  log.event(type, level, {
    ...(trigger === null ? {} : { trigger_name: trigger }),
    event_id: eventId,
    outcome,
    tries,
    status,
    seconds: Math.round(seconds * 1000) / 1000,
    ...(message === undefined ? {} : { message }),
  });
  metrics.deliveries.of({ kind, trigger_name: trigger ?? '', outcome }).inc();
  metrics.deliverySeconds.of({ kind }).observe(seconds);
}

/** Reading YAML and checking what it says takes libraries that an engine without a folder does not need. */
async function readProject(options: StartServerOptions, projectDir: string): Promise<OpenProject> {
  const { openProject } = await import('./metadata/open-project.ts');
  return openProject(projectDir, options.config.databaseUrl, options.environment);
}

/** Applies what the project's database has not seen; answers the names. */
export async function migrateProject(
  project: OpenProject,
  onWarning: (message: string) => void,
): Promise<readonly string[]> {
  const { applyMigrations } = await import('./migrate/apply-migrations.ts');
  const applied = await applyMigrations({
    databaseUrl: project.databaseUrl,
    folder: project.migrations,
    ...(project.extensionsSchema === undefined ? {} : { extensionsSchema: project.extensionsSchema }),
    onIgnored: (path, why) => onWarning(`${path} ${why}`),
  });
  return applied.map(({ version, name }) => `${version}_${name}`);
}
