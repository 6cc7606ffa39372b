/** A page of requests, with how many there are in all: one statement, so that both are of the same moment. */

import { z } from 'zod';
import type { PersonRole } from '../accounts/roles.ts';
import type { Queryable } from '../db.ts';
import {
  type Condition,
  conditionOf,
  orderSql,
  type RequestFilter,
  type RequestOrder,
} from './list-filters.ts';
import {
  REQUEST_COLUMNS,
  REQUEST_JOINS,
  type RequestDocument,
  type RequestRow,
  toDocument,
} from './request-document.ts';

/** Which part of the list; the first page is 1. */
export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

/** The envelope around a page. */
export const pageShape = {
  totalDocs: z.int().min(0).describe('Exactly how many there are on all pages.'),
  page: z.int().min(1),
  limit: z.int().min(1).max(100),
  totalPages: z.int().min(0),
  hasPrevPage: z.boolean(),
  hasNextPage: z.boolean(),
};

/** A page. */
export interface Page extends PageRequest {
  readonly docs: readonly RequestDocument[];
  readonly totalDocs: number;
  readonly totalPages: number;
  readonly hasPrevPage: boolean;
  readonly hasNextPage: boolean;
}

type PageRow = { readonly total: number } & (RequestRow | { readonly id: null });

/** Reads a page, as somebody with this role may see it. */
export async function listRequests(
  db: Queryable,
  role: PersonRole,
  filter: RequestFilter,
  order: RequestOrder,
  { page, limit }: PageRequest,
): Promise<Page> {
  const { text, values } = listStatement(filter, order, { page, limit });
  const rows = await db.query<PageRow>(text, values);
  const totalDocs = rows[0]?.total ?? 0;
  const totalPages = Math.ceil(totalDocs / limit);
  return {
    docs: rows.filter((row) => row.id !== null).map((row) => toDocument(role, row)),
    totalDocs,
    page,
    limit,
    totalPages,
    hasPrevPage: page > 1 && totalPages > 0,
    hasNextPage: page < totalPages,
  };
}

/**
 * The statement of a page.
 *
 * The ids of the page come from an index alone, and only then what is shown with them. Past the end there is still one
 * row: it carries the count.
 */
export function listStatement(
  filter: RequestFilter,
  order: RequestOrder,
  { page, limit }: PageRequest,
): { text: string; values: unknown[] } {
  const condition = conditionOf(filter);
  const [limitPlace, pagePlace] = [`$${condition.values.length + 1}`, `$${condition.values.length + 2}`];
  const text = `
    with page as materialized (
      select r.id from public.tier_upgrade_requests r
      where ${condition.sql} order by ${orderSql(order)}
      limit ${limitPlace}::bigint offset ((${pagePlace}::bigint - 1) * ${limitPlace}::bigint)
    )
    select counted.total, shown.*
    from (${countSql(filter, condition)}) counted
    left join (
      select ${REQUEST_COLUMNS}, row_number() over (order by ${orderSql(order)}) as place
      from page join public.tier_upgrade_requests r using (id) ${REQUEST_JOINS}
    ) shown on true
    order by shown.place`;
  return { text, values: [...condition.values, limit, page] };
}

/**
 * How many there are, exactly.
 *
 * The lists that everybody opens (all, and one status) are not counted row by row: the counts that every change appends
 * (docs/adr/0012-statistics-by-appended-counts.md) say it at any size, in the same snapshot as the page. Few are pending
 * at a time, and they have an index of their own.
 */
function countSql({ status, ...others }: RequestFilter, condition: Condition): string {
  const isCounted =
    status !== 'pending' && Object.values(others).every((value) => value === undefined || value === '');
  if (!isCounted) {
    return `select count(*)::float8 as total from public.tier_upgrade_requests r where ${condition.sql}`;
  }
  // The place of the parameter in the condition: it is the only one.
  const counted = status === undefined ? "'submitted'" : '$1';
  return `select coalesce(sum(d.count), 0)::float8 as total from public.tier_upgrade_daily d where d.status = ${counted}`;
}
