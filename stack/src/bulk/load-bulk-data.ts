import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '@tierline/postgres';
import type pg from 'pg';
import { StackStartError } from '../errors.ts';
import { PROJECT_ROOT } from '../project.ts';
import { lockTables } from './lock-tables.ts';
import { buildIndexes, dropIndexes, type IndexDefinition } from './set-indexes-aside.ts';
import { switchTriggersOff } from './switch-triggers-off.ts';

/** How much to load. */
export interface BulkSize {
  readonly vendors: number;
  readonly requests: number;
  readonly seed: number;
}

/** Told what is done as each step begins, such as "Writing 1,000 requests". */
export type OnStep = (step: string) => void;

/** Most of the rows and nearly all of the work are here. */
const LARGE_TABLES = ['public.tier_upgrade_requests', 'public.tier_upgrade_request_events'] as const;
/** In the order in which everybody locks: requests before vendors, the timeline last. */
const TABLES = [
  'public.tier_upgrade_requests',
  'public.vendors',
  'public.users',
  'public.vendor_locations',
  'public.tier_upgrade_request_events',
];
const COUNTS = ['tier_upgrade_changes', 'tier_upgrade_day_totals', 'review_time_totals'].map(
  (name) => `private.${name}`,
);

/**
 * Fills a migrated database in one transaction, and keeps nothing unless tiers, requests and timeline agree afterwards.
 * Whoever writes to these tables waits meanwhile; where at least as many requests come as are there, whoever reads too,
 * because their indexes are built anew.
 */
export async function loadBulkData(
  url: string,
  size: BulkSize,
  onStep: OnStep = () => undefined,
): Promise<void> {
  await withClient(url, async (client) => {
    const isMostOfAll = size.requests >= (await countRequests(client));
    onStep('Waiting for whoever writes to the tables');
    await client.query('begin');
    await lockTables(client, TABLES, isMostOfAll ? LARGE_TABLES : []);
    await refuseTwice(client, size.seed);
    await prepareSession(client, size);
    const switchTriggersOn = await switchTriggersOff(client, TABLES);
    const setAside: readonly IndexDefinition[] = isMostOfAll ? await dropIndexes(client, LARGE_TABLES) : [];
    await writeRows(client, size, onStep);
    if (setAside.length > 0) onStep(`Building ${setAside.length} indexes`);
    await buildIndexes(client, setAside);
    await switchTriggersOn();
    onStep('Counting for the statistics');
    await client.query('select private.recount_tier_upgrades()');
    onStep('Proving that vendors, requests and timeline agree');
    await proveConsistency(client);
    await client.query('commit');
    onStep('Tidying up');
    await client.query(`vacuum (analyze) ${[...TABLES, ...COUNTS].join(', ')}`);
  });
}

async function countRequests(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::float8 as n from public.tier_upgrade_requests',
  );
  return rows[0]!.n;
}

async function refuseTwice(client: pg.Client, seed: number): Promise<void> {
  const found = await client.query('select from public.vendors where slug like $1 limit 1', [
    `bulk-${seed}-%`,
  ]);
  if (found.rowCount === 0) return;
  throw new StackStartError(`The data of --seed ${seed} are there already; choose another number.`);
}

/** UTC, because a day is 24 hours long nowhere else; memory for sorting millions of rows, until the end of the transaction. */
async function prepareSession(client: pg.Client, { vendors, requests, seed }: BulkSize): Promise<void> {
  await client.query(
    `select set_config('bulk.vendors', $1, true), set_config('bulk.requests', $2, true), set_config('bulk.seed', $3, true),
            set_config('work_mem', '256MB', true), set_config('maintenance_work_mem', '256MB', true),
            set_config('jit', 'off', true), set_config('TimeZone', 'UTC', true)`,
    [String(vendors), String(requests), String(seed)],
  );
}

async function writeRows(client: pg.Client, { vendors, requests }: BulkSize, onStep: OnStep): Promise<void> {
  const number = (n: number) => n.toLocaleString('en-GB');
  const steps = [
    ['1_plan.sql', `Planning the history of ${number(vendors)} vendors`],
    ['2_vendors.sql', 'Writing vendors, users and locations'],
    ['3_requests.sql', `Writing ${number(requests)} requests`],
    ['4_timeline.sql', 'Writing the timeline'],
  ] as const;
  for (const [file, step] of steps) {
    onStep(step);
    await client.query(await readProjectFile('bulk', file));
  }
}

async function proveConsistency(client: pg.Client): Promise<void> {
  await client.query(`analyze ${TABLES.join(', ')}`);
  const consistency = await readProjectFile('tests', 'consistency.sql');
  const { rows } = await client.query<{ problem: string; id: string }>(consistency);
  const [first] = rows;
  if (first === undefined) return;
  throw new StackStartError(
    `Nothing was loaded, because the database would contradict itself: ${first.problem} (${first.id}).`,
  );
}

function readProjectFile(...path: readonly string[]): Promise<string> {
  return readFile(join(PROJECT_ROOT, 'hasura', ...path), 'utf8');
}
