import { fork } from 'node:child_process';
import { once } from 'node:events';
import { findFreePorts } from '../../postgres/src/port.ts';
import { type BenchStack, projectRoot, startStack } from './stack.ts';
import { median } from './statistics.ts';

/** Milliseconds, medians of the rounds. */
export interface BootResult {
  /** From the engine's process being started to its first answered query, Postgres being up. */
  readonly engineMs: number;
  /** `npm start -- --no-ui` with the data in place. */
  readonly stackWarmMs: number;
  /** The same on an empty folder: a cluster, the migrations and the demo data too. */
  readonly stackColdMs: number;
}

/** Starts the engine beside the running one, again and again. */
export async function measureEngineBoot(stack: BenchStack, rounds: number): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [port] = await findFreePorts(1);
    const started = performance.now();
    const child = fork(
      'engine/bin/hasura-engine.js',
      ['serve', '--project', 'hasura', '--port', String(port)],
      {
        cwd: projectRoot,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: {
          ...process.env,
          HASURA_GRAPHQL_DATABASE_URL: stack.databaseUrl,
          HASURA_GRAPHQL_ADMIN_SECRET: stack.adminSecret,
          ACTIONS_BASE_URL: stack.actionsUrl,
          ACTION_SECRET: 'not-asked-in-this-measurement',
          LOG_LEVEL: 'warn',
        },
      },
    );
    await once(child, 'message');
    const response = await fetch(`http://127.0.0.1:${port}/v1/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Hasura-Admin-Secret': stack.adminSecret },
      body: JSON.stringify({ query: '{ tiers { level name } }' }),
    });
    await response.text();
    figures.push(performance.now() - started);
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return median(figures);
}

/** Starts and stops the whole stack on a folder. */
export async function measureStackBoot(dataDir: string): Promise<number> {
  const stack = await startStack(dataDir);
  await stack.stop();
  return stack.startMs;
}
