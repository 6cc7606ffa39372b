import type { GetListParams } from 'ra-core';
import { isUuid } from './filters.ts';

type Condition = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** How a list that ra-data-hasura reads may be filtered and sorted. Whatever else an address holds is left out. */
interface ListRule {
  readonly sorts: readonly string[];
  readonly toConditions: (values: Values) => readonly Condition[];
}

/** Words the person typed, matched anywhere; `%`, `_` and `\` stand for themselves, what Postgres cannot store is dropped. */
function search(value: unknown): { readonly words: string; readonly anywhere: Condition } | undefined {
  const words = typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim() : '';
  if (words === '') return undefined;
  return { words, anywhere: { _ilike: `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` } };
}

function oneOf(field: string, value: unknown, known: readonly unknown[]): readonly Condition[] {
  return known.includes(value) ? [{ [field]: { _eq: value } }] : [];
}

const rules: Readonly<Record<string, ListRule>> = {
  vendors: {
    sorts: ['name', 'tier', 'created_at'],
    toConditions: ({ q, tier, beta, waiting }) => {
      const found = search(q);
      return [
        ...(found
          ? [
              {
                _or: [
                  { name: found.anywhere },
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
    toConditions: ({ q, role, state }) => {
      const found = search(q);
      return [
        ...(found
          ? [
              {
                _or: [
                  { email: found.anywhere },
                  { vendor: { name: found.anywhere } },
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
    sorts: ['created_at', 'sent_at', 'attempts'],
    toConditions: ({ q, status }) => {
      const found = search(q);
      return [
        ...(found ? [{ _or: [{ recipient: found.anywhere }, { template: found.anywhere }] }] : []),
        ...oneOf('status', status, ['queued', 'sent', 'failed', 'dead']),
      ];
    },
  },
};

/** What ra-data-hasura is asked for in place of what an address says, in an order that the id makes stable. */
export function toGeneratedParams(resource: string, params: GetListParams): GetListParams {
  const rule = rules[resource];
  if (!rule) return params;
  const known = rule.sorts.includes(params.sort?.field ?? '');
  const field = known ? params.sort?.field : 'created_at';
  const order = known && params.sort?.order === 'ASC' ? 'asc' : 'desc';
  const conditions = { customFilters: rule.toConditions((params.filter ?? {}) as Values) };
  return {
    ...params,
    ...conditions,
    filter: {},
    sort: { field: `${field},id`, order: `${order},${order}` as 'ASC' },
  };
}
