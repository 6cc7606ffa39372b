/** Listening, and ending without cutting anybody off. */

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

/** Starts to listen; port 0 takes a free one. */
export async function startServer(app: RequestListener, host: string, port: number): Promise<RunningServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: 15_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, stop: () => drain(server) };
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    // A connection that is kept alive ends with the answer under way, instead of waiting for the next request.
    server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
  });
}
