/** Counting under a filter stops here: more than that is only ever "more than 10,000". */
export const COUNT_LIMIT = 10_000;

/** A number of rows, or that there are more than that. */
export interface Count {
  readonly count: number;
  readonly isMore: boolean;
}
