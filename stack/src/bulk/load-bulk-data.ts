import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '@tierline/postgres';
import { StackStartError } from '../errors.ts';
import { PROJECT_ROOT } from '../project.ts';

/** How much to load. */
export interface BulkSize {
  readonly vendors: number;
  readonly requests: number;
  readonly seed: number;
}

/** Fills a migrated database in one transaction, and keeps nothing unless tiers, requests and timeline agree afterwards. */
export async function loadBulkData(url: string, { vendors, requests, seed }: BulkSize): Promise<void> {
  const [load, consistency] = await Promise.all(
    ['bulk/load.sql', 'tests/consistency.sql'].map((path) =>
      readFile(join(PROJECT_ROOT, 'hasura', path), 'utf8'),
    ),
  );
  await withClient(url, async (client) => {
    await client.query('begin');
    await client.query(
      `select set_config('bulk.vendors', $1, true), set_config('bulk.requests', $2, true),
              set_config('bulk.seed', $3, true), set_config('work_mem', '256MB', true)`,
      [String(vendors), String(requests), String(seed)],
    );
    const found = await client.query('select from public.vendors where slug like $1 limit 1', [
      `bulk-${seed}-%`,
    ]);
    if (found.rowCount !== 0) {
      throw new StackStartError(`The data of --seed ${seed} are there already; choose another number.`);
    }
    await client.query(load!);
    await client.query('analyze public.tier_upgrade_requests, public.tier_upgrade_request_events');
    const problems = await client.query<{ problem: string; id: string }>(consistency!);
    const [first] = problems.rows;
    if (first !== undefined) {
      throw new StackStartError(
        `Nothing was loaded, because the database would contradict itself: ${first.problem} (${first.id}).`,
      );
    }
    await client.query('commit');
    await client.query('vacuum (analyze)');
  });
}
