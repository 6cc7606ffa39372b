import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Report } from './report.ts';
import {
  type BenchStack,
  fill,
  projectRoot,
  startStack,
  takeSample,
  type Volume,
  withEmptyFolder,
} from './stack.ts';
import { percentile } from './statistics.ts';

const small: Volume = { vendors: 500, requests: 10_000 };
const large: Volume = { vendors: 50_000, requests: 1_000_000 };
const calls = 400;
const warmUpCalls = 40;

/** A screen's operations, one after the other. */
interface Question {
  readonly name: string;
  readonly role: 'app_admin' | 'vendor';
  readonly operations: readonly Operation[];
}

interface Operation {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The console's own document, so that what is measured is what it asks. */
const queueDocument = await readFile(
  join(projectRoot, 'admin-ui/src/upgrade-requests/operations.graphql'),
  'utf8',
);

const fields = 'id status current_tier target_tier created_at';
const newestFirst = 'order_by: [{ created_at: desc }, { id: desc }]';
const questions: readonly Question[] = [
  {
    name: 'list',
    role: 'app_admin',
    operations: [
      {
        query: `{ tier_upgrade_requests(where: { status: { _eq: "pending" } }, ${newestFirst}, limit: 20) { ${fields} vendor { id name tier } } }`,
      },
    ],
  },
  {
    name: 'filtered',
    role: 'vendor',
    operations: [
      {
        query: `{ tier_upgrade_requests(where: { status: { _in: ["approved", "rejected"] } }, ${newestFirst}, limit: 10) { ${fields} }
          tier_upgrade_requests_aggregate(where: { status: { _in: ["approved", "rejected"] } }) { aggregate { count } } }`,
      },
    ],
  },
  {
    name: 'queue',
    role: 'app_admin',
    operations: [
      { query: queueDocument, operationName: 'QueueOverview' },
      {
        query: queueDocument,
        operationName: 'QueuePage',
        variables: {
          where: { status: { _eq: 'pending' } },
          orderBy: [{ created_at: 'desc' }, { id: 'desc' }],
          limit: 26,
          offset: 0,
          filter: {},
          isNarrowed: false,
          countTo: 10_001,
        },
      },
    ],
  },
  {
    name: 'stats',
    role: 'app_admin',
    operations: [
      {
        query:
          '{ tier_upgrade_stats { pending_count oldest_pending_at approval_rate_30d median_review_hours p90_review_hours } tier_upgrade_daily(limit: 90, order_by: { day: desc }) { day status count } }',
      },
    ],
  },
];

/**
 * Median time of one screen at a time, on little data and on much. Both stacks run side by side and are asked in
 * turn, so that a slow moment of the machine meets both.
 */
export async function measureGrowth(progress: (text: string) => void): Promise<Report['growth']> {
  return withEmptyFolder((smallFolder) =>
    withEmptyFolder(async (largeFolder) => {
      const stacks: BenchStack[] = [];
      try {
        for (const [folder, volume] of [
          [smallFolder, small],
          [largeFolder, large],
        ] as const) {
          progress(`growth: ${volume.requests} requests`);
          const stack = await startStack(folder);
          stacks.push(stack);
          await fill(stack, volume, folder);
        }
        const figures: Record<string, GrowthFigure> = {};
        for (const question of questions) figures[question.name] = await compare(stacks, question);
        for (const stack of stacks) await tieTimes(stack.databaseUrl);
        figures['list, equal times'] = await compare(stacks, questions[0]!);
        return figures;
      } finally {
        for (const stack of stacks) await stack.stop();
      }
    }),
  );
}

type GrowthFigure = NonNullable<Report['growth']>[string];

async function compare(stacks: readonly BenchStack[], question: Question): Promise<GrowthFigure> {
  const askers = await Promise.all(stacks.map((stack) => askerOf(stack, question)));
  const taken: number[][] = stacks.map(() => []);
  for (let call = 0; call < calls + warmUpCalls; call++) {
    for (const [index, asks] of askers.entries()) {
      const started = performance.now();
      await asks(call);
      if (call >= warmUpCalls) taken[index]!.push(performance.now() - started);
    }
  }
  const [onSmall, onLarge] = taken.map((times) => percentile(times, 50)) as [number, number];
  return { small: onSmall, large: onLarge, ratio: onLarge / onSmall };
}

/** Asks a stack all operations of a question, as another user each time. */
async function askerOf(
  stack: BenchStack,
  { role, operations }: Question,
): Promise<(call: number) => Promise<void>> {
  const sample = await takeSample(stack.databaseUrl);
  const tokens =
    role === 'vendor'
      ? sample.vendorIds.map((vendor) => stack.token('vendor', sample.users.get(vendor)!, vendor))
      : [stack.token('app_admin', sample.admin)];
  return async (call) => {
    for (const operation of operations) await ask(stack, tokens[call % tokens.length]!, operation);
  };
}

async function ask(stack: BenchStack, token: string, operation: Operation): Promise<void> {
  const response = await fetch(`${stack.engineUrl}/v1/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(operation),
  });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
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
