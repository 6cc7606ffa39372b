/** The middle of a list of figures; NaN of an empty one. */
export function median(figures: readonly number[]): number {
  return percentile(figures, 50);
}

/** The figure that `percent` of the list do not exceed (nearest rank). */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
