import { currentLocale, type Locale } from '../i18n/locale.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A pending request older than this many days is marked. */
export const OVERDUE_DAYS = 3;

/** Whether something that waits since `since` has waited too long. */
export function isOverdue(since: number, now: number): boolean {
  return now - since > OVERDUE_DAYS * DAY;
}

/** What is written down for each language; the formats of a day come from the browser. */
const words = {
  en: { days: 'd', now: 'just now', dates: 'en-GB' },
  fr: { days: 'j', now: 'à l’instant', dates: 'fr-FR' },
} as const satisfies Record<Locale, unknown>;

function makeFormats(locale: Locale) {
  const { dates } = words[locale];
  return {
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' }),
    dateOnly: new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'short', year: 'numeric' }),
    dayOnly: new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
    dateAndTime: new Intl.DateTimeFormat(dates, { dateStyle: 'full', timeStyle: 'short' }),
    timeOnly: new Intl.DateTimeFormat(dates, { timeStyle: 'short' }),
    shortDateAndTime: new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'short' }),
  };
}

const made = new Map<Locale, ReturnType<typeof makeFormats>>();

/** The formats of the current language; a change of language draws the whole console anew. */
function formats(): ReturnType<typeof makeFormats> {
  const locale = currentLocale();
  const known = made.get(locale) ?? makeFormats(locale);
  made.set(locale, known);
  return known;
}

/** A span as its largest unit, short: `12 min`, `5 h`, `3 d`. A clock that runs ahead counts as no time. */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return '< 1 min';
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)} h`;
  return `${Math.floor(span / DAY)} ${words[currentLocale()].days}`;
}

const AGO = 30 * DAY;

/** Whether `formatAgo` says how long ago something was, and not its date. */
export function isRecent(at: number, now: number): boolean {
  return now - at < AGO;
}

/** How many midnights lie between two moments, where we are: what was before the last one was yesterday. */
function daysBetween(at: number, now: number): number {
  const dayOf = (moment: number) => {
    const date = new Date(moment);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return (dayOf(now) - dayOf(at)) / DAY;
}

/** How long ago, up to a month; a date before that. */
export function formatAgo(at: number, now: number): string {
  const span = Math.max(0, now - at);
  if (span < MINUTE) return words[currentLocale()].now;
  const { relative, dateOnly } = formats();
  if (span < HOUR) return relative.format(-Math.floor(span / MINUTE), 'minute');
  if (span < DAY) return relative.format(-Math.floor(span / HOUR), 'hour');
  if (span < AGO) return relative.format(-Math.max(1, daysBetween(at, now)), 'day');
  return dateOnly.format(at);
}

/** A day, such as `3 May 2026`. */
export function formatDate(at: number): string {
  return formats().dateOnly.format(at);
}

/** A calendar day as the database names it (`2026-05-03`), short: `3 May`. */
export function formatDay(day: string): string {
  return formats().dayOnly.format(Date.parse(`${day}T00:00:00Z`));
}

/** The full moment, for titles and screen readers. */
export function formatMoment(at: number): string {
  return formats().dateAndTime.format(at);
}

/** Date and time of day, short, for columns: `3 May 2026, 14:05`. */
export function formatShortMoment(at: number): string {
  return formats().shortDateAndTime.format(at);
}

/** A moment in the middle of a sentence: its time today, with its date before. */
export function formatClock(at: number, now: number): string {
  const { timeOnly, shortDateAndTime } = formats();
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return (isToday ? timeOnly : shortDateAndTime).format(at);
}
