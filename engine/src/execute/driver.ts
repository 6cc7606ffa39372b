import type { Socket } from 'node:net';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { guarded, heardElsewhere } from '../guarded.ts';

/** What the driver keeps of a client that its types do not tell. */
interface DriverClient {
  readonly connection: { readonly stream: Socket };
  readonly connectionParameters: { readonly ssl: unknown; readonly sslnegotiation?: unknown };
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
  /** False while a statement is under way. */
  readonly readyForQuery: boolean;
}

interface DriverConnection {
  on(event: string, listener: (error?: Error) => void): void;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  readonly stream: Socket;
}

function insideOf(client: pg.ClientBase): DriverClient {
  return client as unknown as DriverClient;
}

/** The socket below a connected client; the encrypted one where there is TLS. */
export function socketOf(client: pg.ClientBase): Socket {
  return insideOf(client).connection.stream;
}

/** The number of the server process that the server said it is; poolers make one up. */
export function processIdOf(client: pg.ClientBase): number {
  return insideOf(client).processID;
}

/** Whether an answer of the server is waited for. */
export function isWaiting(client: pg.ClientBase): boolean {
  return !insideOf(client).readyForQuery;
}

/** Closes a client's socket without a word to the other side, which may be deaf. Whatever it was asked fails. */
export function cutLine(client: pg.ClientBase, error?: Error): void {
  socketOf(client).destroy(error);
}

/** How long the polite end of a connection may take: it is one message, which a live server answers by closing. */
const END_MS = 1000;

/** Ends a client, politely while the other side listens. */
export async function endClient(client: pg.Client): Promise<void> {
  // Whoever ended it asks for no more than that it ends.
  const timer = setTimeout(
    guarded(() => cutLine(client), heardElsewhere),
    END_MS,
  );
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

/**
 * Asks the server to cancel what a client's connection runs, over a connection of its own that needs neither a password
 * nor a slot among `max_connections`, and that a pooler passes on. Resolves when the server has taken the request.
 *
 * Source: PostgreSQL documentation, "Message Flow", canceling requests in progress.
 */
export function cancelStatement(client: pg.ClientBase, timeoutMs: number): Promise<void> {
  const { host, port, processID, secretKey, connectionParameters } = insideOf(client);
  const { ssl = false, sslnegotiation } = connectionParameters;
  const connection = new pg.Connection({ ssl, sslNegotiation: sslnegotiation } as pg.ConnectionConfig);
  const driver = connection as unknown as DriverConnection;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
      driver.stream.destroy();
    };
    const timer = setTimeout(
      guarded(
        () => fail(new Error('the database did not take a request to cancel a statement in time')),
        reject,
      ),
      timeoutMs,
    );
    const cancel = (): void => void driver.stream.write(serialize.cancel(processID, secretKey));
    driver.on(
      'connect',
      guarded(() => (ssl ? driver.requestSsl() : cancel()), fail),
    );
    driver.on('sslconnect', guarded(cancel, fail));
    driver.on(
      'error',
      guarded((error) => fail(error ?? new Error('a request to cancel a statement failed')), reject),
    );
    driver.on(
      'end',
      guarded(() => {
        clearTimeout(timer);
        resolve();
      }, fail),
    );
    if (host.startsWith('/')) driver.connect(`${host}/.s.PGSQL.${port}`);
    else driver.connect(port, host);
  });
}
