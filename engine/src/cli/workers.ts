import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { createLog, type Log } from '../log.ts';
import { openProject } from '../metadata/open-project.ts';
import { storeMetadata, withMetadataStore } from '../metadata-api/store-metadata.ts';
import { MetricsGatherer } from '../metrics-cluster.ts';
import { migrateProject } from '../start-server.ts';
import type { Environment } from './cli-options.ts';
import { onShutdown } from './shutdown.ts';

/** The pause before a worker that ended is replaced grows with every one that never came to serve, up to the last. */
const PAUSES_MS = [0, 500, 1000, 2000, 5000];

/**
 * Runs several processes that share one port. One that dies is replaced; only when they cannot even start for the
 * first time, the whole ends.
 */
export async function runWorkers(
  count: number,
  config: Config,
  projectDir: string | undefined,
  environment: Environment,
): Promise<void> {
  const log = createLog({ level: config.logLevel, types: config.logTypes, format: config.logFormat });
  if (projectDir !== undefined) {
    const project = await openProject(projectDir, config.databaseUrl, environment);
    const warn = (message: string): void => log.event('startup', 'warn', { kind: 'project', message });
    for (const message of project.warnings) warn(message);
    await migrateProject(project, warn);
    await withMetadataStore(project.databaseUrl, (pool) => storeMetadata(pool, project.metadata));
  }
  cluster.setupPrimary({ args: process.argv.slice(2) });
  const pack = new WorkerPack(count, log);
  const stopped = onShutdown(() => pack.stop());
  await Promise.race([stopped, pack.failed]);
}

/** The workers and what becomes of them. */
class WorkerPack {
  /** Rejects when a worker ends before all have served for the first time. */
  readonly failed: Promise<never>;
  readonly #count: number;
  readonly #log: Log;
  readonly #metrics = new MetricsGatherer();
  readonly #workers = new Set<Worker>();
  readonly #fail: (error: Error) => void;
  readonly #replacing = new Set<NodeJS.Timeout>();
  #readyCount = 0;
  #vainStarts = 0;
  #isStopping = false;

  constructor(count: number, log: Log) {
    this.#count = count;
    this.#log = log;
    const { promise, reject } = Promise.withResolvers<never>();
    this.failed = promise;
    this.#fail = reject;
    for (let index = 0; index < count; index += 1) this.#start();
  }

  /** Asks every worker to end and waits until all have. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const timer of this.#replacing) clearTimeout(timer);
    const ends = [...this.#workers].map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    for (const worker of this.#workers) worker.kill('SIGTERM');
    await Promise.all(ends);
  }

  readonly #tell = (error: Error): void => this.#log.event('internal', 'error', { stack: error.stack });

  #start(): void {
    const worker = cluster.fork();
    let isReady = false;
    this.#workers.add(worker);
    this.#metrics.serve(worker);
    worker.on(
      'message',
      guarded((message: { type?: string; port?: number }) => {
        if (message.type !== 'ready') return;
        isReady = true;
        this.#vainStarts = 0;
        this.#readyCount += 1;
        if (this.#readyCount === this.#count) process.send?.({ type: 'ready', port: message.port });
      }, this.#tell),
    );
    // A worker that could not be forked, or told something, has no other end than this.
    worker.on('error', guarded(this.#tell, heardElsewhere));
    worker.once(
      'exit',
      guarded((code, signal) => {
        this.#workers.delete(worker);
        if (!this.#isStopping) this.#replace(isReady, signal ?? `exit code ${code}`);
      }, this.#tell),
    );
  }

  #replace(wasReady: boolean, cause: string): void {
    if (!wasReady && this.#readyCount < this.#count) {
      this.stop().finally(() => this.#fail(new Error(`A worker ended before it could serve (${cause}).`)));
      return;
    }
    if (!wasReady) this.#vainStarts += 1;
    this.#log.event('startup', 'error', {
      kind: 'worker',
      message: `a worker ended (${cause}) and is replaced`,
    });
    const timer = setTimeout(
      guarded(() => {
        this.#replacing.delete(timer);
        this.#start();
      }, this.#tell),
      PAUSES_MS[Math.min(this.#vainStarts, PAUSES_MS.length - 1)],
    );
    this.#replacing.add(timer);
  }
}
