import { EngineError } from '../errors.ts';
import { guarded, heardElsewhere } from '../guarded.ts';

/** The end of an operation's time. It holds in this process, whatever becomes of Postgres and the way to it. */
export class Deadline {
  readonly #timer: NodeJS.Timeout;
  #isOver = false;
  #onOver: (() => void) | undefined;

  constructor(seconds: number) {
    this.#timer = setTimeout(
      guarded(
        () => {
          this.#isOver = true;
          this.#onOver?.();
        },
        // The rejection comes first; what follows it tells of its own failures.
        heardElsewhere,
      ),
      seconds * 1000,
    );
  }

  /** Answers as `work` does, or rejects at the end of the time; then `onOver` sees to what is still under way. */
  limit<T>(work: Promise<T>, onOver: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#onOver = () => {
        reject(timeIsOver());
        onOver();
      };
      work.then(resolve, reject);
      if (this.#isOver) this.#onOver();
    });
  }

  /** Nothing is waited for any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#onOver = undefined;
  }
}

/** What a client is told whose operation took too long. */
export function timeIsOver(): EngineError {
  return new EngineError('time-limit-exceeded', 'the operation took too long');
}
