import type { Messages } from '../messages/en.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "2 hr. ago" in the reader's words; a plain date once a week has passed. */
export function relativeTime(at: Date, now: number, { locale, time }: Messages): string {
  const age = now - at.getTime();
  if (age < minute) return time.justNow;
  if (age >= 7 * day) return shortDate(at, now, locale);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (age < hour) return format.format(-Math.floor(age / minute), 'minute');
  if (age < day) return format.format(-Math.floor(age / hour), 'hour');
  return format.format(-Math.floor(age / day), 'day');
}

/** "12 May", with the year once it is another one. */
function shortDate(at: Date, now: number, locale: string): string {
  const sameYear = at.getFullYear() === new Date(now).getFullYear();
  return at.toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** The full moment, for titles. */
export function fullTime(at: Date, locale: string): string {
  return at.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
}

/** The clock time a number of seconds from now: "2:35 PM". */
export function clockTimeIn(seconds: number, now: number, locale: string): string {
  return new Date(now + seconds * 1000).toLocaleTimeString(locale, { timeStyle: 'short' });
}

/** How long to wait, rounded up so that it is never a promise broken by a few seconds. */
export function waitingSpan(seconds: number, { time }: Messages): string {
  if (seconds < 90) return time.seconds(Math.ceil(seconds));
  if (seconds < 90 * 60) return time.minutes(Math.ceil(seconds / 60));
  return time.hours(Math.ceil(seconds / 3600));
}

/** How long reviews usually take as people are told, in hours: what takes longer takes longer than usual. */
export function reviewSpanHours(hours: number): number {
  return hours <= 6 ? Math.max(1, Math.ceil(hours)) : 24 * Math.ceil(hours / 24);
}

/** How long reviews usually take, rounded up: in hours while they are a few, in days from there on. */
export function reviewSpan(hours: number, { time }: Messages): string {
  return hours <= 6 ? time.hours(reviewSpanHours(hours)) : time.days(reviewSpanHours(hours) / 24);
}
