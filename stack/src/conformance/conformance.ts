import { type ChildProcess, fork, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startThrowAwayPostgres } from '@tierline/postgres';
import pg from 'pg';
import { PROJECT_ROOT } from '../project.ts';

/** One way to start the engine, on an empty database of its own. */
interface Mode {
  /** As the runner names it after `--endpoint-for`; the first one is its main endpoint. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The modes that the engine has; cases of others are skipped by the runner, which says so. */
const modes: readonly Mode[] = [
  { name: 'default', environment: {} },
  { name: 'allowlist', environment: { HASURA_GRAPHQL_ENABLE_ALLOWLIST: 'true' } },
  { name: 'function-permissions', environment: { HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS: 'false' } },
  { name: 'unauthorized-role', environment: { HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'anonymous' } },
];

const adminSecret = 'the secret of a conformance run';

const environment = {
  HASURA_GRAPHQL_ADMIN_SECRET: adminSecret,
  HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES: 'true',
  EVENT_WEBHOOK_HEADER: 'MyEnvValue',
  WEBHOOK_FROM_ENV: 'http://127.0.0.1:5592',
};

/**
 * Runs a folder of conformance cases against engines on empty databases: copies the folder, so that it may
 * be read-only, installs what its runner needs, and passes the options on. Answers the runner's exit code.
 */
export async function runConformance(folder: string, options: readonly string[]): Promise<number> {
  const copy = await mkdtemp(join(tmpdir(), 'tierline-conformance-'));
  const postgres = await startThrowAwayPostgres();
  const engines: ChildProcess[] = [];
  try {
    await cp(resolve(folder), copy, { recursive: true });
    await exitOf(spawn('npm', ['ci', '--silent'], { cwd: copy, stdio: 'inherit' }));
    const endpoints: string[] = [];
    for (const [index, mode] of modes.entries()) {
      const database = `conformance_${index}`;
      const url = await makeDatabase(postgres.url, database);
      const engine = await startEngine(url, mode);
      engines.push(engine.process);
      endpoints.push(
        ...(index === 0 ? ['--endpoint', engine.url] : ['--endpoint-for', `${mode.name}=${engine.url}`]),
      );
    }
    const args = ['run.mjs', ...endpoints, '--admin-secret', adminSecret, ...options];
    return await exitOf(spawn(process.execPath, args, { cwd: copy, stdio: 'inherit' }));
  } finally {
    await Promise.all(engines.map(stopEngine));
    await postgres.stop();
    await rm(copy, { recursive: true, force: true });
  }
}

async function makeDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)} template template0`);
    await client.query(`alter database ${pg.escapeIdentifier(name)} set timezone to 'UTC'`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function startEngine(databaseUrl: string, mode: Mode): Promise<{ process: ChildProcess; url: string }> {
  const args = ['serve', '--database-url', databaseUrl, '--port', '0', '--host', '127.0.0.1'];
  const child = fork(join(PROJECT_ROOT, 'engine/bin/hasura-engine.js'), args, {
    env: { ...process.env, ...environment, ...mode.environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((done, fail) => {
    child.once('exit', (code) => fail(new Error(`The engine of mode ${mode.name} ended with ${code}.`)));
    child.once('message', (message: { type?: string; port?: number }) => {
      if (message.type === 'ready') done({ process: child, url: `http://127.0.0.1:${message.port}` });
    });
  });
}

async function stopEngine(engine: ChildProcess): Promise<void> {
  if (engine.exitCode !== null) return;
  const ended = new Promise((done) => engine.once('exit', done));
  engine.kill('SIGTERM');
  await ended;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
