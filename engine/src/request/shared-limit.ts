/** A cache that can give way to others. */
interface Shrinkable {
  readonly weight: number;
  shrink(): void;
}

/**
 * A bound over several caches together: of those the heaviest gives way, so that a role whose clients never ask the same
 * twice costs the others nothing of theirs. Caches that nobody else knows any more leave by themselves.
 */
export class SharedLimit {
  readonly #limit: number;
  readonly #caches = new Set<WeakRef<Shrinkable>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  join(cache: Shrinkable): void {
    this.#caches.add(new WeakRef(cache));
  }

  /** Makes the heaviest forget until all together weigh no more than they may. */
  check(): void {
    for (;;) {
      let total = 0;
      let heaviest: Shrinkable | undefined;
      for (const reference of this.#caches) {
        const cache = reference.deref();
        if (!cache) {
          this.#caches.delete(reference);
          continue;
        }
        total += cache.weight;
        if (cache.weight > (heaviest?.weight ?? 0)) heaviest = cache;
      }
      if (total <= this.#limit || !heaviest) return;
      heaviest.shrink();
    }
  }
}
