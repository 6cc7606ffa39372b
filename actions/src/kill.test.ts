import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePorts, type Postgres, startPostgres, withClient } from '@tierline/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JUSTIFICATION, sessionOf } from './testing/people.ts';
import { createRandom, SEED } from './testing/seeded-random.ts';
import { startServerProcess } from './testing/server-process.ts';
import { createSigningKey, TEST_SECRET } from './testing/test-server.ts';

const ROUNDS = process.env.TIERLINE_LONG === undefined ? 3 : 50;
/** Answers between two kills: a number of calls, so that a slow machine gets as far as a fast one. */
const ANSWERS_PER_ROUND = 100;
const CLIENTS = 8;
const VENDORS = 20;
const ADMINS = 2;
const HASURA = fileURLToPath(new URL('../../hasura/', import.meta.url));

let dataDir: string;
let port: number;
let actionsPort: number;
let postgres: Postgres;
let server: ChildProcess;
let env: Record<string, string>;

const openPostgres = () => startPostgres({ dataDir, port, password: 'of-this-test', database: 'tierline' });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tierline-kill-'));
  [port, actionsPort] = (await findFreePorts(2)) as [number, number];
  postgres = await openPostgres();
  await withClient(postgres.url, async (client) => {
    const folder = `${HASURA}migrations/default`;
    for (const name of (await readdir(folder)).sort()) {
      await client.query(await readFile(`${folder}/${name}/up.sql`, 'utf8'));
    }
    await client.query(`alter role tierline_actions login password 'of-this-test'`);
    await client.query(`update feature_flags set audience = 'all'`);
    await client.query(
      `insert into vendors (id, name, slug, email)
       select md5('vendor' || n)::uuid, 'Vendor ' || n, 'vendor-' || n, 'v@example.com' from generate_series(1, $1) n`,
      [VENDORS],
    );
    await client.query(
      `insert into users (id, email, password_hash, role, vendor_id)
       select md5('user' || n)::uuid, n || '@example.com', '!', case when n > 0 then 'vendor' else 'admin' end,
         case when n > 0 then md5('vendor' || n)::uuid end
       from generate_series($1::int, $2) n`,
      [1 - ADMINS, VENDORS],
    );
  });
  const url = new URL(postgres.url);
  url.username = 'tierline_actions';
  env = {
    PATH: process.env.PATH ?? '',
    ACTIONS_PORT: String(actionsPort),
    ACTIONS_DATABASE_URL: url.href,
    ACTION_SECRET: TEST_SECRET,
    JWT_SIGNING_KEYS: JSON.stringify([await createSigningKey()]),
    RATE_LIMIT_SUBMIT: '0',
    RATE_LIMIT_ADMIN: '0',
    LOG_LEVEL: 'error',
  };
  server = await startServerProcess(env);
});

