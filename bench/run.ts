/** `npm run bench [-- --quick]`: measures, prints a table, writes `results/`. See README.md for what is measured and how. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { engineContestant, startContestant } from './src/contestants.ts';
import { findLoadTool } from './src/load/load.ts';
import { findPgbench } from './src/load/pgbench.ts';
import { measureActions } from './src/measure-actions.ts';
import { measureEngineBoot, measureStackBoot } from './src/measure-boot.ts';
import { measureGrowth } from './src/measure-growth.ts';
import { measureLive } from './src/measure-live.ts';
import { measureReads } from './src/measure-reads.ts';
import { commitOf, describeMachine, type Report, renderTable, writeReport } from './src/report.ts';
import { copyOfData, projectRoot, startStack, takeSample, withEmptyFolder } from './src/stack.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Parts to run, by comma: reads, actions, live, boot, growth. */
    only: { type: 'string' },
    /** Read cases to run, by comma. */
    cases: { type: 'string' },
    /** Where the data is kept between runs. */
    data: { type: 'string', default: fileURLToPath(new URL('./.data/', import.meta.url)) },
  },
});

const mode = options.quick ? 'quick' : 'full';
const volume = { vendors: 10_000, requests: 200_000 };
const effort = options.quick
  ? { rounds: 3, seconds: 1, warmUpSeconds: 1, firstWarmUpSeconds: 5, connections: 32 }
  : { rounds: 5, seconds: 5, warmUpSeconds: 2, firstWarmUpSeconds: 10, connections: 32 };
const actionCount = options.quick ? 160 : 1000;
const actionsInFlight = 20;
/** Before actions are measured: what is compiled and prepared at the first calls belongs to no figure. */
const actionWarmUpCount = 40;
const parts = new Set((options.only ?? 'reads,actions,live,boot,growth').split(','));
const leftOut: string[] = [];
const progress = (text: string): void => void process.stderr.write(`${text}\n`);

const tool = await findLoadTool();
const pgbench = await findPgbench();
if (!pgbench) leftOut.push('pgbench: the machine has no PostgreSQL of its own that brings it');
leftOut.push(
  'Payload, Directus: each brings a data model of its own, so the list case would not ask the same question',
);

progress('starting the stack');
const data = await copyOfData(join(options.data, `v${volume.vendors}-r${volume.requests}`), volume);
const stopping: (() => unknown)[] = [() => data.remove()];
try {
  const stack = await startStack(data.folder);
  stopping.push(() => stack.stop());
  const sample = await takeSample(stack.databaseUrl);
  const versions = JSON.parse(
    await readFile(new URL('./package.json', import.meta.url), 'utf8'),
  ).dependencies;
  const report: { -readonly [Key in keyof Report]: Report[Key] } = {
    at: new Date().toISOString(),
    mode,
    machine: describeMachine(),
    versions: { tierline: commitOf(projectRoot), ...versions, ...(pgbench ? { pgbench } : {}), load: tool },
    volume,
    method: { ...effort, actionCount, actionsInFlight },
    reads: [],
    actions: [],
    left_out: leftOut,
  };
  if (parts.has('reads')) {
    const contestants = [await engineContestant(stack)];
    for (const name of ['http-pg', 'express-pg', 'postgraphile'] as const) {
      const contestant = await startContestant(name, stack.databaseUrl, effort.connections);
      stopping.push(() => contestant.stop());
      contestants.push(contestant);
    }
    report.reads = await measureReads({
      contestants,
      sample,
      databaseUrl: stack.databaseUrl,
      pgbench: pgbench !== undefined,
      tool,
      effort,
      progress,
      ...(options.cases ? { only: options.cases.split(',') } : {}),
    });
    for (const contestant of contestants) contestant.stop();
  }
  if (parts.has('actions')) {
    progress('submit, approve, reject and lists');
    await measureActions(stack, sample.admin, actionWarmUpCount, 4);
    report.actions = [
      ...(await measureActions(stack, sample.admin, Math.ceil(actionCount / 4), 1)),
      ...(await measureActions(stack, sample.admin, actionCount, actionsInFlight)),
    ];
  }
  if (parts.has('live')) {
    progress('live subscribers');
    report.live = await measureLive(stack, mode);
  }
  if (parts.has('boot')) {
    progress('boot');
    const engineMs = await measureEngineBoot(stack, effort.rounds);
    report.boot = {
      engineMs,
      stackWarmMs: stack.startMs,
      stackColdMs: await withEmptyFolder(measureStackBoot),
    };
  }
  if (parts.has('growth') && mode === 'full') report.growth = await measureGrowth(progress);
  const folder = await writeReport(report);
  process.stdout.write(`\n${renderTable(report)}\n\nwritten to ${folder}\n`);
} finally {
  for (const stop of stopping.toReversed()) await stop();
}
