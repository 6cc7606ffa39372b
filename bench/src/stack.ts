/** The product under measurement: `npm start -- --no-ui` on a data directory of the benchmark's own, filled once. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePorts } from '../../postgres/src/port.ts';
import type { Sample } from './cases.ts';

/** The folder of the whole repository. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** How much data. */
export interface Volume {
  readonly vendors: number;
  readonly requests: number;
}

/** A running stack with its data in place. */
export interface BenchStack {
  readonly engineUrl: string;
  readonly actionsUrl: string;
  readonly databaseUrl: string;
  readonly adminSecret: string;
  /** From the command to its line `ready`, in milliseconds. */
  readonly startMs: number;
  /** A bearer token that is good for the whole run. */
  token(role: 'app_admin' | 'vendor', userId: string, vendorId?: string): string;
  /** Process id of the server that listens where `engineUrl` or `actionsUrl` says. */
  pidOf(url: string): Promise<number>;
  stop(): Promise<void>;
}

const startPatienceMs = 120_000;
const dayInSeconds = 86_400;

/** Rate limits off (they would measure themselves), logs down to warnings, as none of the others writes any. */
const settings = {
  RATE_LIMIT_SUBMIT: '0',
  RATE_LIMIT_VENDOR_LIST: '0',
  RATE_LIMIT_ADMIN: '0',
  RATE_LIMIT_LOGIN: '0',
  LOG_LEVEL: 'warn',
  LOG_FORMAT: 'json',
};

/** Starts the stack on a data directory; its first start makes the tables and the demo data. */
export async function startStack(dataDir: string): Promise<BenchStack> {
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o755);
  const [portal, admin, actions, hasura, postgres, mail, mailUi] = await findFreePorts(7);
  const environment = {
    ...process.env,
    ...settings,
    DATA_DIR: dataDir,
    PORTAL_PORT: String(portal),
    ADMIN_PORT: String(admin),
    ACTIONS_PORT: String(actions),
    HASURA_PORT: String(hasura),
    PG_PORT: String(postgres),
    MAIL_PORT: String(mail),
    MAIL_UI_PORT: String(mailUi),
  };
  const started = performance.now();
  const child = spawn(process.execPath, ['stack/bin/start.js', '--no-ui'], {
    cwd: projectRoot,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilReady(child);
  const startMs = performance.now() - started;
  const databaseUrl = async () =>
    `postgres://postgres:${await secret('pg-password')}@127.0.0.1:${postgres}/tierline`;
  const secret = async (name: string) => (await readFile(join(dataDir, name), 'utf8')).trim();
  const [key] = JSON.parse(await secret('jwt-signing-keys.json'));
  await openSessions(await databaseUrl());
  return {
    startMs,
    engineUrl: `http://127.0.0.1:${hasura}`,
    actionsUrl: `http://127.0.0.1:${actions}`,
    databaseUrl: await databaseUrl(),
    adminSecret: await secret('admin-secret'),
    token: (role, userId, vendorId) => mintToken(key, role, userId, vendorId),
    pidOf: (url) => listenerOf(Number(new URL(url).port)),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    const seen: string[] = [];
    createInterface({ input: child.stdout! }).on('line', (line) => {
      seen.push(line);
      if (line.startsWith('ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`the stack did not start:\n${seen.slice(-12).join('\n')}`)));
  });
  const late = sleep(startPatienceMs, undefined, { ref: false }).then(() => {
    throw new Error('the stack was not ready in time');
  });
  await Promise.race([ready, late]);
}

/** Bulk vendors have no password that anybody knows, so their tokens are signed with the stack's own key. */
function mintToken(
  key: { kid: string } & JsonWebKey,
  role: string,
  userId: string,
  vendorId: string | undefined,
): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    'x-hasura-allowed-roles': [role],
    'x-hasura-default-role': role,
    'x-hasura-user-id': userId,
    'x-hasura-session-id': userId,
    ...(vendorId ? { 'x-hasura-vendor-id': vendorId } : {}),
  };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'RS256', kid: key.kid, typ: 'JWT' });
  const body = encode({
    iss: 'tierline',
    aud: 'tierline',
    sub: userId,
    sid: userId,
    iat: now,
    exp: now + dayInSeconds,
    'https://hasura.io/jwt/claims': claims,
  });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), createPrivateKey({ key, format: 'jwk' }));
  return `${head}.${body}.${signature.toString('base64url')}`;
}