afterAll(async () => {
  server?.kill('SIGKILL');
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface People {
  readonly vendors: readonly { readonly userId: string; readonly vendorId: string }[];
  readonly admins: readonly string[];
}

async function readPeople(): Promise<People> {
  const { rows } = await withClient(postgres.url, (client) =>
    client.query<{ userId: string; vendorId: string | null }>(
      `select id as "userId", vendor_id as "vendorId" from users order by id`,
    ),
  );
  return {
    vendors: rows.flatMap(({ userId, vendorId }) => (vendorId === null ? [] : [{ userId, vendorId }])),
    admins: rows.flatMap(({ userId, vendorId }) => (vendorId === null ? [userId] : [])),
  };
}

/** Calls that go on through every outage, and what was promised to them. */
class Load {
  answers = 0;
  /** Requests that somebody was told are approved or rejected. */
  readonly promised = new Map<string, string>();
  readonly #known: string[] = [];
  readonly #random = createRandom(SEED);
  readonly #people: People;
  #isOver = false;
  readonly #running: Promise<void>[];

  constructor(people: People) {
    this.#people = people;
    this.#running = Array.from({ length: CLIENTS }, () => this.#run());
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    while (!this.#isOver) await this.#callOnce();
  }

  async #callOnce(): Promise<void> {
    const { vendors, admins } = this.#people;
    const vendor = vendors[this.#random(vendors.length)]!;
    const asVendor = sessionOf('vendor', vendor.userId);
    const asAdmin = sessionOf('app_admin', admins[this.#random(admins.length)]!);
    const requestId = this.#known[this.#random(this.#known.length)];
    const requestIds = this.#known.slice(-5);
    const kind = this.#random(requestId === undefined ? 1 : 8);
    if (kind === 7) {
      const tier = 1 + this.#random(2);
      await this.#act('updateVendorTier', { vendorId: vendor.vendorId, tier }, asAdmin);
    } else if (kind === 6) {
      await this.#act('cancelTierUpgradeRequest', { requestId }, asVendor);
    } else if (kind === 5) {
      const input = { requestIds, rejectionReason: 'Not before the next quarter.', atomic: true };
      await this.#act('bulkRejectTierUpgradeRequests', input, asAdmin);
    } else if (kind === 4) {
      const body = await this.#act('bulkApproveTierUpgradeRequests', { requestIds }, asAdmin);
      for (const result of body?.results ?? []) {
        if (result.success) this.promised.set(result.requestId, 'approved');
      }
    } else if (kind === 3) {
      const body = await this.#act('approveTierUpgradeRequest', { requestId }, asAdmin);
      if (body) this.promised.set(requestId!, 'approved');
    } else {
      const input = { targetTier: 2 + this.#random(3), businessJustification: JUSTIFICATION };
      const body = await this.#act('submitTierUpgradeRequest', input, asVendor);
      if (body) this.#known.push(body.requestId);
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the answers of several actions.
  async #act(name: string, input: object, session: Record<string, string>): Promise<any> {
    try {
      const response = await fetch(`http://127.0.0.1:${actionsPort}/hasura/actions/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Action-Secret': TEST_SECRET },
        body: JSON.stringify({ input, session_variables: session }),
      });
      const body = await response.json();
      this.answers += 1;
      return response.ok ? body : undefined;
    } catch {
      // Nobody there: this is what is being tried.
      await sleep(10);
      return undefined;
    }
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

const isHealthy = async () => {
  const response = await fetch(`http://127.0.0.1:${actionsPort}/healthz`).catch(() => undefined);
  return response?.ok === true;
};

test(`after ${ROUNDS} kills of the action server and of Postgres all that was promised holds, and all agrees (seed ${SEED})`, {
  timeout: 60_000 + ROUNDS * 20_000,
}, async () => {
  const load = new Load(await readPeople());
  const random = createRandom(SEED + 1);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const enough = load.answers + ANSWERS_PER_ROUND + random(ANSWERS_PER_ROUND);
      await until(() => load.answers >= enough);
      if (round % 2 === 0) {
        process.kill(postgres.pid, 'SIGKILL');
        await postgres.exited;
        await postgres.stop();
        postgres = await openPostgres();
      } else {
        server.kill('SIGKILL');
        await once(server, 'exit');
        server = await startServerProcess(env);
      }
      await until(isHealthy);
    }
    const afterwards = load.answers + ANSWERS_PER_ROUND;
    await until(() => load.answers >= afterwards);
  } finally {
    await load.stop();
  }

  expect(load.promised.size).toBeGreaterThan(0);
  await withClient(postgres.url, async (client) => {
    const consistency = await readFile(`${HASURA}tests/consistency.sql`, 'utf8');
    expect((await client.query(consistency)).rows).toEqual([]);
    const { rows } = await client.query<{ id: string; status: string }>(
      'select id, status from tier_upgrade_requests where id = any ($1)',
      [[...load.promised.keys()]],
    );
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(load.promised);
  });
});
