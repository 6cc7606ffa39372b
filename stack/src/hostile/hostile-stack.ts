import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts, startThrowAwayPostgres, withClient, withDatabase } from '@tierline/postgres';
import { type CuttableProxy, startCuttableProxy } from '@tierline/postgres/testing';
import { seedDatabase } from '../processes/engine.ts';
import { loadSecrets } from '../secrets.ts';
import { readSettings } from '../settings/read-settings.ts';
import { startStack } from '../start-stack.ts';
import { startUis } from '../ui/start-uis.ts';
import { type MailServer, startMailServer } from './silent-domains.ts';

/** A whole stack with the demo data, behind a proxy that is believed, with a line to Postgres that can go silent. */
export interface HostileStack {
  readonly portal: string;
  readonly engine: string;
  readonly actions: string;
  readonly adminSecret: string;
  readonly line: CuttableProxy;
  readonly mails: MailServer;
  /** Sentences about servers that ended. */
  readonly deaths: readonly string[];
  /** The last lines of the log, for whoever has to find out what went wrong. */
  lastLines(): string;
  stop(): Promise<void>;
}

/** The hostile vendor: of the highest tier, with more locations than anybody. */
export const HOSTILE_VENDOR = 4;
/** Vendors whose mail servers say nothing, each in a domain of its own. */
export const SILENT_VENDORS = [31, 32, 33, 34];

const ROLE_PASSWORD = 'a-password-of-tests';

/** Starts it on free ports, with pages of one line: what is attacked is behind them. */
export async function startHostileStack(): Promise<HostileStack> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    const postgres = await startThrowAwayPostgres();
    undo.push(postgres.stop);
    const line = await startCuttableProxy('127.0.0.1', Number(new URL(postgres.url).port));
    undo.push(line.close);
    const mails = await startMailServer();
    undo.push(mails.close);
    const folder = await mkdtemp(join(tmpdir(), 'tierline-hostile-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Portal</title>');
    await withClient(postgres.url, (client) =>
      client.query(`create role tierline_actions login password '${ROLE_PASSWORD}'`),
    );
    await withClient(postgres.url, (client) => client.query('create database tierline'));
    const databaseUrl = withDatabase(postgres.url, 'tierline');
    const settings = await settingsOf(databaseUrl, line, mails, folder);
    const lines: string[] = [];
    const deaths: string[] = [];
    const log = (text: string) => {
      lines.push(text);
      if (lines.length > 60) lines.shift();
      if (/stopped unexpectedly|did not start again|everything stops/.test(text)) deaths.push(text);
    };
    const stack = await startStack({ settings, withUi: false, log });
    undo.push(stack.stop);
    const secrets = await loadSecrets(settings);
    await seedDatabase({ settings, secrets, databaseUrl, log });
    await makePersons(databaseUrl);
    const pages = await startUis({ settings, secrets, builds: { portal: folder, admin: folder }, log });
    let isStopping = false;
    undo.push(() => {
      isStopping = true;
      return pages.stop();
    });
    // Nobody starts the pages again here, so that their end is an end.
    void pages.exited.then((reason) => {
      if (!isStopping) deaths.push(`The server of the pages stopped unexpectedly (${reason}).`);
    });
    return {
      portal: `http://127.0.0.1:${settings.portalPort}`,
      engine: `http://127.0.0.1:${settings.hasuraPort}`,
      actions: `http://127.0.0.1:${settings.actionsPort}`,
      adminSecret: stack.adminSecret,
      line,
      mails,
      deaths,
      lastLines: () => lines.join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function settingsOf(databaseUrl: string, line: CuttableProxy, mails: MailServer, folder: string) {
  const [portal, admin, actions, hasura] = await findFreePorts(4);
  const owner = new URL(databaseUrl);
  owner.hostname = '127.0.0.1';
  owner.port = String(line.port);
  const role = new URL(owner.href);
  role.username = 'tierline_actions';
  role.password = ROLE_PASSWORD;
  return readSettings({
    PORTAL_PORT: String(portal),
    ADMIN_PORT: String(admin),
    ACTIONS_PORT: String(actions),
    HASURA_PORT: String(hasura),
    DATA_DIR: folder,
    DATABASE_URL: owner.href,
    ACTIONS_DATABASE_URL: role.href,
    SMTP_URL: mails.url,
    TRUST_PROXY: '127.0.0.1',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
  });
}

async function makePersons(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `insert into vendor_locations (vendor_id, name, address, city, country)
       select v.id, 'Branch ' || n, repeat('a', 400), 'Bremen', 'DE'
       from vendors v, generate_series(1, 310) n where v.id = ('10000000-0000-4000-8000-' || lpad($1::text, 12, '0'))::uuid`,
      [HOSTILE_VENDOR],
    );
    for (const n of SILENT_VENDORS) {
      await client.query('update users set email = $1 where email = $2', [
        silentEmail(n),
        `vendor${n}@example.com`,
      ]);
    }
    await client.query(
      `insert into notifications (user_id, kind, title, body, dedupe_key)
       select u.id, n.kind, 'To watch', 'To watch', 'hostile-' || u.id
       from users u, (select kind from notifications limit 1) n where u.role = 'vendor'`,
    );
  });
}

/** The login of one of the silent vendors. */
export const silentEmail = (n: number): string => `vendor${n}@silent${n}.example`;
