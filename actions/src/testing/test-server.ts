/** An action server on a database of its own, for tests: it signs in as `tierline_actions`, as in production. */

import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from '@tierline/postgres/testing';
import { KnownDevices } from '../accounts/known-devices.ts';
import { PasswordHasher } from '../accounts/passwords.ts';
import { createApp } from '../app.ts';
import { observeBacklogs } from '../backlogs.ts';
import { type Config, readConfig } from '../config.ts';
import { type Database, openDatabase } from '../db.ts';
import { createLogger } from '../logging.ts';
import { MailQueue } from '../mail/mail-queue.ts';
import { createMailer } from '../mail/mailer.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { createRateLimits, type RateLimits } from '../rate-limits.ts';
import { type RunningServer, startServer } from '../server.ts';

/** The answer of the server, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

/** A server that runs, and ways to talk to it. */
export interface TestServer {
  readonly url: string;
  readonly config: Config;
  readonly admin: TestDatabase;
  readonly database: Database;
  readonly metrics: Metrics;
  readonly rateLimits: RateLimits;
  readonly passwords: PasswordHasher;
  /** Works when it is nudged; its timer is off. */
  readonly mailQueue: MailQueue;
  /** Everything logged so far. */
  logs(): string;
  /** Calls an action as Hasura does. */
  act(
    name: string,
    input: unknown,
    session: Record<string, string>,
    forwarded?: Record<string, string>,
  ): Promise<Answer>;
  send(path: string, init?: RequestInit & { json?: unknown }): Promise<Answer>;
  stop(): Promise<void>;
}

/** The secret that the test server shares with its Hasura. */
export const TEST_SECRET = 'a-secret-for-tests-only';

const ROLE_PASSWORD = 'actions-role-in-tests';

/** Starts a server; the caller stops it. */
export async function startTestServer(
  options: TestDatabaseOptions & { env?: Record<string, string> } = {},
): Promise<TestServer> {
  const admin = await createTestDatabase({ migrated: true, ...options });
  const config = await readConfig(
    {
      ACTIONS_PORT: '0',
      ACTIONS_DATABASE_URL: await loginAsActionsRole(admin),
      ACTION_SECRET: TEST_SECRET,
      JWT_SIGNING_KEYS: JSON.stringify([await createSigningKey()]),
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      ...options.env,
    },
    false,
  );
  const lines: string[] = [];
  const metrics = createMetrics();
  const database = openDatabase({
    url: config.databaseUrl,
    onRetry: (sqlstate) => metrics.transactionRetries.inc({ sqlstate }),
  });
  const logger = createLogger(config, { write: (line) => void lines.push(line) });
  observeBacklogs(metrics, database);
  const rateLimits = createRateLimits(config, database, metrics);
  const passwords = new PasswordHasher();
  const mailer = createMailer(config.smtp, config.mailFrom);
  const mailQueue = new MailQueue({ config, database, logger, metrics, mailer });
  // Without a mail server of the test's own, mails stay queued.
  if (options.env?.SMTP_URL === undefined) await mailQueue.stop();
  const app = createApp({
    config,
    database,
    metrics,
    logger,
    rateLimits,
    passwords,
    knownDevices: new KnownDevices(config.actionSecret),
    mailer,
    mailQueue,
  });
  const server = await startServer(app, config.host, config.port, (error) => {
    throw error;
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    config,
    admin,
    database,
    metrics,
    rateLimits,
    passwords,
    mailQueue,
    logs: () => lines.join(''),
    act: (name, input, session, forwarded = {}) =>
      send(`${url}/hasura/actions/${name}`, {
        method: 'POST',
        headers: { ...forwarded, 'X-Action-Secret': TEST_SECRET },
        json: { action: { name }, input, session_variables: session, request_query: '' },
      }),
    send: (path, init) => send(`${url}${path}`, init),
    stop: () => stopAll(server, mailQueue, database),
  };
}

/** A private RSA key in JWK form. */
export async function createSigningKey(kid?: string): Promise<object> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), ...(kid === undefined ? {} : { kid }) };
}

/**
 * Roles belong to the whole test server, so every test file gives this one the same password, one file at a time: in
 * the database that all of them share, because advisory locks belong to a database.
 */
export async function loginAsActionsRole(admin: TestDatabase): Promise<string> {
  const shared = new URL(admin.url);
  shared.pathname = '/postgres';
  const pool = admin.pool({ connectionString: shared.href, max: 1 });
  await pool.query(`
    begin;
    select pg_advisory_xact_lock(hashtext('tierline_actions login'));
    do $$ begin
      create role tierline_actions nologin;
    exception when duplicate_object or unique_violation then null;
    end $$;
    alter role tierline_actions login password '${ROLE_PASSWORD}';
    commit`);
  await pool.end();
  const url = new URL(admin.url);
  url.username = 'tierline_actions';
  url.password = ROLE_PASSWORD;
  return url.href;
}

async function send(url: string, { json, ...init }: RequestInit & { json?: unknown } = {}): Promise<Answer> {
  const headers = new Headers(init.headers);
  if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const response = await fetch(url, {
    ...init,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body = isJson && text !== '' ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body };
}

async function stopAll(server: RunningServer, mailQueue: MailQueue, database: Database): Promise<void> {
  await Promise.all([server.stop(), mailQueue.stop()]);
  await database.close();
}
