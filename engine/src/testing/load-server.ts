import { createAuthenticator } from '../auth/authenticate.ts';
import { readConfig } from '../config.ts';
import { createMetrics } from '../create-metrics.ts';
import { createEngine } from '../engine.ts';
import { createHttpServer } from '../http/server.ts';
import { silentLog } from '../log.ts';
import type { Metadata } from '../metadata/types.ts';
import { TEST_ADMIN_SECRET } from './fake-engine.ts';

/** What a load server is started with, as JSON in its first argument. */
export interface LoadServerOptions {
  readonly databaseUrl: string;
  readonly metadata: Metadata;
  readonly refetchIntervalMs: number;
  readonly batchSize: number;
  /** Further settings of the engine. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What it says: where it listens, and whenever it is asked, how it is. */
export type LoadServerMessage =
  | { readonly type: 'ready'; readonly port: number }
  | {
      readonly type: 'state';
      readonly statements: number;
      readonly subscribers: number;
      readonly residentBytes: number;
      readonly heapBytes: number;
    };

/** An engine in a process of its own, so that what it needs can be told from what its clients need. */
const options = JSON.parse(process.argv[2] ?? '') as LoadServerOptions;
const config = await readConfig({
  HASURA_GRAPHQL_DATABASE_URL: options.databaseUrl,
  HASURA_GRAPHQL_ADMIN_SECRET: TEST_ADMIN_SECRET,
  ...options.environment,
});
const { refetchIntervalMs, batchSize } = options;
const engine = await createEngine({
  databaseUrl: options.databaseUrl,
  metadata: options.metadata,
  bounds: config.bounds,
  liveQueries: { refetchIntervalMs, batchSize },
});
const http = createHttpServer({
  engine,
  authenticate: createAuthenticator(config, silentLog),
  config,
  log: silentLog,
  metrics: createMetrics(),
});
const tell = (message: LoadServerMessage): void => {
  process.send?.(message);
};

process.on('message', () => {
  globalThis.gc?.();
  const { statements, subscribers } = engine.stats().liveQueries;
  const { rss: residentBytes, heapUsed: heapBytes } = process.memoryUsage();
  tell({ type: 'state', statements, subscribers, residentBytes, heapBytes });
});
process.on('disconnect', () => process.exit());
tell({ type: 'ready', port: await http.listen(0, '127.0.0.1') });
