import { forgetPostgresVariables } from '@tierline/postgres';
import { refuseUnhealthy } from './check-health.ts';
import { takeDataDir } from './data-dir.ts';
import { type Database, hasDemoUsers, isWithoutData, openDatabase } from './database.ts';
import { StackStartError } from './errors.ts';
import { MAIL_CATCHER_HOST } from './mail-catcher/start-mail-catcher.ts';
import { reachableHost, refuseTakenPorts } from './network.ts';
import { startActions } from './processes/actions.ts';
import { seedDatabase, startEngine } from './processes/engine.ts';
import type { Supervised } from './processes/supervise.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import type { Settings } from './settings/types.ts';
import { keepMailCatcher, keepPostgres, StackParts } from './stack-parts.ts';
import { buildUis, startUis, type UiBuilds } from './ui/start-uis.ts';

/** How to start a stack. */
export interface StartStackOptions {
  readonly settings: Settings;
  /** Both user interfaces too. */
  readonly withUi: boolean;
  /** Takes each line that a child process writes. */
  readonly log: (line: string) => void;
  /** Gives up (and stops what has started) when aborted. */
  readonly signal?: AbortSignal;
}

/** Where everything of a stack answers. */
export interface StackUrls {
  readonly portal?: string;
  readonly admin?: string;
  readonly actions: string;
  /** Origin of the engine or of the Hasura that was given. */
  readonly hasura: string;
  /** The page of the mail catcher, unless mails go elsewhere. */
  readonly mail?: string;
}

/** A stack that is ready to use. */
export interface Stack {
  readonly urls: StackUrls;
  readonly adminSecret: string;
  /** The file that holds the admin secret, unless a person gave it. */
  readonly adminSecretFile?: string;
  readonly databaseUrl: string;
  readonly hasDemoData: boolean;
  /** Resolves with a sentence when a part has died too often to be started again. */
  readonly failed: Promise<string>;
  /** Stops everything in order; may be called more than once. */
  stop(): Promise<void>;
}

/** Starts Postgres, engine, action server and (unless told otherwise) both user interfaces. */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const { settings } = options;
  if (settings.mail.smtpUrl === undefined) {
    throw new StackStartError(
      'SMTP_URL must be set with NODE_ENV=production: the mail catcher is for development only.',
    );
  }
  const parts = new StackParts((sentence) => options.log(describeSentence(sentence)));
  // Builds first and last: they take longest and need nothing of the rest.
  const building = options.withUi ? buildUis() : undefined;
  building?.catch(() => undefined); // looked at below, after what has started by then can be stopped
  try {
    if (!settings.databaseUrl) forgetPostgresVariables();
    const { secrets, database } = await openData(settings, parts, () => refuseForeignPorts(options));
    const postgres = database.embedded && (await keepPostgres(parts, database.embedded));
    options.signal?.throwIfAborted();
    await keepMailCatcher(parts, settings, options.log);
    await keepServices(options, secrets, database, parts, postgres);
    options.signal?.throwIfAborted();
    await refuseUnhealthy(originsOf(settings));
    const hasDemoData = await fillWithDemoData(options, secrets, database);
    options.signal?.throwIfAborted();
    if (building) await keepUis(options, secrets, await building, parts);
    return {
      urls: urlsOf(options),
      adminSecret: secrets.adminSecret,
      adminSecretFile: secrets.adminSecretFile,
      databaseUrl: database.url,
      hasDemoData,
      failed: parts.failed,
      stop: () => parts.stopAll(),
    };
  } catch (error) {
    await building?.catch(() => undefined);
    await parts.stopAll();
    throw error;
  }
}

/**
 * Secrets and database. Both belong to one start alone, so the data directory is taken first: for as long as the embedded
 * server runs, and otherwise until the secrets are there.
 */
async function openData(
  settings: Settings,
  parts: StackParts,
  refusePorts: () => Promise<void>,
): Promise<{ secrets: Secrets; database: Database }> {
  const release = await takeDataDir(settings.dataDir);
  if (settings.databaseUrl) {
    const secrets = await loadSecrets(settings).finally(release);
    await refusePorts();
    return { secrets, database: await openDatabase(settings, secrets) };
  }
  parts.add({ stop: release });
  const secrets = await loadSecrets(settings);
  await refusePorts();
  return { secrets, database: await openDatabase(settings, secrets) };
}

