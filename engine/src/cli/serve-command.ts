import cluster from 'node:cluster';
import { readConfig } from '../config.ts';
import { guarded } from '../guarded.ts';
import { createLog } from '../log.ts';
import { startServer } from '../start-server.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { onShutdown } from './shutdown.ts';
import { UsageError } from './usage-error.ts';

/** `serve`: answers requests until a signal, or the end of whoever forked it. */
export async function runServe(options: CliOptions, environment: Environment): Promise<void> {
  const workers = readCount('--workers', options.workers, 1, 64) ?? 1;
  const port = readCount('--port', options.port, 0, 65_535);
  const config = await readConfig(environment, {
    ...(options['database-url'] === undefined ? {} : { databaseUrl: options['database-url'] }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(port === undefined ? {} : { port }),
  });
  const projectDir = options.project;
  if (workers > 1 && cluster.isPrimary) {
    const { runWorkers } = await import('./workers.ts');
    await runWorkers(workers, config, projectDir, environment);
    return;
  }
  const log = createLog({ level: config.logLevel, types: config.logTypes, format: config.logFormat });
  // One request's forgotten promise must not end all the others.
  process.on(
    'unhandledRejection',
    guarded(
      (reason) => {
        log.event('internal', 'error', { stack: reason instanceof Error ? reason.stack : String(reason) });
      },
      (error) => process.emitWarning(error),
    ),
  );
  const server = await startServer({
    config,
    projectDir,
    environment,
    log,
    // Of several workers none does: their parent has done it, and one that comes later must not undo what came since.
    appliesProject: cluster.isPrimary,
  });
  const closed = onShutdown(() => server.close());
  process.send?.({ type: 'ready', port: server.port });
  await closed;
}

function readCount(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least && count <= most) return count;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}.`);
}
