import { type RequestStatus, statusOrder } from '@tierline/design';
import { isDay, startOfDay } from '../format/day.ts';

/** How the queue is filtered, as it stands in the page's address. */
export interface QueueFilter {
  readonly status?: RequestStatus;
  readonly target_tier?: number;
  readonly vendor_id?: string;
  /** First day, `2026-05-03`, in the time zone of whoever looks. */
  readonly from?: string;
  /** Last day, itself included. */
  readonly to?: string;
  /** Words in the vendor's name, the justification or the reason of a refusal. */
  readonly q?: string;
}

function readDay(day: unknown): string | undefined {
  return isDay(day) ? day : undefined;
}

/**
 * Reads a filter from wherever it came: an address can be mistyped or made up, so what is not a filter is left out.
 */
export function readQueueFilter(values: unknown): QueueFilter {
  const { status, target_tier, vendor_id, from, to, q } = (values ?? {}) as Readonly<Record<string, unknown>>;
  const known = statusOrder.find((name) => name === status);
  const days = { from: readDay(from), to: readDay(to) };
  return {
    ...(known && { status: known }),
    ...(Number.isInteger(target_tier) &&
      Math.abs(target_tier as number) < 2 ** 31 && { target_tier: target_tier as number }),
    ...(typeof vendor_id === 'string' && isUuid(vendor_id) && { vendor_id }),
    ...(days.from && { from: days.from }),
    ...(days.to && { to: days.to }),
    ...(typeof q === 'string' && q.trim() !== '' && { q }),
  };
}

/** How many narrowing filters are set, apart from the status (a tab) and the words (a box of their own). */
export function countNarrowing({ target_tier, vendor_id, from, to }: QueueFilter): number {
  return [target_tier, vendor_id, from ?? to].filter((value) => value !== undefined).length;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be the key of a row; anything else would only make the server refuse the query. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * Text as it is searched: however a letter is composed, in whichever case, with or without accents. The database's
 * `search_form` does the same, and a test compares them.
 */
export function searchForm(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
}

/** Words to be found anywhere in a computed text that is in that form already. */
export function anywhereInForm(words: string): { readonly _like: string } {
  return { _like: anywhere(searchForm(words))._ilike };
}

/** Words the person typed, matched anywhere in a column; `%`, `_` and `\` stand for themselves. */
export function anywhere(words: string): { readonly _ilike: string } {
  return { _ilike: `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` };
}

/** What can be searched for: NUL and halves of surrogate pairs cannot be stored, so no row can match them. */
export function searchWords(typed: string | undefined): string {
  return typed?.replaceAll('\0', '').toWellFormed().trim() ?? '';
}

/** The moments between which a request was made: from `start` on, and before `end`. */
export function dateBounds({ from, to }: QueueFilter): { readonly start?: Date; readonly end?: Date } {
  const start = startOfDay(from);
  const end = startOfDay(to, 1);
  return { ...(start && { start }), ...(end && { end }) };
}

/**
 * The part of a filter that does not depend on the status, as a `bool_exp`: what the tab counts are taken under.
 * @param named that the vendor's name holds the words; by a look at the vendor of each row, unless said otherwise
 */
export function toBoolExp(
  filter: QueueFilter,
  named?: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [];
  if (filter.target_tier !== undefined) conditions.push({ target_tier: { _eq: filter.target_tier } });
  if (filter.vendor_id !== undefined) conditions.push({ vendor_id: { _eq: filter.vendor_id } });
  const { start, end } = dateBounds(filter);
  if (start) conditions.push({ created_at: { _gte: start.toISOString() } });
  if (end) conditions.push({ created_at: { _lt: end.toISOString() } });
  const words = searchWords(filter.q);
  if (words) {
    const either: Record<string, unknown>[] = [
      named ?? { vendor: { search_name: anywhereInForm(words) } },
      { search_text: anywhereInForm(words) },
    ];
    if (isUuid(words)) either.push({ id: { _eq: words } }, { vendor_id: { _eq: words } });
    conditions.push({ _or: either });
  }
  return conditions.length > 0 ? { _and: conditions } : {};
}

/** Whether anything but the status is asked for, so that the tabs hold less than all there is. */
export function isNarrowed(filter: QueueFilter): boolean {
  return Object.keys(toBoolExp(filter)).length > 0;
}

/** Words to look vendors up by; none where the vendor is chosen, since the rows of one are soon looked through. */
export function vendorWords({ vendor_id, q }: QueueFilter): string {
  return vendor_id === undefined ? searchWords(q) : '';
}

/** The whole filter of the queue as conditions for `where`. */
export function toConditions(
  filter: QueueFilter,
  named?: Readonly<Record<string, unknown>>,
): readonly Record<string, unknown>[] {
  const conditions: Record<string, unknown>[] = [];
  if (filter.status) conditions.push({ status: { _eq: filter.status } });
  const rest = toBoolExp(filter, named);
  if (Object.keys(rest).length > 0) conditions.push(rest);
  return conditions;
}
