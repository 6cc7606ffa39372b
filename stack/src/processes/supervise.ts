import { setTimeout as sleep } from 'node:timers/promises';

/** One run of a server of ours. */
export interface Run {
  /** Resolves with the reason when it ends, wanted or not. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/** How a server is kept running. */
export interface SuperviseOptions {
  /** As a sentence names it, such as `engine`. */
  readonly name: string;
  /** Starts it; rejects when it does not start, and soon after `signal` is aborted. */
  readonly start: (signal: AbortSignal) => Promise<Run>;
  /** Others that must run before it can start again. */
  readonly after?: readonly Supervised[];
  /** Takes a sentence for the person at the terminal. */
  readonly tell: (sentence: string) => void;
}

/** A server that is started again when it dies. */
export interface Supervised {
  readonly name: string;
  /** Resolves once it runs (again), or is given up or stopped. */
  isUp(): Promise<void>;
  /** Resolves with a sentence once it has died too often. */
  readonly givenUp: Promise<string>;
  stop(): Promise<void>;
}

/** So many deaths within the window, and starting it again is no help. */
const MOST_DEATHS = 5;
const WINDOW_MS = 60_000;
const FIRST_PAUSE_MS = 200;

/** Starts a server and keeps it running. The first start is the caller's: when that fails nothing is tried again. */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const keeper = new Keeper(options);
  await keeper.begin();
  return keeper;
}

class Keeper implements Supervised {
  readonly name: string;
  readonly givenUp: Promise<string>;
  readonly #options: SuperviseOptions;
  readonly #giveUp: (sentence: string) => void;
  readonly #stopping = new AbortController();
  #deaths: number[] = [];
  #run: Run | undefined;
  #up: PromiseWithResolvers<void> = Promise.withResolvers();
  #keeping: Promise<void> | undefined;

  constructor(options: SuperviseOptions) {
    this.#options = options;
    this.name = options.name;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.givenUp = promise;
    this.#giveUp = resolve;
  }

  async begin(): Promise<void> {
    this.#run = await this.#options.start(this.#stopping.signal);
    this.#up.resolve();
    this.#keeping = this.#keep();
  }

  isUp(): Promise<void> {
    return this.#up.promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#up.resolve();
    await this.#run?.stop();
    await this.#keeping;
    // One that was just starting has become a run meanwhile.
    await this.#run?.stop();
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #keep(): Promise<void> {
    while (this.#run !== undefined) {
      const reason = await this.#run.exited;
      if (this.#isStopping) return;
      this.#run = undefined;
      this.#up = Promise.withResolvers();
      await this.#startAgain(`stopped unexpectedly (${reason})`);
      this.#up.resolve();
    }
  }

  /** Until it runs, or has died too often: a start that fails is a death like any other. */
  async #startAgain(firstDeath: string): Promise<void> {
    let death = firstDeath;
    while (!this.#isStopping) {
      const now = Date.now();
      this.#deaths = [...this.#deaths.filter((at) => now - at < WINDOW_MS), now];
      if (this.#deaths.length >= MOST_DEATHS) {
        this.#giveUp(
          `The ${this.name} ${death}, for the ${MOST_DEATHS}th time within a minute; everything stops.`,
        );
        return;
      }
      const pause = FIRST_PAUSE_MS * 2 ** (this.#deaths.length - 1);
      this.#options.tell(`The ${this.name} ${death}; it is started again in ${pause / 1000} s.`);
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      for (const other of this.#options.after ?? []) await other.isUp();
      if (this.#isStopping) return;
      try {
        this.#run = await this.#options.start(this.#stopping.signal);
        this.#options.tell(`The ${this.name} runs again.`);
        return;
      } catch (error) {
        death = `did not start again (${error instanceof Error ? error.message : String(error)})`;
      }
    }
  }
}
