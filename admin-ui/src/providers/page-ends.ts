/** How far into a list one may jump by its page number alone; counting off rows gets slow beyond. */
export const MAX_JUMP = 10_000;

const VIEWS_REMEMBERED = 20;

/** The last row of each page seen, by view: where the page after it starts. A view is a filter, an order and a size. */
export class PageEnds<Place> {
  readonly #views = new Map<string, Map<number, Place>>();

  get(view: string, page: number): Place | undefined {
    return this.#views.get(view)?.get(page);
  }

  set(view: string, page: number, last: Place): void {
    const ends = this.#views.get(view) ?? new Map<number, Place>();
    this.#views.delete(view);
    this.#views.set(view, ends.set(page, last));
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= VIEWS_REMEMBERED) break;
      this.#views.delete(oldest);
    }
  }
}
