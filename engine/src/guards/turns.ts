import { EngineError } from '../errors.ts';

/** Who takes a turn, and how many of the same may have one at a time. */
export interface Party {
  readonly key: string;
  readonly atOnce: number;
}

interface Line {
  running: number;
  /** First come, first served. */
  readonly waiting: Set<() => void>;
}

/** As many may wait as so many rounds serve; a longer line would only be told later that it was too long. */
const rounds = 16;

/**
 * Lets so many of a party work at once and the next wait for their turn, so that what one role or one client asks for
 * leaves room for everybody else.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();

  /** A turn at once, or a promise of one. Refuses whoever comes to a line that is too long. `signal` leaves the line. */
  take({ key, atOnce }: Party, onWait: (leave: () => void) => void): Promise<void> | undefined {
    let line = this.#lines.get(key);
    if (!line) {
      line = { running: 0, waiting: new Set() };
      this.#lines.set(key, line);
    }
    if (line.running < atOnce) {
      line.running += 1;
      return undefined;
    }
    if (line.waiting.size >= atOnce * rounds) {
      throw new EngineError(
        'concurrency-limit-exceeded',
        `more than ${atOnce} operations at one time, and too many that wait for their turn; try again later`,
        { path: '$', status: 429 },
      );
    }
    const { waiting } = line;
    return new Promise((resolve) => {
      waiting.add(resolve);
      onWait(() => waiting.delete(resolve));
    });
  }

  /** Ends a turn: whoever waits longest has it next. */
  leave({ key }: Party): void {
    const line = this.#lines.get(key);
    if (!line) return;
    const [next] = line.waiting;
    if (next) {
      line.waiting.delete(next);
      next();
      return;
    }
    line.running -= 1;
    if (line.running === 0) this.#lines.delete(key);
  }
}
