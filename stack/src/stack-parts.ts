import type { EmbeddedDatabase } from './database.ts';
import { startMailCatcherProcess } from './processes/mail-catcher.ts';
import { type Run, type Supervised, type SuperviseOptions, supervise } from './processes/supervise.ts';
import type { Settings } from './settings/types.ts';

/** What runs of a stack: kept running each on its own, and stopped in the opposite order. */
export class StackParts {
  readonly #tell: (sentence: string) => void;
  readonly #parts: Array<{ stop(): Promise<void> }> = [];
  readonly #failed = Promise.withResolvers<string>();
  #stopping: Promise<void> | undefined;

  /** `tell` takes sentences about parts that died, for the person at the terminal. */
  constructor(tell: (sentence: string) => void) {
    this.#tell = tell;
  }

  /** Resolves with a sentence once a part has died too often. */
  get failed(): Promise<string> {
    return this.#failed.promise;
  }

  /** Something that only wants to be stopped. */
  add(part: { stop(): Promise<void> }): void {
    this.#parts.push(part);
  }

  /** Starts a server and keeps it running. */
  async keep(options: Omit<SuperviseOptions, 'tell'>): Promise<Supervised> {
    const part = await supervise({ ...options, tell: this.#tell });
    void part.givenUp.then(this.#failed.resolve);
    return part;
  }

  stopAll(): Promise<void> {
    this.#stopping ??= this.#stopInTurn();
    return this.#stopping;
  }

  async #stopInTurn(): Promise<void> {
    for (const part of this.#parts.toReversed()) await part.stop();
  }
}

/** Keeps the embedded server running; its first run is there already, since everything else waits for it. */
export async function keepPostgres(parts: StackParts, embedded: EmbeddedDatabase): Promise<Supervised> {
  let first: Run | undefined = embedded.server;
  const postgres = await parts.keep({
    name: 'PostgreSQL server',
    start: async () => {
      const run = first ?? (await embedded.startAgain());
      first = undefined;
      return run;
    },
  });
  parts.add(postgres);
  return postgres;
}

/** Before the action server, so that its first mail finds somebody. */
export async function keepMailCatcher(
  parts: StackParts,
  { mail: { catcher } }: Settings,
  log: (line: string) => void,
): Promise<void> {
  if (!catcher) return;
  parts.add(
    await parts.keep({
      name: 'mail catcher',
      start: (signal) => startMailCatcherProcess(catcher, log, signal),
    }),
  );
}
