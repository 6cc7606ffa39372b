/** Starts the action server and stops it: the only file that acts when it is run. */

import { KnownDevices } from './accounts/known-devices.ts';
import { PasswordHasher } from './accounts/passwords.ts';
import { createApp } from './app.ts';
import { observeBacklogs } from './backlogs.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openDatabase } from './db.ts';
import { guarded, heardElsewhere } from './guarded.ts';
import { createLogger, describeError } from './logging.ts';
import { MailQueue } from './mail/mail-queue.ts';
import { createMailer } from './mail/mailer.ts';
import { createMetrics } from './metrics.ts';
import { createRateLimits } from './rate-limits.ts';
import { type RunningServer, startServer } from './server.ts';

/** For whoever started us: the reason in one sentence. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function readSettings(): Promise<Config> {
  try {
    return await readConfig(process.env, process.stdout.isTTY === true);
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

const LISTEN_PROBLEMS: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ port, host }) => `ACTIONS_PORT ${port} is in use already on ${host}: choose another one.`,
  EACCES: ({ port }) => `ACTIONS_PORT ${port} may not be used by this user: choose one above 1023.`,
  EADDRNOTAVAIL: ({ host }) => `HOST ${host} is not an address of this machine.`,
  ENOTFOUND: ({ host }) => `HOST ${host} is not an address of this machine.`,
};

const config = await readSettings();
const logger = createLogger(config);
const tell = (error: unknown): void => logger.error({ error: describeError(error) }, 'outside any request');
// One request's forgotten promise must not end all the others.
process.on('unhandledRejection', guarded(tell, heardElsewhere));
const metrics = createMetrics({ processMetrics: true });
const database = openDatabase({
  url: config.databaseUrl,
  onRetry: (sqlstate) => metrics.transactionRetries.inc({ sqlstate }),
  onIdleError: (failure) =>
    logger.warn({ error: describeError(failure) }, 'an idle database connection was lost'),
});
observeBacklogs(metrics, database);
const rateLimits = createRateLimits(config, database, metrics);
const mailer = createMailer(config.smtp, config.mailFrom);
const mailQueue = new MailQueue({ config, database, logger, metrics, mailer });
const app = createApp({
  config,
  database,
  metrics,
  logger,
  rateLimits,
  passwords: new PasswordHasher(),
  knownDevices: new KnownDevices(config.actionSecret),
  mailer,
  mailQueue,
});

let server: RunningServer;
try {
  server = await startServer(app, config.host, config.port, tell);
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const describe = LISTEN_PROBLEMS[code];
  if (describe === undefined) throw error;
  fail(describe(config));
}

mailQueue.start();

let isStopping = false;
async function stop(reason: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  logger.info({ reason }, 'stopping');
  await Promise.all([server.stop(), mailQueue.stop()]);
  await database.close();
  if (process.connected) process.disconnect();
}

const exit = (error: Error): never => fail(`The server could not end in good order: ${error.message}`);
process.once(
  'SIGTERM',
  guarded(() => stop('SIGTERM'), exit),
);
process.once(
  'SIGINT',
  guarded(() => stop('SIGINT'), exit),
);
process.once(
  'disconnect',
  guarded(() => stop('the parent process went away'), exit),
);
logger.info({ host: config.host, port: server.port }, 'listening');
process.send?.({ type: 'ready', port: server.port });
