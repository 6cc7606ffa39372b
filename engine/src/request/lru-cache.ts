interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
}

interface Generation<Value> {
  readonly entries: Map<string, Entry<Value>>;
  weight: number;
}

/**
 * A map whose entries weigh no more than `limit` together; what has not been used for long is forgotten first. Entries
 * live in two generations: once the young one weighs half of the limit it becomes the old one, and what was old and
 * has not been asked for since is forgotten. So finding an entry that is in use changes nothing.
 */
export class LruCache<Value> {
  readonly #limit: number;
  #young: Generation<Value> = { entries: new Map(), weight: 0 };
  #old: Generation<Value> = { entries: new Map(), weight: 0 };

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    const young = this.#young.entries.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.entries.get(key);
    if (old !== undefined) this.set(key, old.value, old.weight);
    return old?.value;
  }

  /** Keeps a value; without a weight of its own it counts as one. One that weighs more than all may is not kept. */
  set(key: string, value: Value, weight = 1): void {
    this.delete(key);
    if (weight > this.#limit) return;
    if (this.#young.weight + weight > this.#limit / 2 && this.#young.entries.size > 0) {
      this.#old = this.#young;
      this.#young = { entries: new Map(), weight: 0 };
    }
    this.#young.entries.set(key, { value, weight });
    this.#young.weight += weight;
    if (this.#young.weight + this.#old.weight > this.#limit) this.#old = { entries: new Map(), weight: 0 };
  }

  delete(key: string): void {
    for (const generation of [this.#young, this.#old]) {
      generation.weight -= generation.entries.get(key)?.weight ?? 0;
      generation.entries.delete(key);
    }
  }
}
