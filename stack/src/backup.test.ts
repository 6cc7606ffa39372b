import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  clusterFolder,
  findFreePorts,
  startThrowAwayPostgres,
  withClient,
  withDatabase,
} from '@tierline/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from './project.ts';
import { SECRET_FILES } from './secrets.ts';
import { readSettings } from './settings/read-settings.ts';
import { type Stack, startStack } from './start-stack.ts';

const folders: string[] = [];
const running: Stack[] = [];
let original: Stack;
let originalDir: string;
const lines: string[] = [];

async function start(more: Record<string, string>): Promise<Stack> {
  const ports = await findFreePorts(5);
  const names = ['ACTIONS_PORT', 'HASURA_PORT', 'PG_PORT', 'MAIL_PORT', 'MAIL_UI_PORT'];
  const env = Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
  const stack = await startStack({
    settings: readSettings({ ...env, LOG_LEVEL: 'warn', ...more }),
    withUi: false,
    log: (line) => lines.push(line),
  });
  running.push(stack);
  return stack;
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tierline-backup-'));
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  originalDir = await makeFolder();
  original = await start({ DATA_DIR: originalDir });
});

afterAll(async () => {
  await Promise.all(running.map((stack) => stack.stop()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Copies a folder of a running server as it is: a file that goes away meanwhile is one that it needs no more. */
async function copyFolder(from: string, to: string, isLeftOut: (name: string) => boolean): Promise<void> {
  const { uid, gid, mode } = await stat(from);
  await mkdir(to, { recursive: true });
  await chmod(to, mode);
  await chown(to, uid, gid);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target, () => false);
    else if (entry.isFile()) await copyOne(source, target, uid, gid);
  }
}

async function copyOne(source: string, target: string, uid: number, gid: number): Promise<void> {
  try {
    await copyFile(source, target);
    await chown(target, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Renames a vendor again and again; answers the last name that was acknowledged. */
function writeSteadily(url: string): { count(): number; stop(): Promise<void> } {
  let isStopping = false;
  let acknowledged = 0;
  const writing = withClient(url, async (client) => {
    while (!isStopping) {
      await client.query(`update vendors set name = $1 where slug = (select min(slug) from vendors)`, [
        `Copied ${acknowledged + 1}`,
      ]);
      acknowledged++;
    }
  });
  return {
    count: () => acknowledged,
    stop: () => {
      isStopping = true;
      return writing;
    },
  };
}

const countRows = async (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<Record<string, number>>(
      `select (select count(*)::int from users) as users, (select count(*)::int from vendors) as vendors,
         (select count(*)::int from tier_upgrade_requests where status = 'pending') as pending,
         (select count(*)::int from tier_upgrade_request_events) as events`,
    );
    return rows[0];
  });

/** What people do with a stack: it signs them in, answers their queries, and its database tells one story. */
async function use(stack: Stack): Promise<void> {
  const login = await fetch(`${stack.urls.actions}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'http://localhost:3000' },
    body: JSON.stringify({ email: 'vendor1@example.com', password: 'tierline-demo' }),
  });
  const session = (await login.json()) as { accessToken?: string; data?: { accessToken?: string } };
  expect(login.status, JSON.stringify(session)).toBe(200);
  const answer = await fetch(`${stack.urls.hasura}/v1/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${session.accessToken ?? session.data?.accessToken}` },
    body: JSON.stringify({ query: '{ vendors { tier } tiers { level } }' }),
  });
  expect(await answer.json()).toMatchObject({ data: { vendors: [{ tier: 1 }], tiers: { length: 4 } } });
  const consistency = await readFile(join(PROJECT_ROOT, 'hasura/tests/consistency.sql'), 'utf8');
  await withClient(stack.databaseUrl, async (client) => {
    expect((await client.query(consistency)).rows).toEqual([]);
  });
}

describe.runIf(process.platform !== 'win32')('a copy of the data directory of a running stack', () => {
  it('is a stack with everything that was acknowledged before the copy was closed', async () => {
    const copyDir = await makeFolder();
    const [from, to] = [await clusterFolder(originalDir), join(copyDir, 'postgres')];
    const before = await countRows(original.databaseUrl);
    const writer = writeSteadily(original.databaseUrl);
    const acknowledged = await withClient(original.databaseUrl, async (client) => {
      await client.query(`select pg_backup_start('copy', true)`);
      await expect.poll(writer.count).toBeGreaterThan(5);
      await copyFolder(from, to, (name) => ['postmaster.pid', 'postmaster.opts', 'pg_wal'].includes(name));
      const soFar = writer.count();
      const { rows } = await client.query<{ labelfile: string }>(
        'select labelfile from pg_backup_stop(false)',
      );
      await writeFile(join(to, 'backup_label'), rows[0]?.labelfile as string, { mode: 0o600 });
      const { uid, gid } = await stat(from);
      await chown(join(to, 'backup_label'), uid, gid);
      await copyFolder(join(from, 'pg_wal'), join(to, 'pg_wal'), () => false);
      return soFar;
    });
    await writer.stop();
    for (const name of Object.values(SECRET_FILES)) {
      await copyFile(join(originalDir, name), join(copyDir, name));
    }
    const copy = await start({ DATA_DIR: copyDir });
    expect(await countRows(copy.databaseUrl)).toEqual(before);
    const { rows } = await withClient(copy.databaseUrl, (client) =>
      client.query<{ name: string }>('select name from vendors where slug = (select min(slug) from vendors)'),
    );
    expect(Number(rows[0]?.name.replace('Copied ', ''))).toBeGreaterThanOrEqual(acknowledged);
    await use(copy);
    await copy.stop();
  });
});

const tools = findTools();
if (tools !== undefined) console.log(`not run: ${tools}`);

/** Why dump and restore cannot be run here, or undefined. */
function findTools(): string | undefined {
  for (const tool of ['pg_dump', 'pg_restore']) {
    const { error, stdout } = spawnSync(tool, ['--version'], { encoding: 'utf8' });
    if (error) return `${tool} missing`;
    const major = Number(/(\d+)(\.\d+)?/.exec(stdout)?.[1]);
    if (major < 18) return `${tool} ${major} is older than the server, which it refuses to read`;
  }
  return undefined;
}

/** The password goes by environment: a command line is for everybody on the machine to read. */
async function runTool(tool: string, url: string, ...args: string[]): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const child = spawn(
    tool,
    [...args, '--host', hostname, '--port', port, '--username', username, '--dbname', pathname.slice(1)],
    {
      env: { PATH: process.env.PATH, PGPASSWORD: decodeURIComponent(password) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect(code, complaint).toBe(0);
}

describe.runIf(tools === undefined)('a dump', () => {
  it('restored into an empty server is a stack with the same data', async () => {
    const file = join(await makeFolder(), 'tierline.dump');
    const before = await countRows(original.databaseUrl);
    await runTool('pg_dump', original.databaseUrl, '--format=custom', '--file', file);
    const server = await startThrowAwayPostgres();
    try {
      await withClient(server.url, async (client) => {
        await client.query(`create role tierline_actions login password 'a-password-of-tests'`);
        await client.query('create database tierline');
      });
      const url = withDatabase(server.url, 'tierline');
      await runTool('pg_restore', url, '--clean', '--if-exists', '--exit-on-error', file);
      const actionsUrl = new URL(url);
      actionsUrl.username = 'tierline_actions';
      actionsUrl.password = 'a-password-of-tests';
      const restored = await start({
        DATA_DIR: await makeFolder(),
        DATABASE_URL: url,
        ACTIONS_DATABASE_URL: actionsUrl.href,
      });
      expect(await countRows(url)).toEqual(before);
      await use(restored);
      await restored.stop();
    } finally {
      await server.stop();
    }
  });
});
