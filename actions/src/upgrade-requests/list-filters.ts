/** Which requests a list is about and in what order: query strings → SQL. */

import { z } from 'zod';
import { idField, tierField } from '../input/fields.ts';
import { fieldCodes } from '../input/parse-input.ts';
import { instantField, queryNumber } from '../input/query-fields.ts';
import { STATUSES, type Status } from './status.ts';

const statusFilter = () =>
  z
    .enum(STATUSES, `The status must be one of ${STATUSES.join(', ')}.`)
    .optional()
    .describe('Only this status.');

/** The filters of administrators. */
export const filterShape = {
  status: statusFilter(),
  targetTier: queryNumber(tierField())
    .optional()
    .describe('Only requests for this tier.')
    .register(fieldCodes, { code: 'INVALID_TIER' }),
  vendorId: idField().optional().describe('Only requests of this vendor.'),
  createdAfter: instantField()
    .optional()
    .describe('Only requests made later than this (ISO 8601; without an offset it is UTC).'),
  createdBefore: instantField()
    .optional()
    .describe('Only requests made earlier than this (ISO 8601; without an offset it is UTC).'),
  q: z
    .string()
    .max(200, 'Search for at most 200 characters.')
    .transform((words) => words.replaceAll('\0', '').toWellFormed().trim())
    .optional()
    .describe(
      'Only requests with these words in the vendor’s name, the justification or the reason of a refusal, or with this id or vendor id. Upper and lower case, accents and ways to compose a letter make no difference.',
    ),
};

/** The order of a list; requests that are alike in it are ordered by their ids. */
export const orderShape = {
  sort: z
    .enum(['createdAt', 'updatedAt', 'targetTier'], 'The sort must be createdAt, updatedAt or targetTier.')
    .default('createdAt')
    .describe('What to order by.'),
  order: z.enum(['asc', 'desc'], 'The order must be asc or desc.').default('desc'),
};

const PAGE_MESSAGE = 'The page must be a whole number from 1.';
const LIMIT_MESSAGE = 'The limit must be a whole number from 1 to 100.';

const pageShape = {
  page: queryNumber(z.int(PAGE_MESSAGE).min(1, PAGE_MESSAGE)).default(1).describe('Which page, from 1.'),
  limit: queryNumber(z.int(LIMIT_MESSAGE).min(1, LIMIT_MESSAGE).max(100, LIMIT_MESSAGE))
    .default(10)
    .describe('Requests on a page.'),
};

/** The query of an administrator's list. */
export const adminListQuery = z.strictObject({ ...filterShape, ...orderShape, ...pageShape });

const ZONE_MESSAGE = 'The time zone must be a name such as Europe/Berlin.';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The query of an export: all of it, so no pages. */
export const exportQuery = z.strictObject({
  ...filterShape,
  ...orderShape,
  bom: z
    .enum(['0', '1'], 'The bom must be 0 or 1.')
    .default('0')
    .describe('1: a byte order mark first, by which spreadsheets know UTF-8.'),
  timeZone: z
    .string()
    .max(64, ZONE_MESSAGE)
    .refine(isTimeZone, ZONE_MESSAGE)
    .optional()
    .describe('Times as a spreadsheet reads them (2026-05-03 14:05:00), in this zone, instead of ISO 8601.'),
});

/** The query of a vendor's own list. */
export const vendorListQuery = z.strictObject({ status: statusFilter(), ...pageShape });

/** Which requests. Times are ISO 8601, both ends excluded. */
export interface RequestFilter {
  readonly status?: Status | undefined;
  readonly targetTier?: number | undefined;
  readonly vendorId?: string | undefined;
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
  /** Words to be found; an empty text finds everything. */
  readonly q?: string | undefined;
}

/** In what order. */
export type RequestOrder = {
  readonly [Name in keyof typeof orderShape]: z.output<(typeof orderShape)[Name]>;
};

/** A condition in SQL and its parameters, from `$1` on. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The columns of `r` that are searched, as the index of their trigrams has them. */
const SEARCHED =
  "private.search_form(r.business_justification || E'\\n' || coalesce(r.rejection_reason, ''))";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The words where the console looks for them too. Each half can be found by an index of its own. */
function searchSql(place: string, words: unknown): string {
  const pattern = `private.search_pattern(${place})`;
  const found = [
    `${SEARCHED} like ${pattern}`,
    `r.vendor_id = any(array(select v.id from public.vendors v where private.search_form(v.name) like ${pattern}))`,
  ];
  if (UUID.test(String(words))) {
    found.push(`r.id = ${place}::text::uuid`, `r.vendor_id = ${place}::text::uuid`);
  }
  return `(${found.join(' or ')})`;
}

const FILTER_SQL: Readonly<Record<keyof RequestFilter, (place: string, value: unknown) => string>> = {
  status: (place) => `r.status = ${place}`,
  targetTier: (place) => `r.target_tier = ${place}`,
  vendorId: (place) => `r.vendor_id = ${place}`,
  createdAfter: (place) => `r.created_at > ${place}::timestamptz`,
  createdBefore: (place) => `r.created_at < ${place}::timestamptz`,
  q: searchSql,
};

const SORT_COLUMNS: Readonly<Record<RequestOrder['sort'], string>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  targetTier: 'target_tier',
};

/** The condition on `r` of a filter; what is not given is not in it, so that every plan is the filter's own. */
export function conditionOf(filter: RequestFilter): Condition {
  const names = (Object.keys(FILTER_SQL) as (keyof RequestFilter)[]).filter(
    (name) => filter[name] !== undefined && filter[name] !== '',
  );
  const sql = names.map((name, index) => FILTER_SQL[name](`$${index + 1}`, filter[name])).join(' and ');
  return { sql: sql === '' ? 'true' : sql, values: names.map((name) => filter[name]) };
}

/** The order on `r`. Each is an index's own, forwards or backwards. */
export function orderSql({ sort, order }: RequestOrder): string {
  return `r.${SORT_COLUMNS[sort]} ${order}, r.id ${order}`;
}
