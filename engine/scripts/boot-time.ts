import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startThrowAwayPostgres } from '@tierline/postgres';
import pg from 'pg';
import { adminSession, createEngine } from '../src/index.ts';

/**
 * `npm run boot-time -w @tierline/engine`: from nothing to the first answer, with Postgres up and 20 tables tracked,
 * as a process of its own and inside one that runs already. Medians of 9 starts, in milliseconds.
 */
const TABLES = 20;
const ROUNDS = 9;
const BIN = fileURLToPath(new URL('../bin/hasura-engine.js', import.meta.url));
const query = '{ table_1 { id name } }';

const postgres = await startThrowAwayPostgres();
try {
  const databaseUrl = postgres.url;
  await prepare(databaseUrl);
  const asProcess = await medianOf(() => startProcess(databaseUrl));
  const inside = await medianOf(() => startInside(databaseUrl));
  console.log(`${TABLES} tables, median of ${ROUNDS}: process ${asProcess} ms, library ${inside} ms`);
} finally {
  await postgres.stop();
}

async function prepare(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const names = Array.from({ length: TABLES }, (_, index) => `table_${index + 1}`);
  for (const [index, name] of names.entries()) {
    const parent = index === 0 ? '' : `, parent_id int references ${names[index - 1]} (id)`;
    await client.query(`create table ${name} (id int primary key, name text not null${parent})`);
  }
  await client.end();
  const engine = await createEngine({ databaseUrl });
  const tables = names.map((name) => ({ table: { schema: 'public', name } }));
  await engine.runMetadataRequest({ type: 'pg_track_tables', args: { tables } }, adminSession);
  await engine.close();
}

async function startProcess(databaseUrl: string): Promise<number> {
  const started = performance.now();
  const child: ChildProcess = fork(BIN, ['serve', '--database-url', databaseUrl, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const answer = await fetch(`http://127.0.0.1:${port}/v1/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query }),
  });
  if (!(await answer.text()).startsWith('{"data"')) throw new Error('the first answer is an error');
  const milliseconds = performance.now() - started;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
  return milliseconds;
}

async function startInside(databaseUrl: string): Promise<number> {
  const started = performance.now();
  const engine = await createEngine({ databaseUrl });
  await engine.execute({ query }, adminSession, { headers: {}, requestId: 'boot' });
  const milliseconds = performance.now() - started;
  await engine.close();
  return milliseconds;
}

async function medianOf(run: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await run());
  return Math.round(times.sort((left, right) => left - right)[(ROUNDS - 1) / 2] ?? 0);
}
