/** All requests of a filter, row after row, for an export: in constant memory, whatever their number. */

import type { Database } from '../db.ts';
import { isoTime } from '../iso-time.ts';
import { conditionOf, orderSql, type RequestFilter, type RequestOrder } from './list-filters.ts';
import type { Status } from './status.ts';

/** The columns of an export, in their order. */
export const EXPORT_COLUMNS = [
  'id',
  'vendor',
  'current_tier',
  'target_tier',
  'status',
  'created_at',
  'reviewed_at',
  'reviewed_by',
  'rejection_reason',
  'business_justification',
] as const;

/** A row of an export; the vendor by name, the reviewer by e-mail address. */
export interface ExportRow extends Record<(typeof EXPORT_COLUMNS)[number], string | number | null> {
  readonly id: string;
  readonly status: Status;
}

const BATCH_SIZE = 500;

/** Reads the rows in batches; the signal ends the query inside Postgres too. */
export function exportRequests(
  database: Pick<Database, 'stream'>,
  filter: RequestFilter,
  order: RequestOrder,
  signal: AbortSignal,
): AsyncGenerator<ExportRow[], void, undefined> {
  const { text, values } = exportStatement(filter, order);
  return database.stream<ExportRow>(text, values, { batchSize: BATCH_SIZE, signal });
}

/** The statement of an export. */
export function exportStatement(
  filter: RequestFilter,
  order: RequestOrder,
): { text: string; values: readonly unknown[] } {
  const condition = conditionOf(filter);
  const text = `
    select r.id, v.name as vendor, r.current_tier, r.target_tier, r.status, ${isoTime('r.created_at')} as created_at,
      ${isoTime('r.reviewed_at')} as reviewed_at, reviewer.email as reviewed_by, r.rejection_reason, r.business_justification
    from public.tier_upgrade_requests r
    join public.vendors v on v.id = r.vendor_id
    left join public.users reviewer on reviewer.id = r.reviewed_by
    where ${condition.sql} order by ${orderSql(order)}`;
  return { text, values: condition.values };
}
