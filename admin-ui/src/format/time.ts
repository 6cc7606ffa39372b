const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A pending request older than this many days is marked. */
export const OVERDUE_DAYS = 3;

/** Whether something that waits since `since` has waited too long. */
export function isOverdue(since: number, now: number): boolean {
  return now - since > OVERDUE_DAYS * DAY;
}

/** A span as its largest unit, short: `12 min`, `5 h`, `3 d`. A clock that runs ahead counts as no time. */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return '< 1 min';
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)} h`;
  return `${Math.floor(span / DAY)} d`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });
const dateOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const dateAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

/** How long ago, up to a month; a date before that. */
export function formatAgo(at: number, now: number): string {
  const span = Math.max(0, now - at);
  if (span < MINUTE) return 'just now';
  if (span < HOUR) return relative.format(-Math.floor(span / MINUTE), 'minute');
  if (span < DAY) return relative.format(-Math.floor(span / HOUR), 'hour');
  if (span < 30 * DAY) return relative.format(-Math.floor(span / DAY), 'day');
  return dateOnly.format(at);
}

/** A day, such as `3 May 2026`. */
export function formatDate(at: number): string {
  return dateOnly.format(at);
}

/** The full moment, for titles and screen readers. */
export function formatMoment(at: number): string {
  return dateAndTime.format(at);
}
