import { setTimeout as sleep } from 'node:timers/promises';

const firstDelayMs = 100;
const longestDelayMs = 5000;

/**
 * Repeats a write that the database could not take, for as long as the lease of what it speaks of would last.
 * Once the engine is about to end, one failed try is enough. False when it never went through: then the lease frees the
 * work, and somebody does it again.
 */
export async function persistently(
  write: () => Promise<unknown>,
  options: { forMs: number; closing: AbortSignal; onError: (error: Error) => void },
): Promise<boolean> {
  const until = performance.now() + options.forMs;
  for (let delay = firstDelayMs; ; delay = Math.min(delay * 2, longestDelayMs)) {
    try {
      await write();
      return true;
    } catch (thrown) {
      if (options.closing.aborted || performance.now() + delay > until) {
        options.onError(thrown as Error);
        return false;
      }
    }
    await sleep(delay, undefined, { signal: options.closing }).catch(() => undefined);
  }
}
