import { Cron } from 'croner';

/** Names that stand for a whole schedule. */
const macros: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** What is wrong with a schedule, or null. The reference knows five fields of numbers, ranges, lists and steps. */
export function cronProblem(schedule: string): string | null {
  const text = macros[schedule.trim()] ?? schedule.trim();
  const fields = text.split(/\s+/);
  if (fields.length !== 5) return 'expected a cron schedule of five fields';
  if (!fields.every((field) => /^[\d*,/-]+$/.test(field))) {
    return 'expected a cron schedule of numbers, *, ranges, lists and steps';
  }
  try {
    open(schedule);
    return null;
  } catch (thrown) {
    return `expected a cron schedule: ${(thrown as Error).message}`;
  }
}

/** The next moments of a schedule after `after`, in UTC; fewer than `count` when it ends. */
export function nextRuns(schedule: string, count: number, after: Date): Date[] {
  return open(schedule).nextRuns(count, after);
}

function open(schedule: string): Cron {
  const text = schedule.trim();
  return new Cron(macros[text] ?? text, { timezone: 'UTC', paused: true });
}
