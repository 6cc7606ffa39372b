const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The first moment of a calendar day, or of one some days later, where we are; undefined for what is no day. On a day
 * whose midnight is skipped by a change of clocks, that is the first moment there is.
 */
export function startOfDay(day: unknown, plusDays = 0): Date | undefined {
  const match = typeof day === 'string' ? DAY.exec(day) : null;
  if (!match) return undefined;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  if (year < 1000 || month < 1 || month > 12 || date < 1) return undefined;
  // Asked of a calendar without time zones: a day may be missing altogether where we are.
  const inUtc = new Date(Date.UTC(year, month - 1, date));
  if (inUtc.getUTCMonth() !== month - 1) return undefined;
  return new Date(year, month - 1, date + plusDays);
}

/** Whether a text names a day that exists, of a year with four digits. */
export function isDay(text: unknown): text is string {
  return startOfDay(text) !== undefined;
}
