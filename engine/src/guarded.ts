/** Ends what a call was for: its own request, socket or round, and nobody else's. */
export type FailOwn = (error: Error) => void;

/**
 * Makes a function for an event, a timer or a callback of a socket, where no caller catches what it throws.
 * What `work` throws, or its promise rejects with, goes to `failOwn` and ends neither the process nor the emitter's
 * other listeners. The linter refuses listeners and timers that are made without it.
 */
export function guarded<Args extends readonly unknown[]>(
  work: (...args: Args) => unknown,
  failOwn: FailOwn,
): (...args: Args) => void {
  return (...args) => {
    try {
      const outcome = work(...args);
      if (outcome instanceof Promise) outcome.catch((thrown: unknown) => fail(failOwn, thrown));
    } catch (thrown) {
      fail(failOwn, thrown);
    }
  };
}

function fail(failOwn: FailOwn, thrown: unknown): void {
  try {
    failOwn(thrown instanceof Error ? thrown : new Error(String(thrown)));
  } catch (second) {
    // Nobody is left to tell but whoever reads the terminal.
    process.emitWarning(second instanceof Error ? second : String(second));
  }
}

/**
 * For the `error` events of what tells the same failure another way too: without a listener such an event would end
 * the process. Say beside each use where the failure is heard.
 */
export const heardElsewhere = (): void => undefined;