/** A line of the log like those of the servers. */
function describeSentence(msg: string): string {
  return JSON.stringify({ level: 'warn', time: new Date().toISOString(), service: 'stack', msg });
}

async function refuseForeignPorts(options: StartStackOptions): Promise<void> {
  await refuseTakenPorts(portsToTake(options), options.settings.host);
  await refuseTakenPorts(mailPortsToTake(options.settings), MAIL_CATCHER_HOST);
}

function portsToTake({ settings, withUi }: StartStackOptions): Record<string, number> {
  return {
    ...(withUi ? { PORTAL_PORT: settings.portalPort, ADMIN_PORT: settings.adminPort } : {}),
    ACTIONS_PORT: settings.actionsPort,
    ...(settings.hasuraEndpoint ? {} : { HASURA_PORT: settings.hasuraPort }),
  };
}

function mailPortsToTake({ mail }: Settings): Record<string, number> {
  return mail.catcher ? { MAIL_PORT: mail.catcher.smtpPort, MAIL_UI_PORT: mail.catcher.pagePort } : {};
}

/** Both at once: each reaches the other only when it has something to ask. */
async function keepServices(
  { settings, log }: StartStackOptions,
  secrets: Secrets,
  database: Database,
  parts: StackParts,
  postgres: Supervised | undefined,
): Promise<void> {
  // Neither starts without a database, and a try in vain counts.
  const after = postgres ? [postgres] : [];
  const outcomes = await Promise.allSettled([
    parts.keep({
      name: 'action server',
      after,
      start: (signal) => startActions({ settings, secrets, databaseUrl: database.actionsUrl, log, signal }),
    }),
    ...(settings.hasuraEndpoint
      ? []
      : [
          parts.keep({
            name: 'engine',
            after,
            start: (signal) => startEngine({ settings, secrets, databaseUrl: database.url, log, signal }),
          }),
        ]),
  ]);
  const services = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  parts.add({
    stop: async () => {
      await Promise.all(services.map((service) => service.stop()));
    },
  });
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

function originsOf(settings: Settings): Array<[string, string]> {
  const host = reachableHost(settings.host);
  return [
    ['action server', `http://${host}:${settings.actionsPort}`],
    settings.hasuraEndpoint
      ? ['Hasura of HASURA_GRAPHQL_ENDPOINT', settings.hasuraEndpoint]
      : ['engine', `http://${host}:${settings.hasuraPort}`],
  ];
}

/** Demo data goes only where both the database and the engine are ours, and nothing is there yet. */
async function fillWithDemoData(
  { settings, log }: StartStackOptions,
  secrets: Secrets,
  database: Database,
): Promise<boolean> {
  if (!database.embedded || settings.hasuraEndpoint || settings.isProduction) return false;
  if (await isWithoutData(database.url)) {
    await seedDatabase({ settings, secrets, databaseUrl: database.url, log });
  }
  return hasDemoUsers(database.url);
}

async function keepUis(
  { settings, log }: StartStackOptions,
  secrets: Secrets,
  builds: UiBuilds,
  parts: StackParts,
): Promise<void> {
  parts.add(
    await parts.keep({
      name: 'server of the pages',
      start: (signal) => startUis({ settings, secrets, builds, log, signal }),
    }),
  );
}

function urlsOf({ settings, withUi }: StartStackOptions): StackUrls {
  const host = reachableHost(settings.host);
  const shown = host === '127.0.0.1' ? 'localhost' : host;
  return {
    ...(withUi ? { portal: settings.portalUrl, admin: settings.adminUrl } : {}),
    actions: `http://${shown}:${settings.actionsPort}`,
    hasura: settings.hasuraEndpoint ?? `http://${shown}:${settings.hasuraPort}`,
    ...(settings.mail.catcher ? { mail: `http://localhost:${settings.mail.catcher.pagePort}` } : {}),
  };
}
