import { guarded } from '../guarded.ts';

/** It is done, due again later, or left undone so that somebody else may do it. */
export type WorkEnd = 'done' | 'later' | 'undone';

/** Work in the database that several engines share: each item is taken under a lease by one of them. */
export interface WorkQueue<Item extends { readonly id: string }> {
  /** Takes up to `limit` items that are due. */
  take(limit: number): Promise<readonly Item[]>;
  /** Does the work and notes how it ended, unless `signals.ended` ends it first. */
  work(item: Item, signals: WorkSignals): Promise<WorkEnd>;
  /** Makes the leases of items under way last longer. */
  renew(ids: readonly string[]): Promise<void>;
  /** Gives back items whose work was left undone. */
  release(ids: readonly string[]): Promise<void>;
  /** Milliseconds to sleep when nothing is due; Infinity until somebody wakes the dispatcher. */
  idleMs(): Promise<number>;
}

/** What work under way is told of the end of its engine. */
export interface WorkSignals {
  /** The engine is about to end: what fails now is not tried again here, the lease frees the item. */
  readonly closing: AbortSignal;
  /** No more time is left. */
  readonly ended: AbortSignal;
}

/** How a dispatcher works on its queue. */
export interface DispatcherOptions {
  /** Items under way at once. */
  readonly concurrency: number;
  /** Items taken by one statement. */
  readonly batchSize: number;
  readonly leaseMs: number;
  readonly onError: (error: Error) => void;
}

/** How long an item stays with an engine that has not said a word: what a dead one held is free after it. */
export const defaultLeaseMs = 30_000;

/** How long giving back may take once the grace is over; after that the leases do it. */
const releaseMs = 3000;

const firstBackoffMs = 250;
const longestBackoffMs = 10_000;

/** Takes items of a queue and works on several at once, until it is stopped. Sleeps while there are none. */
export class Dispatcher<Item extends { readonly id: string }> {
  readonly #queue: WorkQueue<Item>;
  readonly #options: DispatcherOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #abort = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #loop: Promise<void>;
  #isStopping = false;
  #isWoken = false;
  #endSleep: (() => void) | undefined;

  constructor(queue: WorkQueue<Item>, options: DispatcherOptions) {
    this.#queue = queue;
    this.#options = options;
    this.#heartbeat = setInterval(
      guarded(() => this.#renew(), options.onError),
      options.leaseMs / 3,
    );
    this.#loop = this.#run();
  }

  /** Items under way. */
  get size(): number {
    return this.#running.size;
  }

  /** There may be something to do: look at once. */
  wake(): void {
    this.#isWoken = true;
    this.#endSleep?.();
  }

  /**
   * Takes nothing more and waits for what is under way; what takes longer than `graceMs` is given back. Where the
   * database cannot take that in time either, items are left to their leases: an end has an end.
   */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.#closing.abort();
    this.wake();
    const tooLate = Promise.withResolvers<void>();
    const { onError } = this.#options;
    let timer = setTimeout(
      guarded(() => {
        this.#abort.abort();
        timer = setTimeout(guarded(tooLate.resolve, onError), releaseMs);
      }, onError),
      graceMs,
    );
    // Also past the grace: a statement under way may take items yet, and they are to be given back too.
    await Promise.race([this.#loop.then(() => Promise.all(this.#running.values())), tooLate.promise]);
    clearTimeout(timer);
    clearInterval(this.#heartbeat);
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopping) {
      this.#isWoken = false;
      const room = this.#options.concurrency - this.#running.size;
      if (room <= 0) {
        await this.#sleep(this.#options.leaseMs);
        continue;
      }
      try {
        const limit = Math.min(room, this.#options.batchSize);
        const items = await this.#queue.take(limit);
        for (const item of items) this.#start(item);
        const isMore = items.length >= limit;
        if (!isMore && !this.#isWoken) await this.#sleep(await this.#queue.idleMs());
        failures = 0;
      } catch (thrown) {
        this.#options.onError(thrown as Error);
        this.#isWoken = false;
        await this.#sleep(Math.min(firstBackoffMs * 2 ** failures, longestBackoffMs));
        failures += 1;
      }
    }
  }

  #start(item: Item): void {
    // Its lease ran out while nobody here had time to renew it, and it was taken by ourselves: it is under way still.
    if (this.#running.has(item.id)) return;
    this.#running.set(item.id, this.#work(item));
  }

  /** A mistake with one item is told and leaves it to its lease; it must end neither the engine nor the others. */
  async #work(item: Item): Promise<void> {
    let end: WorkEnd | undefined;
    try {
      end = await this.#queue.work(item, { closing: this.#closing.signal, ended: this.#abort.signal });
      if (end === 'undone') await this.#queue.release([item.id]);
    } catch (thrown) {
      this.#options.onError(thrown as Error);
    }
    this.#running.delete(item.id);
    // Whoever waits for room is served at once, and what is due again may be due before the sleep is over.
    if (end === 'later' || this.#running.size === this.#options.concurrency - 1) this.wake();
  }

  #renew(): void {
    if (this.#running.size === 0) return;
    this.#queue.renew([...this.#running.keys()]).catch((error: Error) => this.#options.onError(error));
  }

  #sleep(ms: number): Promise<void> {
    if (this.#isWoken || this.#isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms)
        ? setTimeout(
            guarded(() => this.#endSleep?.(), this.#options.onError),
            ms,
          )
        : undefined;
      this.#endSleep = () => {
        clearTimeout(timer);
        this.#endSleep = undefined;
        resolve();
      };
    });
  }
}
