import { type RequestStatus, statusOrder } from '@tierline/design';

/** How the queue is filtered, as it stands in the page's address. */
export interface QueueFilter {
  readonly status?: RequestStatus;
  readonly target_tier?: number;
  readonly q?: string;
}

/**
 * Reads a filter from wherever it came: an address can be mistyped or made up, so what is not a filter is left out.
 */
export function readQueueFilter(values: unknown): QueueFilter {
  const { status, target_tier, q } = (values ?? {}) as Readonly<Record<string, unknown>>;
  const known = statusOrder.find((name) => name === status);
  return {
    ...(known && { status: known }),
    ...(Number.isInteger(target_tier) &&
      Math.abs(target_tier as number) < 2 ** 31 && { target_tier: target_tier as number }),
    ...(typeof q === 'string' && q.trim() !== '' && { q }),
  };
}

/** What the queue can be sorted by; anything else in an address means the newest first. */
const SORT_FIELDS: readonly unknown[] = ['vendor.name', 'target_tier', 'status', 'created_at', 'reviewed_at'];

/** Reads a sort order in the same spirit. */
export function readSort(sort: { readonly field?: unknown; readonly order?: unknown } | undefined): {
  readonly field: string;
  readonly order: 'ASC' | 'DESC';
} {
  if (!SORT_FIELDS.includes(sort?.field)) return { field: 'created_at', order: 'DESC' };
  return { field: String(sort?.field), order: sort?.order === 'ASC' ? 'ASC' : 'DESC' };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be the key of a row; anything else would only make the server refuse the query. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Words the person typed, matched anywhere in a column; `%`, `_` and `\` stand for themselves. */
function anywhere(words: string): { readonly _ilike: string } {
  return { _ilike: `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` };
}

/**
 * The part of a filter that does not depend on the status, as a `bool_exp`: what the tab counts are taken under.
 * NUL and halves of surrogate pairs cannot be stored by Postgres, so no row can match them; they are left out.
 */
export function toBoolExp({ target_tier, q }: QueueFilter): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [];
  if (target_tier !== undefined) conditions.push({ target_tier: { _eq: target_tier } });
  const words = q?.replaceAll('\0', '').toWellFormed().trim();
  if (words) {
    const either: Record<string, unknown>[] = [
      { vendor: { name: anywhere(words) } },
      { vendor: { email: anywhere(words) } },
      { business_justification: anywhere(words) },
    ];
    if (isUuid(words)) either.push({ id: { _eq: words } }, { vendor_id: { _eq: words } });
    conditions.push({ _or: either });
  }
  return conditions.length > 0 ? { _and: conditions } : {};
}

/** The whole filter of the queue as conditions for `where`. */
export function toConditions(filter: QueueFilter): readonly Record<string, unknown>[] {
  const conditions: Record<string, unknown>[] = [];
  if (filter.status) conditions.push({ status: { _eq: filter.status } });
  const rest = toBoolExp(filter);
  if (Object.keys(rest).length > 0) conditions.push(rest);
  return conditions;
}
