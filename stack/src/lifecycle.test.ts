import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePorts, withClient } from '@tierline/postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from './project.ts';

let env: Record<string, string>;
let started: ChildProcess[];

beforeEach(async () => {
  const [actions, hasura, postgres, mail, mailUi, portal, admin] = await findFreePorts(7);
  env = {
    PORTAL_PORT: String(portal),
    ADMIN_PORT: String(admin),
    ACTIONS_PORT: String(actions),
    HASURA_PORT: String(hasura),
    PG_PORT: String(postgres),
    MAIL_PORT: String(mail),
    MAIL_UI_PORT: String(mailUi),
    DATA_DIR: await mkdtemp(join(tmpdir(), 'tierline-lifecycle-')),
    LOG_FORMAT: 'json',
  };
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map((child) => end(child, 'SIGKILL')));
  await waitFor(async () => (await processesOf(env.DATA_DIR as string)).length === 0);
  await rm(env.DATA_DIR as string, { recursive: true, force: true });
});

/** `npm start -- --no-ui` without npm; the environment is ours alone, whatever the shell or a .env file says. */
function launch(
  overrides: Record<string, string> = {},
  [program = '', ...args]: readonly string[] = [
    process.execPath,
    join(PROJECT_ROOT, 'stack/bin/start.js'),
    '--no-ui',
  ],
): { child: ChildProcess; output: () => string } {
  const child = spawn(program, args, {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, ...overrides },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, output: () => text };
}

async function launchReady(
  command?: readonly string[],
  overrides: Record<string, string> = {},
): Promise<{ child: ChildProcess; output: () => string }> {
  const launched = launch(overrides, command);
  await waitFor(() => /^ready /m.test(launched.output()) || launched.child.exitCode !== null);
  expect(launched.output()).toMatch(/^ready /m);
  return launched;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'close');
    child.kill(signal);
    await gone;
  }
  return child.exitCode;
}

async function failingStart(
  overrides: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const { child, output } = launch(overrides);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

async function waitFor(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('Waited for two minutes in vain');
    await sleep(50);
  }
}

/** Everything that a stack with this data directory runs: found by its environment or its command line. */
async function processesOf(dataDir: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const belongs = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return false;
      const texts = await Promise.all(
        ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      );
      const marks = [
        dataDir,
        `:${env.PG_PORT}/tierline`,
        `MAIL_PORT=${env.MAIL_PORT}\0`,
        `"port":${env.PORTAL_PORT},`,
      ];
      return texts.some((text) => marks.some((mark) => text.includes(mark)));
    }),
  );
  return pids.filter((_, index) => belongs[index]);
}

/** A process that was told to end is listed until the system has done so, a moment after its parent is gone. */
async function expectNothingLeft(): Promise<void> {
  await expect.poll(() => processesOf(env.DATA_DIR as string)).toEqual([]);
}

const actionsHealth = () => fetch(`http://127.0.0.1:${env.ACTIONS_PORT}/healthz`);
const engineHealth = () => fetch(`http://127.0.0.1:${env.HASURA_PORT}/healthz`);

