/** Chance that can be repeated: a run prints its seed, and the same seed makes the same run. */

/** The seed of this run. */
export const SEED = Number(process.env.TIERLINE_SEED);

/** Whole numbers from 0 to below a limit, the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The same things in an order of their own for each seed. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, place: random(2 ** 32) }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}
