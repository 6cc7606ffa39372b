import { execFile, fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadPlan, LoadResult } from './types.ts';

const run = promisify(execFile);

/** `wrk` where the machine has it (it takes least of the processor), autocannon otherwise. */
export async function findLoadTool(): Promise<'wrk' | 'autocannon'> {
  return run('wrk', ['-v']).then(
    () => 'wrk',
    (error: { code?: unknown }) => (error.code === 'ENOENT' ? 'autocannon' : 'wrk'),
  );
}

/** Calls a server for a while, from a process of its own. */
export function load(tool: 'wrk' | 'autocannon', plan: LoadPlan): Promise<LoadResult> {
  return tool === 'wrk' ? loadWithWrk(plan) : loadWithAutocannon(plan);
}

async function loadWithWrk({ calls, connections, seconds }: LoadPlan): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const script = join(folder, 'calls.lua');
    await writeFile(script, wrkScript(calls));
    const origin = new URL(calls[0]!.url).origin;
    const { stdout } = await run('wrk', [
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '--timeout',
      '10s',
      '-s',
      script,
      origin,
    ]);
    return JSON.parse(stdout.slice(stdout.indexOf('{"perSecond"')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function wrkScript(calls: LoadPlan['calls']): string {
  const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  const requests = calls.map(({ url, headers, body }) => {
    const fields = Object.entries(headers).map(([name, value]) => `[${quote(name)}]=${quote(value)}`);
    return `wrk.format("POST", ${quote(new URL(url).pathname)}, {${fields.join(',')}}, ${quote(body)})`;
  });
  return `
    local calls, turn = {}, 0
    init = function() calls = {${requests.join(',\n')}} end
    request = function() turn = turn % #calls + 1; return calls[turn] end
    done = function(summary, latency)
      local e = summary.errors
      io.write(string.format('{"perSecond":%.2f,"p50Ms":%.3f,"p99Ms":%.3f,"failures":%d}\\n',
        summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        e.connect + e.read + e.write + e.status + e.timeout))
    end`;
}

function loadWithAutocannon(plan: LoadPlan): Promise<LoadResult> {
  const child = fork(new URL('./autocannon.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as LoadResult));
    child.once('exit', (code) => reject(new Error(`autocannon ended with ${code}`)));
    child.send(plan);
  });
}