describe.runIf(process.platform === 'linux')('npm start -- --no-ui', () => {
  it('starts all servers, tells where they are, keeps secrets out of logs, and leaves nothing after SIGINT', async () => {
    // What a shell sets for a database of its own concerns none of ours.
    const { child, output } = await launchReady(undefined, {
      PGSSLMODE: 'require',
      PGOPTIONS: '-c default_transaction_read_only=on',
      PGHOST: 'db.example.com',
    });
    expect([(await actionsHealth()).status, (await engineHealth()).status]).toEqual([200, 200]);
    expect((await processesOf(env.DATA_DIR as string)).length).toBeGreaterThan(2);

    const secretFile = join(env.DATA_DIR as string, 'admin-secret');
    const secret = (await readFile(secretFile, 'utf8')).trim();
    expect(output()).toContain(`http://localhost:${env.HASURA_PORT}/console`);
    expect(output()).toContain(`http://localhost:${env.MAIL_UI_PORT}`);
    expect(output()).toContain(secretFile);
    for (const name of [
      'admin-secret',
      'action-secret',
      'pg-password',
      'actions-database-password',
      'jwt-signing-keys.json',
    ]) {
      const path = join(env.DATA_DIR as string, name);
      expect((await stat(path)).mode & 0o777, name).toBe(0o600);
      expect(output()).not.toContain((await readFile(path, 'utf8')).trim());
    }
    expect(secret.length).toBeGreaterThanOrEqual(32);

    expect(await end(child, 'SIGINT')).toBe(0);
    await expectNothingLeft();
  });

  it('keeps data, keys and ports usable after kill -9, and seeds only once', async () => {
    const first = await launchReady();
    const password = (await readFile(join(env.DATA_DIR as string, 'pg-password'), 'utf8')).trim();
    const url = `postgres://postgres:${password}@127.0.0.1:${env.PG_PORT}/tierline`;
    await withClient(url, (client) =>
      client.query(`update vendors set name = 'Kept' where slug = (select min(slug) from vendors)`),
    );
    const keys = await (await fetch(`http://127.0.0.1:${env.ACTIONS_PORT}/.well-known/jwks.json`)).text();
    await end(first.child, 'SIGKILL');

    const second = await launchReady();
    const kept = await withClient(url, (client) =>
      client.query(`select count(*)::int as n from vendors where name = 'Kept'`),
    );
    expect(kept.rows).toEqual([{ n: 1 }]);
    expect(await (await fetch(`http://127.0.0.1:${env.ACTIONS_PORT}/.well-known/jwks.json`)).text()).toBe(
      keys,
    );
    expect(keys).not.toContain('"d"');
    expect(await end(second.child, 'SIGTERM')).toBe(0);
    await expectNothingLeft();
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends soon after npm in front of it got %s, so that the next start works',
    async (signal) => {
      const npm = launch({}, ['npm', 'start', '--', '--no-ui']);
      await waitFor(() => /^ready /m.test(npm.output()));
      npm.child.kill(signal);
      await once(npm.child, 'exit');
      const again = await launchReady();
      expect(await end(again.child, 'SIGTERM')).toBe(0);
      await waitFor(async () => (await processesOf(env.DATA_DIR as string)).length === 0);
    },
  );

  it('gives the action server a database login that owns nothing', async () => {
    await launchReady();
    const password = (
      await readFile(join(env.DATA_DIR as string, 'actions-database-password'), 'utf8')
    ).trim();
    const url = `postgres://tierline_actions:${password}@127.0.0.1:${env.PG_PORT}/tierline`;
    const { rows } = await withClient(url, (client) =>
      client.query(`select rolsuper, rolcreatedb, rolcreaterole, (select count(*)::int from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname = current_user`),
    );
    expect(rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, owned: 0 }]);
  });

  it('starts again what dies, keeps the rest, and has the pages in a process of their own', async () => {
    const { child, output } = await launchReady([process.execPath, join(PROJECT_ROOT, 'stack/bin/start.js')]);
    const servers = {
      'PostgreSQL server': 'bin/postgres -D',
      'action server': 'actions/src/main.ts',
      engine: 'hasura-engine.js serve',
      'mail catcher': 'mail-catcher/main.ts',
      'server of the pages': 'ui/main.ts',
    };
    const health = async () => {
      const ports = [env.ACTIONS_PORT, env.HASURA_PORT, env.MAIL_UI_PORT, env.PORTAL_PORT, env.ADMIN_PORT];
      return Promise.all(
        ports.map((port) =>
          fetch(`http://127.0.0.1:${port}/healthz`).then(
            (answer) => answer.status,
            () => 0,
          ),
        ),
      );
    };
    const pids = async () =>
      Promise.all(Object.values(servers).map(async (command) => (await pidsByCommand(command))[0]));
    const before = await pids();
    expect(new Set([...before, child.pid]).size).toBe(6);
    for (const [index, name] of Object.keys(servers).entries()) {
      process.kill(before[index] as number, 'SIGKILL');
      await waitFor(() => output().includes(`The ${name} runs again.`));
      expect(output()).toContain(
        `The ${name} stopped unexpectedly (ended by SIGKILL); it is started again in 0.2 s.`,
      );
    }
    await expect.poll(health).toEqual([200, 200, 200, 200, 200]);
    const after = await pids();
    // Each died once, of our hand, and none with another.
    expect(output().match(/stopped unexpectedly/g)).toHaveLength(5);
    expect(after.every((pid, index) => pid !== undefined && pid !== before[index])).toBe(true);
    expect(await end(child, 'SIGINT')).toBe(0);
    await expectNothingLeft();
  }, 240_000); // builds both apps where nobody has yet

  it('says what the action server says when it cannot reach its database, and ends', async () => {
    const { code, output } = await failingStart({
      ACTIONS_DATABASE_URL: `postgres://tierline_actions:not-the-password@127.0.0.1:${env.PG_PORT}/tierline`,
    });
    expect(output.trim().split('\n').at(-1)).toBe(
      'The action server cannot do its work: The database refuses the name or the password of ACTIONS_DATABASE_URL.',
    );
    expect(output).not.toMatch(/^ready /m);
    expect(code).toBe(1);
    await expectNothingLeft();
  });

  it('lets one of two starts at once have a new data directory, with the keys that stay in it', async () => {
    const ports = await findFreePorts(5);
    const names = ['ACTIONS_PORT', 'HASURA_PORT', 'PG_PORT', 'MAIL_PORT', 'MAIL_UI_PORT'];
    const others = Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
    const both = [launch(), launch(others)];
    await waitFor(
      () =>
        both.some(({ output }) => /^ready /m.test(output())) &&
        both.some(({ child }) => child.exitCode !== null),
    );
    const loser = both.find(({ child }) => child.exitCode !== null);
    expect(loser?.output().trim()).toMatch(/^The data directory \S+ is in use by process \d+; [^\n]*$/);
    const kept = JSON.parse(await readFile(join(env.DATA_DIR as string, 'jwt-signing-keys.json'), 'utf8'));
    const port = loser === both[0] ? others.ACTIONS_PORT : env.ACTIONS_PORT;
    const published = await (await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`)).json();
    expect(published).toMatchObject({ keys: [{ kid: kept[0].kid }] });
  });

  it('can be interrupted while it is starting', async () => {
    const { child } = launch();
    await waitFor(async () => (await pidsByCommand('postgres')).length > 0);
    await end(child, 'SIGINT');
    await expectNothingLeft();
  });

  it('says which port is taken, and which variable changes it', async () => {
    const other = createServer().listen(Number(env.ACTIONS_PORT), '127.0.0.1');
    await once(other, 'listening');
    const { code, output } = await failingStart({});
    other.close();
    expect(output.trim()).toBe(
      `Port ${env.ACTIONS_PORT} on 127.0.0.1 is taken by another program; free it or set ACTIONS_PORT to another port.`,
    );
    expect(code).toBe(1);
  });

  it('says so when the data directory cannot be one', async () => {
    const file = join(env.DATA_DIR as string, 'a-file');
    await writeFile(file, '');
    for (const folder of [file, '/proc/tierline']) {
      const { code, output } = await failingStart({ DATA_DIR: folder });
      expect(output.trim()).toMatch(
        /^The data directory \S+ cannot be used \(\w+\); set DATA_DIR to a folder that can be written\.$/,
      );
      expect(code).toBe(1);
    }
  });

  it('sends no mail of production into a catcher', async () => {
    const { code, output } = await failingStart({ NODE_ENV: 'production' });
    expect(output).toBe(
      'SMTP_URL must be set with NODE_ENV=production: the mail catcher is for development only.\n',
    );
    expect(code).toBe(1);
  });

  it('refuses wrong settings, all at once and by name', async () => {
    const { code, output } = await failingStart({
      ACTION_SECRET: 'short',
      HASURA_PORT: 'eighty',
      RATE_LIMIT_LOGIN: '-1',
    });
    expect(output.trim().split('\n')).toEqual([
      'HASURA_PORT must be a port, 1 to 65535.',
      'ACTION_SECRET must have at least 16 characters (leave it out to have one made).',
      'RATE_LIMIT_LOGIN must be a whole number, 0 for no limit.',
    ]);
    expect(code).toBe(1);
  });
});

async function pidsByCommand(part: string): Promise<number[]> {
  const ours = await processesOf(env.DATA_DIR as string);
  const commands = await Promise.all(
    ours.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return ours.filter((_, index) => commands[index]?.replaceAll('\0', ' ').includes(part));
}
