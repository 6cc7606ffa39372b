import type { Grant } from './permission-matrix.ts';

/** One line of a permission's details: words, a list of names, or a piece of metadata as JSON. */
export interface GrantDetail {
  readonly label: string;
  readonly value:
    | { readonly kind: 'words'; readonly words: string }
    | { readonly kind: 'names'; readonly names: readonly string[] }
    | { readonly kind: 'json'; readonly json: string };
}

/** What a permission says, in the order in which one reads it: which rows, which columns, what else. */
export function describeGrant({ operation, permission }: Grant): readonly GrantDetail[] {
  if (operation === 'call') return [words('May be called', 'yes')];
  const details: GrantDetail[] = [];
  if (operation !== 'insert') details.push(condition('Rows', permission.filter, 'every row'));
  if (operation === 'insert' || operation === 'update') {
    details.push(condition('Check of what is written', permission.check, 'none'));
  }
  if (operation !== 'delete') {
    details.push(names('Columns', permission.columns, operation === 'insert' ? '*' : []));
  }
  if (operation === 'select') {
    details.push(names('Computed fields', permission.computed_fields, []));
    details.push(words('Rows at once', numberOr(permission.limit, 'no limit')));
    details.push(words('Aggregates', permission.allow_aggregations === true ? 'yes' : 'no'));
    for (const root of ['query', 'subscription'] as const) {
      const allowed = permission[`${root}_root_fields`];
      if (Array.isArray(allowed)) details.push(names(`Root fields of a ${root}`, allowed, []));
    }
  } else {
    if (operation !== 'delete') details.push(condition('Presets', permission.set, 'none'));
    details.push(
      words('From', permission.backend_only === true ? 'backends with the admin secret only' : 'any client'),
    );
  }
  return details;
}

function words(label: string, text: string): GrantDetail {
  return { label, value: { kind: 'words', words: text } };
}

function names(label: string, value: unknown, fallback: unknown): GrantDetail {
  const given = value ?? fallback;
  if (given === '*') return words(label, 'all');
  const list = Array.isArray(given) ? given.map(String) : [];
  return list.length === 0 ? words(label, 'none') : { label, value: { kind: 'names', names: list } };
}

function condition(label: string, value: unknown, whenEmpty: string): GrantDetail {
  if (value === undefined || value === null || Object.keys(value).length === 0)
    return words(label, whenEmpty);
  return { label, value: { kind: 'json', json: JSON.stringify(value, null, 2) } };
}

function numberOr(value: unknown, fallback: string): string {
  return typeof value === 'number' ? String(value) : fallback;
}
