/** What happened on one day: how many requests came in, and how many were decided which way. */
export interface Day {
  readonly day: string;
  readonly submitted: number;
  readonly approved: number;
  readonly rejected: number;
  readonly cancelled: number;
}

interface DailyRow {
  readonly day?: string | null;
  readonly status?: string | null;
  readonly count?: number | null;
}

const MILLISECONDS = 86_400_000;

/** The days that end with this moment's, oldest first, as the database names days: in UTC. */
export function lastDays(now: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(now - (count - 1 - index) * MILLISECONDS).toISOString().slice(0, 10),
  );
}

/** The rows of `tier_upgrade_daily` by day; a day without any has zeros, so that a chart leaves no day out. */
export function toDays(rows: readonly DailyRow[], days: readonly string[]): readonly Day[] {
  const counts = new Map(rows.map(({ day, status, count }) => [`${day} ${status}`, Number(count ?? 0)]));
  const count = (day: string, status: string) => counts.get(`${day} ${status}`) ?? 0;
  return days.map((day) => ({
    day,
    submitted: count(day, 'submitted'),
    approved: count(day, 'approved'),
    rejected: count(day, 'rejected'),
    cancelled: count(day, 'cancelled'),
  }));
}

/** A round number not below the highest value, for the top of an axis; its half, which is marked too, is a whole number. */
export function niceTop(highest: number): number {
  if (highest <= 4) return 4;
  const step = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 2, 4, 6, 8, 10].find((candidate) => candidate * step >= highest) ?? 10;
  return factor * step;
}
