/** Listening, and ending without cutting anybody off. */

import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FailOwn, guarded, heardElsewhere } from './guarded.ts';

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Takes no new request, lets those under way finish, and cuts what is still there after the grace period. */
  stop(): Promise<void>;
}

// Shorter than the patience of whoever stops us: npm start and Docker kill after ten seconds.
const GRACE_MS = 8000;
/** Nobody needs longer than this to send 100 kB. */
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * Connections that may wait to be taken while the process is busy. Node's own 511 is less than a burst of a thousand
 * callers, and the kernel resets what it cannot keep; it lowers this to its own limit (`net.core.somaxconn`).
 */
const BACKLOG = 4096;

/** Starts to listen; port 0 takes a free one. `onError` is told of what belongs to no request. */
export async function startServer(
  app: RequestListener,
  host: string,
  port: number,
  onError: FailOwn,
): Promise<RunningServer> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: 15_000 },
    guarded(
      (request: IncomingMessage, response: ServerResponse<IncomingMessage> & { req: IncomingMessage }) => {
        const failOwn = (error: Error): void => {
          response.destroy();
          onError(error);
        };
        request.on('error', heardElsewhere);
        response.on('error', heardElsewhere);
        guarded(app, failOwn)(request, response);
      },
      onError,
    ),
  );
  // Before anything else looks at a socket, and for as long as it lives: kept alive, answered, or refused.
  server.on(
    'connection',
    guarded((socket) => socket.on('error', heardElsewhere), onError),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.removeListener('error', reject);
      // Such as a connection that cannot be taken because all file handles are in use.
      server.on('error', guarded(onError, heardElsewhere));
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, stop: () => drain(server, onError) };
}

function drain(server: Server, onError: FailOwn): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      guarded(() => server.closeAllConnections(), onError),
      GRACE_MS,
    );
    // A connection that is kept alive ends with the answer under way, instead of waiting for the next request.
    server.prependListener(
      'request',
      guarded((_request, response) => response.setHeader('Connection', 'close'), onError),
    );
    const sweep = setInterval(
      guarded(() => server.closeIdleConnections(), onError),
      50,
    );
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
  });
}
