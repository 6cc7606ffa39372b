import { guarded } from '../guarded.ts';

interface Job {
  run(): void;
  fail(error: Error): void;
}

/** Milliseconds of work in one round of the event loop; whatever else has come in is served before the next. */
const SLICE_MS = 4;

/**
 * Spreads work that holds up the event loop, such as planning new operations, over its rounds, and lets clients take
 * turns: whoever sends a thousand operations at once waits for them alone.
 */
export class Turns {
  readonly #sliceMs: number;
  readonly #waiting = new Map<string, Job[]>();
  #usedMs = 0;
  #isPlanned = false;

  constructor(sliceMs = SLICE_MS) {
    this.#sliceMs = sliceMs;
  }

  /** Does a client's work: at once where this round has time for it, otherwise when it is the client's turn. */
  run<T>(client: string, work: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const job = { run: () => resolve(work()), fail: reject };
    if (this.#waiting.size === 0 && this.#usedMs < this.#sliceMs) this.#do(job);
    else {
      const queue = this.#waiting.get(client);
      if (queue) queue.push(job);
      else this.#waiting.set(client, [job]);
    }
    this.#planNextRound();
    return promise;
  }

  #do(job: Job): void {
    const started = performance.now();
    guarded(job.run, job.fail)();
    this.#usedMs += performance.now() - started;
  }

  #planNextRound(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(guarded(() => this.#round(), heardByEachJob));
  }

  #round(): void {
    this.#isPlanned = false;
    this.#usedMs = 0;
    while (this.#usedMs < this.#sliceMs) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const [client, queue] = next;
      // To the end of the line, behind everybody else who waits.
      this.#waiting.delete(client);
      const job = queue.shift();
      if (queue.length > 0) this.#waiting.set(client, queue);
      if (job !== undefined) this.#do(job);
    }
    this.#planNextRound();
  }
}

const heardByEachJob = (): void => undefined;
