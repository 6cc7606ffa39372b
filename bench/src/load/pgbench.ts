import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReadCase, Variables } from '../cases.ts';
import type { LoadResult } from './types.ts';

const run = promisify(execFile);

/** Where the machine's PostgreSQL brings `pgbench`; undefined where there is none. */
export async function findPgbench(): Promise<string | undefined> {
  return run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** The case's SQL as a prepared statement with nothing in between: what Postgres itself has to give. */
export async function runPgbench(
  databaseUrl: string,
  readCase: ReadCase,
  variables: Variables,
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'case.sql');
    const sql = readCase.sql.replace(/\$(\d+)/g, (_, n) => `:${readCase.parameters[Number(n) - 1]}`);
    await writeFile(file, `${sql.replace(/\s+/g, ' ')};\n`);
    const url = new URL(databaseUrl);
    const defines = readCase.parameters.flatMap((name) => ['-D', `${name}=${variables[name]}`]);
    const { stdout } = await run(
      'pgbench',
      [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(connections),
        '-j',
        '1',
        '-T',
        String(seconds),
        '-f',
        file,
        ...defines,
        '-h',
        url.hostname,
        '-p',
        url.port,
        '-U',
        url.username,
        url.pathname.slice(1),
      ],
      { env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) } },
    );
    const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    if (Number.isNaN(perSecond)) throw new Error(`pgbench made no transaction:\n${stdout}`);
    const meanMs = Number(/latency average = ([\d.]+)/.exec(stdout)?.[1]);
    const failures = Number(/number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
    return { perSecond, p50Ms: meanMs, p99Ms: Number.NaN, failures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
