import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { guarded } from './guarded.ts';

/** Between a worker, where somebody asks for `/metrics`, and its parent, who can ask all workers. */
interface PageRequest {
  readonly type: 'metrics-request';
  readonly id: number;
}
interface PageAnswer {
  readonly type: 'metrics-page';
  readonly id: number;
  /** Null where the workers could not be asked. */
  readonly page: string | null;
}

/**
 * Makes a worker's figures part of the whole and answers how to read the whole: the sums over all workers, whichever
 * of them is asked. Elsewhere a registry's own page is the whole.
 */
export function sharedMetricsPage(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => registry.metrics();
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries(registry);
  const waiting = new Map<number, (page: string | null) => void>();
  process.on(
    'message',
    guarded(
      (message: PageAnswer) => {
        if (message.type !== 'metrics-page') return;
        waiting.get(message.id)?.(message.page);
        waiting.delete(message.id);
      },
      (error) => process.emitWarning(error),
    ),
  );
  let next = 0;
  return async () => {
    const id = next;
    next += 1;
    const page = await new Promise<string | null>((resolve) => {
      waiting.set(id, resolve);
      process.send?.({ type: 'metrics-request', id } satisfies PageRequest);
    });
    if (page === null) throw new Error('the metrics of the other workers cannot be read now');
    return page;
  };
}

/** In the parent: answers the workers' questions for the whole. */
export class MetricsGatherer {
  readonly #registry = new AggregatorRegistry();

  /** Answers one worker from now on. */
  serve(worker: Worker): void {
    worker.on(
      'message',
      guarded(
        ({ type, id }: PageRequest) => {
          if (type === 'metrics-request') return this.#answer(worker, id);
        },
        (error) => process.emitWarning(error),
      ),
    );
  }

  async #answer(worker: Worker, id: number): Promise<void> {
    const page = await this.#registry.clusterMetrics().catch(() => null);
    if (worker.isConnected()) worker.send({ type: 'metrics-page', id, page } satisfies PageAnswer);
  }
}
