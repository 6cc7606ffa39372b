import { type Database, hasDemoUsers, isWithoutData, openDatabase } from './database.ts';
import { StackStartError } from './errors.ts';
import { MAIL_CATCHER_HOST, startMailCatcher } from './mail-catcher/start-mail-catcher.ts';
import { reachableHost, refuseTakenPorts } from './network.ts';
import { startActions } from './processes/actions.ts';
import { seedDatabase, startEngine } from './processes/engine.ts';
import type { Service } from './processes/service.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import type { Settings } from './settings/types.ts';
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
  /** Resolves with a sentence when a part ends although nobody stopped it. */
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
  const running = new RunningParts();
  // Builds first and last: they take longest and need nothing of the rest.
  const building = options.withUi ? buildUis() : undefined;
  building?.catch(() => undefined); // looked at below, after what has started by then can be stopped
  try {
    const secrets = await loadSecrets(settings);
    await refuseTakenPorts(portsToTake(options), settings.host);
    await refuseTakenPorts(mailPortsToTake(settings), MAIL_CATCHER_HOST);
    const database = await openDatabase(settings, secrets);
    running.add({ stop: async () => database.embedded?.stop() });
    options.signal?.throwIfAborted();
    await catchMails(settings, running);
    const services = await startServices(options, secrets, database, running);
    const hasDemoData = await fillWithDemoData(options, secrets, database);
    options.signal?.throwIfAborted();
    if (building) await serveUis(settings, secrets, await building, running);
    return {
      urls: urlsOf(options),
      adminSecret: secrets.adminSecret,
      adminSecretFile: secrets.adminSecretFile,
      databaseUrl: database.url,
      hasDemoData,
      failed: watch(services, database, running),
      stop: () => running.stopAll(),
    };
  } catch (error) {
    await building?.catch(() => undefined);
    await running.stopAll();
    throw error;
  }
}

/** What has started so far, to be stopped in the opposite order. */
class RunningParts {
  readonly #parts: Array<{ stop(): Promise<void> }> = [];
  #stopping: Promise<void> | undefined;

  add(part: { stop(): Promise<void> }): void {
    this.#parts.push(part);
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  stopAll(): Promise<void> {
    this.#stopping ??= this.#stopInTurn();
    return this.#stopping;
  }

  async #stopInTurn(): Promise<void> {
    for (const part of this.#parts.toReversed()) await part.stop();
  }
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

/** Before the action server, so that its first mail finds somebody. */
async function catchMails({ mail }: Settings, running: RunningParts): Promise<void> {
  if (!mail.catcher) return;
  const catcher = await startMailCatcher({ smtp: mail.catcher.smtpPort, page: mail.catcher.pagePort });
  running.add({ stop: () => catcher.close() });
}

/** Both at once: each reaches the other only when it has something to ask. */
async function startServices(
  { settings, log }: StartStackOptions,
  secrets: Secrets,
  database: Database,
  running: RunningParts,
): Promise<Service[]> {
  const outcomes = await Promise.allSettled([
    startActions({ settings, secrets, databaseUrl: database.actionsUrl, log }),
    ...(settings.hasuraEndpoint ? [] : [startEngine({ settings, secrets, databaseUrl: database.url, log })]),
  ]);
  const services = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  running.add({
    stop: async () => {
      await Promise.all(services.map((service) => service.stop()));
    },
  });
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return services;
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

async function serveUis(
  settings: Settings,
  secrets: Secrets,
  builds: UiBuilds,
  running: RunningParts,
): Promise<void> {
  const servers = await startUis(settings, secrets, builds);
  running.add({
    stop: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  });
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

function watch(services: readonly Service[], database: Database, running: RunningParts): Promise<string> {
  const ends = services.map(
    async (service) => `The ${service.name} stopped unexpectedly (${await service.exited}).`,
  );
  if (database.embedded) ends.push(database.embedded.exited.then(() => 'PostgreSQL stopped unexpectedly.'));
  return Promise.race(ends).then((reason) =>
    running.isStopping ? new Promise<string>(() => undefined) : reason,
  );
}
