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
  createdAfter: instantField().optional().describe('Only requests made later than this (ISO 8601).'),
  createdBefore: instantField().optional().describe('Only requests made earlier than this (ISO 8601).'),
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

/** The query of an export: all of it, so no pages. */
export const exportQuery = z.strictObject({ ...filterShape, ...orderShape });

/** The query of a vendor's own list. */
export const vendorListQuery = z.strictObject({ status: statusFilter(), ...pageShape });

/** Which requests. Times are ISO 8601, both ends excluded. */
export interface RequestFilter {
  readonly status?: Status | undefined;
  readonly targetTier?: number | undefined;
  readonly vendorId?: string | undefined;
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
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

const FILTER_SQL: Readonly<Record<keyof RequestFilter, (place: string) => string>> = {
  status: (place) => `r.status = ${place}`,
  targetTier: (place) => `r.target_tier = ${place}`,
  vendorId: (place) => `r.vendor_id = ${place}`,
  createdAfter: (place) => `r.created_at > ${place}::timestamptz`,
  createdBefore: (place) => `r.created_at < ${place}::timestamptz`,
};

const SORT_COLUMNS: Readonly<Record<RequestOrder['sort'], string>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  targetTier: 'target_tier',
};

/** The condition on `r` of a filter; what is not given is not in it, so that every plan is the filter's own. */
export function conditionOf(filter: RequestFilter): Condition {
  const names = (Object.keys(FILTER_SQL) as (keyof RequestFilter)[]).filter(
    (name) => filter[name] !== undefined,
  );
  const sql = names.map((name, index) => FILTER_SQL[name](`$${index + 1}`)).join(' and ');
  return { sql: sql === '' ? 'true' : sql, values: names.map((name) => filter[name]) };
}

/** The order on `r`. Each is an index's own, forwards or backwards. */
export function orderSql({ sort, order }: RequestOrder): string {
  return `r.${SORT_COLUMNS[sort]} ${order}, r.id ${order}`;
}
