import pg from 'pg';
import { guarded, heardElsewhere } from '../guarded.ts';
import { cutLine, isWaiting } from './driver.ts';

/** How long anything on such a connection may take; what is asked there is short. */
const answerMs = 20_000;
const connectMs = 10_000;
/** Between two questions whether the other side is there. */
const heartbeatMs = 15_000;

/** A connection of its own for what lasts: listening, or holding locks. It waits for no answer without end. */
export function createLastingClient(
  databaseUrl: string,
  applicationName: string,
  timeoutMs = answerMs,
): pg.Client {
  return new pg.Client({
    connectionString: databaseUrl,
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: connectMs,
    query_timeout: timeoutMs,
  });
}

/**
 * Asks now and then whether the other side of a connection that only listens is there, and cuts the connection where
 * it is not: then `end` tells whoever listens. Ends by itself with the connection.
 */
export function keepAlive(client: pg.Client, everyMs = heartbeatMs): void {
  const cut = (): void => cutLine(client);
  const timer = setInterval(
    // One question at a time: that under way fails by itself where nobody answers.
    guarded(() => (isWaiting(client) ? undefined : client.query('SELECT')), cut),
    everyMs,
  );
  timer.unref();
  client.once(
    'end',
    guarded(() => clearInterval(timer), heardElsewhere),
  );
}
