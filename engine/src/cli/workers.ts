import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config.ts';
import { openProject } from '../metadata/open-project.ts';
import { storeMetadata, withMetadataStore } from '../metadata-api/store-metadata.ts';
import { migrateProject } from '../start-server.ts';
import type { Environment } from './cli-options.ts';
import { onShutdown } from './shutdown.ts';

/** A worker that ends sooner than this after its start will not do better the next time. */
const LEAST_LIFE_MS = 5000;

/** Runs several processes that share one port; a worker that dies later is replaced. */
export async function runWorkers(
  count: number,
  config: Config,
  projectDir: string | undefined,
  environment: Environment,
): Promise<void> {
  if (projectDir !== undefined) {
    const project = await openProject(projectDir, config.databaseUrl, environment);
    await migrateProject(project);
    await withMetadataStore(project.databaseUrl, (pool) => storeMetadata(pool, project.metadata));
  }
  cluster.setupPrimary({ args: process.argv.slice(2) });
  const workers = new Set<Worker>();
  let isClosing = false;
  let ready = 0;

  await new Promise<void>((resolve, reject) => {
    const start = (): void => {
      const worker = cluster.fork();
      const started = Date.now();
      workers.add(worker);
      worker.on('message', (message: { type?: string; port?: number }) => {
        if (message.type !== 'ready') return;
        ready += 1;
        if (ready === count) process.send?.({ type: 'ready', port: message.port });
      });
      worker.once('exit', (code, signal) => {
        workers.delete(worker);
        if (isClosing) return;
        if (Date.now() - started > LEAST_LIFE_MS) start();
        else {
          isClosing = true;
          for (const other of workers) other.kill('SIGTERM');
          reject(new Error(`A worker ended right after its start (${signal ?? `exit code ${code}`}).`));
        }
      });
    };
    for (let index = 0; index < count; index += 1) start();
    onShutdown(async () => {
      isClosing = true;
      const ends = [...workers].map((worker) => new Promise((done) => worker.once('exit', done)));
      for (const worker of workers) worker.kill('SIGTERM');
      await Promise.all(ends);
    }).then(resolve, reject);
  });
}
