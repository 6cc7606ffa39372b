import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import sirv from 'sirv';
import { opensWebSocket, refuseUpgrade } from './forward-upgrade.ts';
import { securityHeaders } from './security-headers.ts';
import { createUpstreams, type UpstreamOptions } from './upstreams.ts';

/** One user interface on one port. */
export interface UiServerOptions extends UpstreamOptions {
  readonly folder: string;
  /** Where its pages live, such as `/portal`. */
  readonly basePath: string;
  /** Where `/` leads: a page below the base path. */
  readonly startPage: string;
  readonly allowsInlineStyles: boolean;
  readonly host: string;
  readonly port: number;
}

/** A user interface that answers. */
export interface UiServer {
  close(): Promise<void>;
}

/** Serves built pages under their path, the APIs they call beside them, and nothing else. */
export async function startUiServer(options: UiServerOptions): Promise<UiServer> {
  const upstreams = createUpstreams(options);
  const setHeaders = securityHeaders(options);
  const servePage = pageHandler(options);
  const sockets = new Set<Socket>();

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').split(/[?#]/)[0] as string;
    if (upstreams.passRequest(request, response, path)) return;
    setHeaders(request, response);
    if (path === '/healthz') return void answerHealth(response, options);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void answerText(response, 405, 'Method not allowed');
    if (leadsToStart(path, options)) return void redirect(request, response, options.startPage);
    servePage(request, response, path);
  };
  const server = createServer({ shouldUpgradeCallback: opensWebSocket }, (request, response) => {
    // One request that a part below did not expect is that request's failure alone.
    response.on('error', () => response.destroy());
    try {
      serve(request, response);
    } catch {
      if (response.headersSent) response.destroy();
      else answerText(response, 400, 'Bad request');
    }
  });
  server.on('upgrade', (request, socket, head) => {
    try {
      if (!upstreams.passUpgrade(request, socket, head)) refuseUpgrade(socket, 404, 'Not found');
    } catch {
      socket.destroy();
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Node takes its own listener away once a connection is upgraded; whoever resets one then ends nobody but themselves.
    socket.on('error', () => socket.destroy());
  });
  await listen(server, options);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // WebSockets are no longer the server's own and would keep it open for as long as a tab is.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type PageHandler = (request: IncomingMessage, response: ServerResponse, path: string) => void;

/** Files as they are; every other path below the base is a page of the application's own router. */
function pageHandler(options: UiServerOptions): PageHandler {
  const files = sirv(options.folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, pathname) => {
      // Names under /assets carry a hash of their content, so what they hold never changes.
      const isHashed = pathname.startsWith('/assets/');
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      response.setHeader('Vary', 'Accept-Encoding');
    },
  });
  return (request, response, path) => {
    if (!path.startsWith(`${options.basePath}/`)) return answerText(response, 404, 'Not found');
    // A server may leave ranges aside, and sirv trusts the numbers in them.
    delete request.headers.range;
    const original = request.url as string;
    request.url = original.slice(options.basePath.length);
    files(request, response, () => {
      if (/\.[a-z0-9]{2,5}$/i.test(path)) return answerText(response, 404, 'Not found');
      request.url = '/index.html';
      files(request, response, () => answerText(response, 404, 'Not found'));
    });
  };
}

/** The root and the bare base path are nobody's page, unless the start page is one of them. */
function leadsToStart(path: string, { basePath, startPage }: UiServerOptions): boolean {
  return path !== startPage && ['/', basePath, `${basePath}/`].includes(path);
}

function redirect(request: IncomingMessage, response: ServerResponse, page: string): void {
  const url = request.url ?? '';
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  response.writeHead(302, { Location: `${page}${query}`, 'Cache-Control': 'no-cache' });
  response.end();
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' });
  response.end(text);
}

/** Without the servers behind it a user interface cannot do its work. */
async function answerHealth(response: ServerResponse, options: UiServerOptions): Promise<void> {
  const checks = await Promise.all([
    checkHealth('engine', options.engine),
    checkHealth('action server', options.actions),
  ]);
  const reasons = checks.filter((reason) => reason !== undefined);
  answerText(response, reasons.length === 0 ? 200 : 503, reasons.length === 0 ? 'OK' : reasons.join('\n'));
}

async function checkHealth(name: string, origin: string): Promise<string | undefined> {
  try {
    const answer = await fetch(new URL('/healthz', origin), {
      signal: AbortSignal.timeout(2_000),
      redirect: 'error',
    });
    return answer.ok ? undefined : `The ${name} answers ${answer.status}.`;
  } catch {
    return `The ${name} does not answer.`;
  }
}

/**
 * Connections that may wait to be taken while the process is busy. Node's own 511 is less than a burst of a thousand
 * callers, and the kernel resets what it cannot keep; it lowers this to its own limit (`net.core.somaxconn`).
 */
const BACKLOG = 4096;

function listen(server: Server, { port, host }: UiServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
