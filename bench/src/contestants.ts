import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { ReadCase, Sample, Variables } from './cases.ts';
import type { Call } from './load/types.ts';
import type { BenchStack } from './stack.ts';

/** A server that answers the read cases. */
export interface Contestant {
  readonly name: string;
  readonly pid: number;
  calls(readCase: ReadCase, sample: BenchSample): readonly Call[];
  stop(): void;
}

/** The sample with who may ask. */
export type BenchSample = Sample & { readonly users: ReadonlyMap<string, string>; readonly admin: string };

const json = { 'Content-Type': 'application/json' };

/** The product's engine with permissions and tokens checked, as clients meet it. */
export async function engineContestant(stack: BenchStack): Promise<Contestant> {
  const url = `${stack.engineUrl}/v1/graphql`;
  return {
    name: 'engine',
    pid: await stack.pidOf(stack.engineUrl),
    calls: (readCase, sample) =>
      readCase.variables(sample).map((variables) => {
        const vendor = variables.vendor ?? '';
        const token =
          readCase.role === 'vendor'
            ? stack.token('vendor', sample.users.get(vendor) ?? '', vendor)
            : stack.token('app_admin', sample.admin);
        const { vendor: _, ...rest } = variables;
        return {
          url,
          headers: { ...json, Authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: readCase.graphql, variables: rest }),
        };
      }),
    stop: () => undefined,
  };
}

/** A server of this folder in a process of its own. */
export async function startContestant(
  name: 'http-pg' | 'express-pg' | 'postgraphile',
  databaseUrl: string,
  pool: number,
): Promise<Contestant> {
  const child = fork(new URL(`./contestants/${name}.ts`, import.meta.url), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      BENCH_DATABASE_URL: databaseUrl,
      BENCH_POOL: String(pool),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const port = await readyPort(child, name);
  const origin = `http://127.0.0.1:${port}`;
  const call = (readCase: ReadCase, variables: Variables): Call =>
    name === 'postgraphile'
      ? {
          url: `${origin}/graphql`,
          headers: json,
          body: JSON.stringify({ query: readCase.postgraphile, variables }),
        }
      : { url: `${origin}/${readCase.name}`, headers: json, body: JSON.stringify(variables) };
  return {
    name,
    pid: child.pid ?? 0,
    calls: (readCase, sample) => readCase.variables(sample).map((variables) => call(readCase, variables)),
    stop: () => void child.kill(),
  };
}

function readyPort(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

/** Processor time of a process so far, in milliseconds; NaN where the system does not tell. */
export async function cpuMs(pid: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticksPerSecond = 100;
    return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
  } catch {
    return Number.NaN;
  }
}
