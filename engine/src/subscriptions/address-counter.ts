/** Counts what is there by address and something else, such as a role. */
export class AddressCounter {
  readonly #counts = new Map<string, number>();

  /** How many there are. */
  of(group: string, kind: string): number {
    return this.#counts.get(`${kind}\0${group}`) ?? 0;
  }

  /** Counts one until the function that is answered is called; further calls do nothing. */
  add(group: string, kind: string): () => void {
    const key = `${kind}\0${group}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    let isGone = false;
    return () => {
      if (isGone) return;
      isGone = true;
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