/** Linux alone says who listens where; elsewhere the processor time of the engine is left out. */
async function listenerOf(port: number): Promise<number> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    execFile('ss', ['-ltnpH', `sport = :${port}`], (_error, stdout) =>
      resolve(Number(/pid=(\d+)/.exec(stdout ?? '')?.[1] ?? 0)),
    );
  });
}

/** Minted tokens name a session that has the id of its user; handlers ask whether it has ended. */
async function openSessions(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      'insert into private.sessions (id, user_id) select id, id from users on conflict do nothing',
    );
  } finally {
    await client.end();
  }
}

/** Adds bulk data up to the wanted size, once per data directory. */
export async function fill(stack: BenchStack, volume: Volume, dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select count(*)::int as count from tier_upgrade_requests');
    if (rows[0].count >= volume.requests) return;
    const port = new URL(stack.databaseUrl).port;
    const seed = spawn(
      'npm',
      [
        'run',
        '--silent',
        'seed',
        '--',
        '--vendors',
        String(volume.vendors),
        '--requests',
        String(volume.requests),
        '--seed',
        '1',
      ],
      { cwd: projectRoot, env: { ...process.env, DATA_DIR: dataDir, PG_PORT: port }, stdio: 'inherit' },
    );
    const [code] = await once(seed, 'exit');
    if (code !== 0) throw new Error('npm run seed failed');
    await openSessions(stack.databaseUrl);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/**
 * A copy of a filled data directory, which is made first where there is none. What is measured changes the data, and
 * every run shall find the same: the newest requests still pending, the indexes as they were built.
 */
export async function copyOfData(
  original: string,
  volume: Volume,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const isFilled = join(original, 'filled');
  if (!existsSync(isFilled)) {
    const stack = await startStack(original);
    try {
      await fill(stack, volume, original);
    } finally {
      await stack.stop();
    }
    await writeFile(isFilled, '');
  }
  const folder = `${original}-run`;
  await rm(folder, { recursive: true, force: true });
  // The tool keeps the owner, which is not us where Postgres refuses to run as root.
  await promisify(execFile)('cp', ['-a', original, folder]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Ids spread over the whole table, the same on every run. */
export async function takeSample(
  databaseUrl: string,
): Promise<Sample & { users: ReadonlyMap<string, string>; admin: string }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const requests = await client.query(
      `select id from (select id, row_number() over (order by id) as n, count(*) over () as total from tier_upgrade_requests) r
       where n % greatest(total / 500, 1) = 0 limit 500`,
    );
    const vendors = await client.query(
      `select v.id, u.id as user_id from (
         select id, row_number() over (order by id) as n, count(*) over () as total from vendors
         where exists (select from tier_upgrade_requests r where r.vendor_id = vendors.id and r.status in ('approved', 'rejected'))
       ) v join lateral (select id from users where vendor_id = v.id order by id limit 1) u on true
       where n % greatest(total / 200, 1) = 0 and n < total - 20 limit 200`,
    );
    const admin = await client.query(
      "select id from users where role = 'admin' and disabled_at is null limit 1",
    );
    return {
      requestIds: requests.rows.map(({ id }) => id),
      vendorIds: vendors.rows.map(({ id }) => id),
      users: new Map(vendors.rows.map(({ id, user_id }) => [id, user_id])),
      admin: admin.rows[0].id,
    };
  } finally {
    await client.end();
  }
}

/** Runs `use` on a folder of its own that is gone afterwards. */
export async function withEmptyFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tierline-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
