import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/hasura-engine.js', import.meta.url));
const PROJECT = fileURLToPath(new URL('../../../hasura', import.meta.url));
const SECRET = 'the admin secret of the tests';

let database: TestDatabase;
const children: ChildProcess[] = [];
const folders: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function copyProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-cli-'));
  folders.push(folder);
  for (const name of ['config.yaml', 'metadata', 'migrations']) {
    await cp(join(PROJECT, name), join(folder, name), { recursive: true });
  }
  return folder;
}

interface Run {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<number | null>;
}

function run(
  args: string[],
  environment: Record<string, string> = {},
  stdout: 'pipe' | number = 'pipe',
): Run {
  const child = fork(BIN, args, {
    execArgv: [],
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HASURA_GRAPHQL_DATABASE_URL: database.url,
      HASURA_GRAPHQL_ADMIN_SECRET: SECRET,
      HASURA_GRAPHQL_SERVER_PORT: '0',
      ACTIONS_BASE_URL: 'http://127.0.0.1:9',
      ACTION_SECRET: 'not used in these tests',
      ...environment,
    },
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (text) => {
    output += text;
  });
  child.stderr?.on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => output, ended };
}

async function ready({ child, ended, output }: Run): Promise<string> {
  const message = once(child, 'message').then(([value]) => value as { type: string; port: number });
  const outcome = await Promise.race([message, ended]);
  if (outcome === null || typeof outcome === 'number') throw new Error(`it ended: ${output()}`);
  expect(outcome.type).toBe('ready');
  return `http://127.0.0.1:${outcome.port}`;
}

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/v1/graphql`, {
    method: 'POST',
    headers: { 'x-hasura-admin-secret': SECRET },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('hasura-engine serve', () => {
  it('migrates, serves the project, and ends cleanly on SIGTERM', async () => {
    const serve = run(['serve', '--project', PROJECT]);
    const url = await ready(serve);
    expect(await ask(url, '{ vendors { id } __typename }')).toEqual({
      data: { vendors: [], __typename: 'query_root' },
    });
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('OK');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/hasura_postgres_connections\{state="idle"\} [1-9]/);
    expect(metrics).toContain('hasura_live_queries{part=');
    serve.child.kill('SIGTERM');
    expect(await serve.ended).toBe(0);
    expect(serve.output()).toContain('listening on');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('ends when whoever forked it goes away', async () => {
    const serve = run(['serve', '--project', PROJECT]);
    await ready(serve);
    const exit = once(serve.child, 'exit');
    serve.child.disconnect();
    expect(await exit).toEqual([0, null]);
  });

  it('runs several workers on one port', async () => {
    const serve = run(['serve', '--project', PROJECT, '--workers', '2']);
    const url = await ready(serve);
    for (let round = 0; round < 4; round += 1) {
      expect(await ask(url, '{ __typename }')).toEqual({ data: { __typename: 'query_root' } });
    }
    serve.child.kill('SIGINT');
    expect(await serve.ended).toBe(0);
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    [
      'a wrong setting',
      ['--project', PROJECT],
      { HASURA_GRAPHQL_SERVER_PORT: 'eighty' },
      /HASURA_GRAPHQL_SERVER_PORT must be a whole number/,
    ],
    [
      'an empty secret',
      ['--project', PROJECT],
      { HASURA_GRAPHQL_ADMIN_SECRET: '' },
      /HASURA_GRAPHQL_ADMIN_SECRET is set but empty/,
    ],
    [
      'a key that is no key',
      ['--project', PROJECT],
      { HASURA_GRAPHQL_JWT_SECRET: '{"type":"RS256","key":"s3cr3t"}' },
      /HASURA_GRAPHQL_JWT_SECRET: a key of type RS256 must be a PEM/,
    ],
    ['a project that is none', ['--project', tmpdir()], {}, /config\.yaml: is missing/],
    [
      'a database that is away',
      ['--project', PROJECT, '--database-url', 'postgres://127.0.0.1:1/none'],
      {},
      /The database cannot be reached .* check --database-url/,
    ],
  ])('says what is wrong with %s and exits with 1', async (_, args, environment, message) => {
    const serve = run(['serve', ...args], environment);
    expect(await serve.ended).toBe(1);
    expect(serve.output()).toMatch(message);
    expect(serve.output()).not.toMatch(/s3cr3t|\n\s+at /);
  });

  it('outlives its connections to the database', async () => {
    const serve = run(['serve', '--project', PROJECT]);
    const url = await ready(serve);
    expect(await ask(url, '{ vendors { id } }')).toEqual({ data: { vendors: [] } });
    await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await expect.poll(() => ask(url, '{ vendors { id } }')).toEqual({ data: { vendors: [] } });
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('OK');
  });

  it.skipIf(process.platform !== 'linux')('serves although its log cannot be written', async () => {
    const full = await open('/dev/full', 'w');
    const serve = run(
      ['serve', '--project', PROJECT],
      { HASURA_GRAPHQL_ENABLED_LOG_TYPES: 'http-log' },
      full.fd,
    );
    const url = await ready(serve);
    for (let round = 0; round < 3; round += 1) expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect(serve.child.exitCode).toBeNull();
    await full.close();
  });

  it('says which port is taken', async () => {
    const first = run(['serve', '--project', PROJECT]);
    const { port } = new URL(await ready(first));
    const second = run(['serve', '--project', PROJECT, '--port', port]);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Port ${port} is taken`);
  });
});

