import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { drawChart } from './chart.ts';
import type { ActionResult } from './measure-actions.ts';
import type { BootResult } from './measure-boot.ts';
import type { ReadResult } from './measure-reads.ts';

/** Everything that one run found out. */
export interface Report {
  readonly at: string;
  readonly mode: 'quick' | 'full';
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly volume: { readonly vendors: number; readonly requests: number };
  readonly method: Readonly<Record<string, string | number>>;
  readonly reads: readonly ReadResult[];
  readonly growth?: Readonly<
    Record<string, { readonly small: number; readonly large: number; readonly ratio: number }>
  >;
  readonly actions: readonly ActionResult[];
  readonly live?: Readonly<Record<string, number>>;
  readonly boot?: BootResult;
  readonly left_out: readonly string[];
}

/** What it ran on. */
export function describeMachine(): Report['machine'] {
  return {
    processors: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
}

/** Of the project's commit and of what takes part. */
export function commitOf(folder: string): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** What the product promises with 20 calls in flight, in milliseconds. */
const allowedP95Ms: Readonly<Record<ActionResult['case'], number>> = {
  submit: 500,
  approve: 500,
  reject: 500,
  list: 2000,
};

/** The figures as a person reads them; ratios are to the hand-written server. */
export function renderTable(report: Report): string {
  const lines: string[] = [];
  const { reads, actions, growth, live, boot } = report;
  if (reads.length > 0) {
    lines.push(
      '| case | contestant | answers/s | × http-pg | p50 ms | p99 ms | server µs/answer |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    );
    for (const one of reads) {
      const base = reads.find((other) => other.case === one.case && other.contestant === 'http-pg');
      lines.push(
        `| ${one.case} | ${one.contestant} | ${one.perSecond.toFixed(0)} | ${(one.perSecond / (base?.perSecond ?? Number.NaN)).toFixed(2)} | ${figure(one.p50Ms)} | ${figure(one.p99Ms)} | ${figure(one.cpuMicros, 0)} |`,
      );
    }
    lines.push('');
  }
  if (actions.length > 0) {
    lines.push(
      '| action | way | in flight | calls/s | p50 ms | × sql | p95 ms | p95 allowed | p99 ms | failures |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    );
    for (const one of actions) {
      const bare = actions.find(
        (other) => other.case === one.case && other.inFlight === one.inFlight && other.way === 'sql',
      );
      lines.push(
        `| ${one.case} | ${one.way} | ${one.inFlight} | ${one.perSecond.toFixed(0)} | ${figure(one.p50Ms)} | ${figure(one.p50Ms / (bare?.p50Ms ?? Number.NaN), 2)} | ${figure(one.p95Ms)} | ${allowedP95Ms[one.case]} | ${figure(one.p99Ms)} | ${one.failures} |`,
      );
    }
    lines.push('');
  }
  if (growth) {
    lines.push('| case | ms, small | ms, large | ratio |', '| --- | ---: | ---: | ---: |');
    for (const [name, { small, large, ratio }] of Object.entries(growth))
      lines.push(`| ${name} | ${small.toFixed(2)} | ${large.toFixed(2)} | ${ratio.toFixed(2)} |`);
    lines.push('');
  }
  if (live) {
    lines.push(
      '| live | |',
      '| --- | ---: |',
      ...Object.entries(live).map(([name, value]) => `| ${name} | ${figure(value)} |`),
      '',
    );
  }
  if (boot) {
    lines.push(
      `Boot: engine ${boot.engineMs.toFixed(0)} ms, stack warm ${boot.stackWarmMs.toFixed(0)} ms, stack cold ${boot.stackColdMs.toFixed(0)} ms.`,
      '',
    );
  }
  for (const reason of report.left_out) lines.push(`Left out: ${reason}`);
  return lines.join('\n');
}

function figure(value: number, digits = 1): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

/** Writes JSON, table and chart; answers the folder. */
export async function writeReport(report: Report): Promise<string> {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}${report.mode}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(
    `${folder}${report.mode}.md`,
    `# ${report.mode} run of ${report.at.slice(0, 10)}\n\n${renderTable(report)}\n`,
  );
  if (report.reads.length > 0) await writeFile(`${folder}${report.mode}.svg`, drawChart(report.reads));
  return folder;
}
