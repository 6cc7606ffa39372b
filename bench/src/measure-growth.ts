import pg from 'pg';
import type { Report } from './report.ts';
import { type BenchStack, fill, startStack, takeSample, type Volume, withEmptyFolder } from './stack.ts';
import { percentile } from './statistics.ts';

const small: Volume = { vendors: 500, requests: 10_000 };
const large: Volume = { vendors: 50_000, requests: 1_000_000 };
const calls = 400;
const warmUpCalls = 40;

interface Question {
  readonly name: string;
  readonly role: 'app_admin' | 'vendor';
  readonly query: string;
}

const fields = 'id status current_tier target_tier created_at';
const newestFirst = 'order_by: [{ created_at: desc }, { id: desc }]';
const questions: readonly Question[] = [
  {
    name: 'list',
    role: 'app_admin',
    query: `{ tier_upgrade_requests(where: { status: { _eq: "pending" } }, ${newestFirst}, limit: 20) { ${fields} vendor { id name tier } } }`,
  },
  {
    name: 'filtered',
    role: 'vendor',
    query: `{ tier_upgrade_requests(where: { status: { _in: ["approved", "rejected"] } }, ${newestFirst}, limit: 10) { ${fields} }
      tier_upgrade_requests_aggregate(where: { status: { _in: ["approved", "rejected"] } }) { aggregate { count } } }`,
  },
  {
    name: 'stats',
    role: 'app_admin',
    query:
      '{ tier_upgrade_stats { pending_count oldest_pending_at approval_rate_30d median_review_hours p90_review_hours } tier_upgrade_daily(limit: 90, order_by: { day: desc }) { day status count } }',
  },
];

/** Median time of one call at a time, on little data and on much. */
export async function measureGrowth(progress: (text: string) => void): Promise<Report['growth']> {
  const onSmall = await withEmptyFolder((folder) => measureVolume(folder, small, progress));
  const onLarge = await withEmptyFolder((folder) => measureVolume(folder, large, progress));
  return Object.fromEntries(
    [...onSmall].map(([name, figure]) => {
      const other = onLarge.get(name) ?? Number.NaN;
      return [name, { small: figure, large: other, ratio: other / figure }];
    }),
  );
}

async function measureVolume(
  dataDir: string,
  volume: Volume,
  progress: (text: string) => void,
): Promise<Map<string, number>> {
  progress(`growth: ${volume.requests} requests`);
  const stack = await startStack(dataDir);
  try {
    await fill(stack, volume, dataDir);
    const figures = new Map<string, number>();
    for (const question of questions) figures.set(question.name, await medianOf(stack, question));
    await tieTimes(stack.databaseUrl);
    figures.set('list, equal times', await medianOf(stack, questions[0]!));
    return figures;
  } finally {
    await stack.stop();
  }
}

async function medianOf(stack: BenchStack, { role, query }: Question): Promise<number> {
  const sample = await takeSample(stack.databaseUrl);
  const taken: number[] = [];
  for (let call = 0; call < calls + warmUpCalls; call++) {
    const vendor = sample.vendorIds[call % sample.vendorIds.length]!;
    const token =
      role === 'vendor'
        ? stack.token('vendor', sample.users.get(vendor)!, vendor)
        : stack.token('app_admin', sample.admin);
    const started = performance.now();
    const response = await fetch(`${stack.engineUrl}/v1/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { errors?: unknown };
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    if (call >= warmUpCalls) taken.push(performance.now() - started);
  }
  return percentile(taken, 50);
}

/** A bulk import gives thousands of rows one time; the id then has to keep the order, by the index and not by sorting. */
async function tieTimes(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`begin; set local session_replication_role = replica;
      update tier_upgrade_requests set created_at = date_trunc('year', created_at)
      where created_at <> date_trunc('year', created_at); commit`);
    await client.query('vacuum analyze tier_upgrade_requests');
  } finally {
    await client.end();
  }
}
