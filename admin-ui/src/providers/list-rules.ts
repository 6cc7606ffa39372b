import type { GetListParams } from 'ra-core';
import type { AddressRule } from '../list/readable-address.ts';
import { anywhere, anywhereInForm, isUuid, searchWords } from './filters.ts';
import type { Sort } from './keyset.ts';

type Condition = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** How a list that ra-data-hasura reads may be filtered and sorted. Whatever else an address holds is left out. */
interface ListRule {
  /** Columns that are never null, and stand in an index together with the id. */
  readonly sorts: readonly string[];
  /** What each of its filters may be; words may be any text. */
  readonly filters: Readonly<Record<string, 'words' | readonly unknown[]>>;
  readonly toConditions: (values: Values, named: Condition | undefined) => readonly Condition[];
}

/** Words to look for, and the condition on a column to hold them. */
function search(value: unknown): { readonly words: string; readonly anywhere: Condition } | undefined {
  const words = readWords(value);
  return words === '' ? undefined : { words, anywhere: anywhere(words) };
}

function readWords(value: unknown): string {
  return typeof value === 'string' ? searchWords(value) : '';
}

function oneOf(field: string, value: unknown, known: readonly unknown[]): readonly Condition[] {
  return known.includes(value) ? [{ [field]: { _eq: value } }] : [];
}

const rules: Readonly<Record<string, ListRule>> = {
  vendors: {
    sorts: ['name', 'tier', 'created_at'],
    filters: { q: 'words', tier: [1, 2, 3, 4], beta: ['yes', 'no'], waiting: ['yes'] },
    toConditions: ({ q, tier, beta, waiting }) => {
      const found = search(q);
      return [
        ...(found
          ? [
              {
                _or: [
                  { search_name: anywhereInForm(found.words) },
                  { email: found.anywhere },
                  { slug: found.anywhere },
                  ...(isUuid(found.words) ? [{ id: { _eq: found.words } }] : []),
                ],
              },
            ]
          : []),
        ...oneOf('tier', tier, [1, 2, 3, 4]),
        ...oneOf('is_beta', beta === 'yes' ? true : beta === 'no' ? false : undefined, [true, false]),
        ...(waiting === 'yes' ? [{ requests: { status: { _eq: 'pending' } } }] : []),
      ];
    },
  },
  users: {
    sorts: ['email', 'created_at'],
    filters: { q: 'words', role: ['vendor', 'admin'], state: ['enabled', 'disabled'] },
    toConditions: ({ q, role, state }, named) => {
      const found = search(q);
      return [
        ...(found
          ? [
              {
                _or: [
                  { email: found.anywhere },
                  named ?? { vendor: { search_name: anywhereInForm(found.words) } },
                  ...(isUuid(found.words) ? [{ id: { _eq: found.words } }] : []),
                ],
              },
            ]
          : []),
        ...oneOf('role', role, ['vendor', 'admin']),
        ...(state === 'enabled' || state === 'disabled'
          ? [{ disabled_at: { _is_null: state === 'enabled' } }]
          : []),
      ];
    },
  },
  email_deliveries: {
    sorts: ['created_at', 'attempts'],
    filters: { q: 'words', status: ['queued', 'sent', 'failed', 'dead'] },
    toConditions: ({ q, status }) => {
      const found = search(q);
      return [
        ...(found ? [{ _or: [{ recipient: found.anywhere }, { template: found.anywhere }] }] : []),
        ...oneOf('status', status, ['queued', 'sent', 'failed', 'dead']),
      ];
    },
  },
};

/** How the address of a list is read; everything is left out of a list without rules. */
export function addressRuleOf(resource: string, sort: AddressRule['sort']): AddressRule {
  const { sorts = [], filters = {} } = rules[resource] ?? {};
  return {
    sorts,
    sort,
    readFilter: (values) => {
      const given = typeof values === 'object' && values !== null ? (values as Values) : {};
      const known = Object.entries(filters).filter(([name, choices]) => {
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        return choices === 'words' ? readWords(value) !== '' : choices.includes(value);
      });
      return Object.fromEntries(known.map(([name]) => [name, given[name]]));
    },
  };
}

/** A list as an address asks for it, in terms of the schema. */
export interface ListWish {
  readonly sort: Sort;
  /** Words that may be part of a vendor's name, where the list looks for that too. */
  readonly vendorWords: string;
  /** @param named that the vendor's name holds the words; by a look at the vendor of each row, unless said otherwise */
  readonly toConditions: (named?: Condition) => readonly Condition[];
}

/** Reads what an address asks of a list; undefined where a list has no rules. */
export function readListWish(resource: string, params: GetListParams): ListWish | undefined {
  const rule = rules[resource];
  if (!rule) return undefined;
  const values = (params.filter ?? {}) as Values;
  const known = rule.sorts.includes(params.sort?.field ?? '');
  return {
    sort: {
      field: known ? String(params.sort?.field) : 'created_at',
      order: known && params.sort?.order === 'ASC' ? 'ASC' : 'DESC',
    },
    vendorWords: resource === 'users' ? readWords(values.q) : '',
    toConditions: (named) => rule.toConditions(values, named),
  };
}
