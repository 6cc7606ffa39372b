/** How the queue is filtered, as it stands in the page's address. */
export interface QueueFilter {
  readonly status?: string;
  readonly target_tier?: number;
  readonly q?: string;
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
 * NUL cannot be stored by Postgres, so no row can match a search that holds one; it is left out.
 */
export function toBoolExp({ target_tier, q }: QueueFilter): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [];
  if (target_tier !== undefined) conditions.push({ target_tier: { _eq: target_tier } });
  const words = q?.replaceAll('\0', '').trim();
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