// Each starts several processes, one after another.
describe('the other commands', { timeout: 120_000 }, () => {
  it('print a role’s schema', async () => {
    const schema = run(['schema', '--project', PROJECT, '--role', 'vendor']);
    expect(await schema.ended).toBe(0);
    expect(schema.output()).toContain('type query_root');
    expect(schema.output()).toContain('type vendors');
  });

  it('show and apply migrations and seeds', async () => {
    const own = await createTestDatabase({ migrated: false });
    const folder = await mkdtemp(join(tmpdir(), 'engine-cli-'));
    folders.push(folder);
    await writeFile(join(folder, 'config.yaml'), 'version: 3\n');
    await mkdir(join(folder, 'migrations/default/1_things'), { recursive: true });
    await mkdir(join(folder, 'seeds/default'), { recursive: true });
    await writeFile(join(folder, 'migrations/default/1_things/up.sql'), 'create table things (id int);');
    await writeFile(join(folder, 'seeds/default/1.sql'), 'insert into things values (1);');
    const outputs: string[] = [];
    for (const command of ['migrate status', 'migrate apply', 'migrate status', 'seed apply']) {
      const child = run([...command.split(' '), '--project', folder, '--database-url', own.url]);
      expect(await child.ended).toBe(0);
      outputs.push(child.output());
    }
    expect(outputs[0]).toContain('1\tthings\tPresent\tNot Present');
    expect(outputs[1]).toBe('applied 1_things\n');
    expect(outputs[2]).toContain('1\tthings\tPresent\tPresent');
    expect(outputs[3]).toBe('applied seeds/default/1.sql\n');
    await own.drop();
  });

  it('print every mistake of a folder with its file and path, and end with 1', async () => {
    const folder = await copyProject();
    const table = join(folder, 'metadata/databases/default/tables/public_vendors.yaml');
    await writeFile(table, (await readFile(table, 'utf8')).replace('filter: {}', 'fliter: {}'));
    await writeFile(join(folder, 'metadata/inherited_roles.yaml'), 'role_name: 1\n');
    for (const command of [['schema', '--role', 'vendor'], ['metadata', 'apply'], ['serve']]) {
      const child = run([...command, '--project', folder]);
      expect(await child.ended).toBe(1);
      expect(child.output()).toMatch(
        /public_vendors\.yaml:\d+: select_permissions\[0\]\.permission\.fliter: /,
      );
      expect(child.output()).toMatch(/inherited_roles\.yaml:1: /);
    }
  });

  it('carry metadata from a folder into the database and back, and tell the difference', async () => {
    const own = await createTestDatabase({ migrated: true });
    const folder = await copyProject();
    const metadata = async (command: string, ...more: string[]): Promise<[number | null, string]> => {
      const child = run(['metadata', command, '--project', folder, '--database-url', own.url, ...more]);
      return [await child.ended, child.output()];
    };
    expect(await metadata('diff')).toMatchObject([1, expect.stringContaining('+  - role: vendor')]);
    expect(await metadata('apply')).toEqual([0, 'applied as resource version 2\n']);
    expect(await metadata('apply')).toEqual([0, 'nothing to apply\n']);
    expect(await metadata('diff')).toEqual([0, 'no difference\n']);
    // What the project's folder holds is what an export writes: no commit tells of nothing but order.
    expect(await metadata('export')).toEqual([0, 'nothing has changed\n']);

    await own.query(`update hdb_catalog.hdb_metadata set metadata =
      replace(metadata::text, '"limit":1000', '"limit":999')::json`);
    const [code, output] = await metadata('diff');
    expect(code).toBe(1);
    expect(output).toMatch(
      /--- database\/.*public_vendors\.yaml\n\+\+\+ folder\/[\s\S]*- {6}limit: 999\n\+ {6}limit: 1000\n/,
    );
    expect(await metadata('export')).toMatchObject([0, expect.stringContaining('public_vendors.yaml\n')]);
    expect(await metadata('diff')).toEqual([0, 'no difference\n']);

    const table = join(folder, 'metadata/databases/default/tables/public_tiers.yaml');
    await writeFile(table, (await readFile(table, 'utf8')).replace('name: tiers', 'name: teirs'));
    const strict = await metadata('apply', '--disallow-inconsistent-metadata');
    expect(strict).toMatchObject([
      1,
      expect.stringMatching(/inconsistent table .*teirs[\s\S]*nothing was applied/),
    ]);
    expect(await metadata('diff')).toMatchObject([1, expect.stringContaining('+  name: teirs')]);
    await own.drop();
  });

  it.each([[['metadata', 'brew']], [['serve', '--role', 'x']], [['schema', '--project', 'x', '--nope']]])(
    'refuse %j with the help',
    async (args) => {
      const child = run(args);
      expect(await child.ended).toBe(1);
      expect(child.output()).toContain('hasura-engine serve [--project DIR]');
    },
  );
});
