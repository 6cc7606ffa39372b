import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, expect, test } from 'vitest';
import { exportStatement } from './export-requests.ts';
import type { RequestFilter, RequestOrder } from './list-filters.ts';
import { listStatement } from './list-requests.ts';

const REQUESTS = process.env.TIERLINE_LONG ? 1_000_000 : 50_000;

let database: TestDatabase;
let vendorId: string;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: true });
  const pool = database.pool({ max: 1 });
  await pool.query("set session_replication_role = 'replica'");
  // Vacuum takes no row for visible to all whose commit has not reached the disk yet.
  await pool.query('set synchronous_commit = on');
  const { rows } = await pool.query<{ id: string }>(
    `insert into vendors (name, slug, email, tier) select 'v' || n, 'v' || n, 'v' || n || '@example.com', 1
     from generate_series(1, 500) n returning id`,
  );
  vendorId = rows[0]!.id;
  await pool.query(
    `insert into tier_upgrade_requests
       (vendor_id, current_tier, target_tier, business_justification, status, created_at, updated_at)
     select v.id, 1, 2 + n % 3, repeat('A reason that goes on. ', 5), 'cancelled',
       '2025-01-01'::timestamptz + n * interval '1 second', '2025-06-01'::timestamptz + n * interval '1 second'
     from generate_series(1, $1::int) n join vendors v on v.slug = 'v' || (1 + n % 500)`,
    [REQUESTS],
  );
  await pool.query('select private.recount_tier_upgrades()');
  await pool.query('vacuum (analyze)');
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

async function planOf({ text, values }: { text: string; values: readonly unknown[] }): Promise<PlanNode[]> {
  const { rows } = await database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (analyze, format json) ${text}`,
    [...values],
  );
  const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return flatten(rows[0]!['QUERY PLAN'][0].Plan);
}

const scansOf = (plan: readonly PlanNode[]) =>
  plan.filter((node) => node['Relation Name'] === 'tier_upgrade_requests');

/** Rows of the table that the plan looked at, whether it kept them or not. */
const rowsReadBy = (plan: readonly PlanNode[]) =>
  scansOf(plan)
    .map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'])
    .reduce((sum, rows) => sum + rows, 0);

const page = { page: 1, limit: 10 };
const orders = (['createdAt', 'updatedAt', 'targetTier'] as const).flatMap((sort) =>
  (['asc', 'desc'] as const).map((order): RequestOrder => ({ sort, order })),
);

test.each(orders)('a page of all requests by $sort $order reads as many as it shows', async (order) => {
  const plan = await planOf(listStatement({}, order, page));
  expect(scansOf(plan).map((node) => node['Node Type'])).not.toContain('Seq Scan');
  expect(rowsReadBy(plan)).toBe(2 * page.limit);
});

test.each(orders)('a page of one status by $sort $order reads as many as it shows', async (order) => {
  expect(rowsReadBy(await planOf(listStatement({ status: 'cancelled' }, order, page)))).toBe(2 * page.limit);
});

test.each<[string, RequestFilter]>([
  ['a vendor', { vendorId: 'its' }],
  ['a vendor and a status', { vendorId: 'its', status: 'cancelled' }],
  ['pending requests', { status: 'pending' }],
  [
    'the last minute',
    { createdAfter: new Date(Date.UTC(2025, 0, 1) + (REQUESTS - 60) * 1000).toISOString() },
  ],
])('%s: only those are read', async (_name, filter) => {
  const own = filter.vendorId === undefined ? filter : { ...filter, vendorId };
  const plan = await planOf(listStatement(own, { sort: 'createdAt', order: 'desc' }, page));
  expect(scansOf(plan).map((node) => node['Node Type'])).not.toContain('Seq Scan');
  // Counted once, and a page of them twice: its ids, then what is shown.
  expect(rowsReadBy(plan)).toBeLessThanOrEqual(2 * (REQUESTS / 500) + 2 * page.limit);
});

test('what is filtered by beside the order stands in its index: nothing is fetched to be left out', async () => {
  const filter = { targetTier: 3, status: 'cancelled' } as const;
  for (const order of orders) {
    const nodes = scansOf(await planOf(listStatement(filter, order, page))).map((node) => node['Node Type']);
    expect(nodes.filter((type) => type !== 'Index Only Scan')).toEqual(['Index Scan']);
  }
});

test('an export in the order of an index starts at once: nothing is sorted first', async () => {
  for (const order of orders) {
    const { text, values } = exportStatement({}, order);
    // As a cursor plans it: for the first rows.
    const { rows } = await database.query(`explain (format json) ${text} limit 500`, [...values]);
    expect(JSON.stringify(rows)).toContain(`tier_upgrade_requests_`);
    expect(JSON.stringify(rows)).not.toContain('"Node Type": "Sort"');
  }
});
