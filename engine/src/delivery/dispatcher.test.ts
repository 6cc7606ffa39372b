import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Dispatcher, type WorkEnd, type WorkQueue, type WorkSignals } from './dispatcher.ts';

interface Item {
  readonly id: string;
}

/** A queue whose statements answer when the test says so, and whose work lasts until it is given up. */
class GatedQueue implements WorkQueue<Item> {
  readonly released: string[] = [];
  readonly #taking: ((items: readonly Item[]) => void)[] = [];
  #told = Promise.withResolvers<void>();

  take(): Promise<readonly Item[]> {
    return new Promise((resolve) => {
      this.#taking.push(resolve);
      this.#tell();
    });
  }

  async work(_item: Item, { ended }: WorkSignals): Promise<WorkEnd> {
    if (!ended.aborted) await once(ended, 'abort');
    return 'undone';
  }

  async renew(): Promise<void> {}

  async release(ids: readonly string[]): Promise<void> {
    this.released.push(...ids);
    this.#tell();
  }

  async idleMs(): Promise<number> {
    return Infinity;
  }

  /** Answers the statement under way, once there is one. */
  async answerTake(...ids: readonly string[]): Promise<void> {
    await this.untilTaking();
    this.#taking.shift()?.(ids.map((id) => ({ id })));
  }

  untilTaking(): Promise<void> {
    return this.until(() => this.#taking.length > 0);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#told.promise;
  }

  #tell(): void {
    this.#told.resolve();
    this.#told = Promise.withResolvers();
  }
}

describe('the dispatcher', () => {
  it('gives back what a statement took that was under way when the grace ended', async () => {
    const queue = new GatedQueue();
    const errors: Error[] = [];
    const dispatcher = new Dispatcher(queue, {
      concurrency: 10,
      batchSize: 10,
      leaseMs: 3_600_000,
      onError: (error) => errors.push(error),
    });
    await queue.answerTake('first');
    dispatcher.wake();
    await queue.untilTaking();
    let isStopped = false;
    const stopping = dispatcher.stop(0).then(() => {
      isStopped = true;
    });
    await queue.until(() => queue.released.length === 1);
    await nextTurn();
    expect(isStopped, 'a statement is under way').toBe(false);
    await queue.answerTake('second');
    await stopping;
    expect(queue.released).toEqual(['first', 'second']);
    expect(dispatcher.size).toBe(0);
    expect(errors).toEqual([]);
  });
});
