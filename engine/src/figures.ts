/** Figures as plain numbers: what counting costs a request is one addition. `metrics-page.ts` writes them out. */

/** A number that goes up, or up and down. */
export class Tally {
  value = 0;

  inc(): void {
    this.value += 1;
  }

  dec(): void {
    this.value -= 1;
  }
}

/** How many durations fell below which bounds. */
export class Durations {
  /** Upper bounds in seconds, ascending. */
  readonly bounds: readonly number[];
  /** By bucket, each without those below it; the last one has no bound. */
  readonly counts: number[];
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(seconds: number): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
    (counts[bucket] as number) += 1;
    this.sum += seconds;
  }
}

/** One figure for each set of labels that was met. */
export class LabelledFigures<Label extends string, Figure> {
  readonly #create: () => Figure;
  readonly #figures = new Map<string, { labels: Readonly<Record<Label, string>>; figure: Figure }>();

  constructor(create: () => Figure) {
    this.#create = create;
  }

  of(labels: Readonly<Record<Label, string>>): Figure {
    const key = JSON.stringify(labels);
    let entry = this.#figures.get(key);
    if (!entry) {
      entry = { labels, figure: this.#create() };
      this.#figures.set(key, entry);
    }
    return entry.figure;
  }

  entries(): Iterable<{ readonly labels: Readonly<Record<Label, string>>; readonly figure: Figure }> {
    return this.#figures.values();
  }
}
