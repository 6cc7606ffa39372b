import type { SharedLimit } from './shared-limit.ts';

interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
}

interface Generation<Value> {
  readonly entries: Map<string, Entry<Value>>;
  weight: number;
}

/** What a cache may be told beside its limit. */
export interface LruCacheOptions {
  /** Bounds it together with others. */
  readonly together?: SharedLimit;
  /** Told of each key that is forgotten for want of room. */
  readonly onForgotten?: (key: string) => void;
}

/**
 * A map whose entries weigh no more than `limit` together; what has not been used for long is forgotten first. Entries
 * live in two generations: once the young one weighs half of the limit it becomes the old one, and what was old and
 * has not been asked for since is forgotten. So finding an entry that is in use changes nothing.
 */
export class LruCache<Value> {
  readonly #limit: number;
  readonly #options: LruCacheOptions;
  #young: Generation<Value> = empty();
  #old: Generation<Value> = empty();

  constructor(limit: number, options: LruCacheOptions = {}) {
    this.#limit = limit;
    this.#options = options;
    options.together?.join(this);
  }

  /** Of all entries. */
  get weight(): number {
    return this.#young.weight + this.#old.weight;
  }

  get(key: string): Value | undefined {
    const young = this.#young.entries.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.entries.get(key);
    if (old !== undefined) this.set(key, old.value, old.weight);
    return old?.value;
  }

  /**
   * Keeps a value; without a weight of its own it counts as one. False for one that weighs more than all may, which is
   * not kept.
   */
  set(key: string, value: Value, weight = 1): boolean {
    this.delete(key);
    if (weight > this.#limit) return false;
    if (this.#young.weight + weight > this.#limit / 2 && this.#young.entries.size > 0) this.#age();
    this.#young.entries.set(key, { value, weight });
    this.#young.weight += weight;
    if (this.weight > this.#limit) this.#forgetOld();
    this.#options.together?.check();
    return true;
  }

  delete(key: string): void {
    for (const generation of [this.#young, this.#old]) {
      generation.weight -= generation.entries.get(key)?.weight ?? 0;
      generation.entries.delete(key);
    }
  }

  /** Forgets what has not been used for long, or everything where there is nothing of that kind. */
  shrink(): void {
    if (this.#old.entries.size === 0) this.#age();
    this.#forgetOld();
  }

  #age(): void {
    this.#forgetOld();
    this.#old = this.#young;
    this.#young = empty();
  }

  #forgetOld(): void {
    const { entries } = this.#old;
    this.#old = empty();
    if (this.#options.onForgotten) for (const key of entries.keys()) this.#options.onForgotten(key);
  }
}

function empty<Value>(): Generation<Value> {
  return { entries: new Map(), weight: 0 };
}
