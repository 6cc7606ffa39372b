import { type ReadCase, readCases } from './cases.ts';
import { type BenchSample, type Contestant, cpuMs } from './contestants.ts';
import { load } from './load/load.ts';
import { runPgbench } from './load/pgbench.ts';
import type { LoadResult } from './load/types.ts';
import { median } from './statistics.ts';
import { verify } from './verify.ts';

/** How long and how often. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
  /** Before the rounds of each case. */
  readonly warmUpSeconds: number;
  /** Before the first case: until a server's code is compiled as it stays, which takes the largest longest. */
  readonly firstWarmUpSeconds: number;
  readonly connections: number;
}

/** Medians over the rounds of one contestant in one case. */
export interface ReadResult {
  readonly case: string;
  readonly contestant: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the server process for one answer, in microseconds, Postgres' own not among it. */
  readonly cpuMicros: number;
  readonly failures: number;
  /** Every round's figure, so that the spread can be seen. */
  readonly rounds: readonly number[];
}

/** All contestants in turn, round after round, so that a slow moment of the machine meets each of them. */
export async function measureReads(options: {
  readonly contestants: readonly Contestant[];
  readonly sample: BenchSample;
  readonly databaseUrl: string;
  readonly pgbench: boolean;
  readonly tool: 'wrk' | 'autocannon';
  readonly effort: Effort;
  readonly only?: readonly string[];
  readonly progress: (text: string) => void;
}): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  const { contestants, sample, effort, tool } = options;
  for (const one of contestants) {
    options.progress(`warming ${one.name} up`);
    const calls = one.calls(readCases[0]!, sample);
    await load(tool, { calls, connections: effort.connections, seconds: effort.firstWarmUpSeconds });
  }
  for (const readCase of readCases) {
    if (options.only && !options.only.includes(readCase.name)) continue;
    await verify(readCase, contestants, sample);
    results.push(...(await measureCase(readCase, options)));
  }
  return results;
}

async function measureCase(
  readCase: ReadCase,
  options: Parameters<typeof measureReads>[0],
): Promise<ReadResult[]> {
  const { effort, tool, sample } = options;
  const runners = options.contestants.map((one) => ({
    name: one.name,
    run: async (seconds: number) => {
      const before = await cpuMs(one.pid);
      const result = await load(tool, {
        calls: one.calls(readCase, sample),
        connections: effort.connections,
        seconds,
      });
      const spent = (await cpuMs(one.pid)) - before;
      return { ...result, cpuMicros: (spent * 1000) / (result.perSecond * seconds) };
    },
  }));
  // pgbench comes after them: what Postgres has to have in its memory is there by then, and C compiles nothing.
  const warmed = [...runners];
  if (options.pgbench) {
    const variables = readCase.variables(sample)[0] ?? {};
    runners.push({
      name: 'pgbench',
      run: async (seconds) => ({
        ...(await runPgbench(options.databaseUrl, readCase, variables, effort.connections, seconds)),
        cpuMicros: Number.NaN,
      }),
    });
  }
  for (const one of warmed) await one.run(effort.warmUpSeconds);
  const rounds = new Map<string, (LoadResult & { cpuMicros: number })[]>(
    runners.map(({ name }) => [name, []]),
  );
  for (let round = 0; round < effort.rounds; round++) {
    options.progress(`${readCase.name}: round ${round + 1} of ${effort.rounds}`);
    for (const one of runners) rounds.get(one.name)!.push(await one.run(effort.seconds));
  }
  return [...rounds].map(([contestant, all]) => ({
    case: readCase.name,
    contestant,
    perSecond: median(all.map((one) => one.perSecond)),
    p50Ms: median(all.map((one) => one.p50Ms)),
    p99Ms: median(all.map((one) => one.p99Ms)),
    cpuMicros: median(all.map((one) => one.cpuMicros)),
    failures: all.reduce((sum, one) => sum + one.failures, 0),
    rounds: all.map((one) => one.perSecond),
  }));
}
