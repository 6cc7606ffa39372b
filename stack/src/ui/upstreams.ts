import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer } from 'http-proxy-3';
import { forwardedForWriter } from './forwarded-for.ts';

/** The servers behind a user interface. */
export interface UpstreamOptions {
  /** Origin of the engine (or Hasura), for `/v1/graphql`. */
  readonly engine: string;
  /** Origin of the action server, for `/api`. */
  readonly actions: string;
  /** By which the action server knows that it may believe us whom we speak for. */
  readonly actionSecret: string;
  readonly trustedProxies: readonly string[];
}

/** Passes on what belongs to another server; `false` means the path is the user interface's own. */
export interface Upstreams {
  passRequest(request: IncomingMessage, response: ServerResponse, path: string): boolean;
  passUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): boolean;
  close(): void;
}

const GRAPHQL_PATH = '/v1/graphql';

/** Makes the part of a user interface server that spares browsers a second origin. */
export function createUpstreams(options: UpstreamOptions): Upstreams {
  const proxy = createProxyServer({ changeOrigin: false, xfwd: false, proxyTimeout: 120_000 });
  const writeForwardedFor = forwardedForWriter(options.trustedProxies);
  proxy.on('error', (_error, _request, target) => answerUnavailable(target));

  return {
    passRequest(request, response, path) {
      const target = targetOf(path, options);
      if (target === undefined) return false;
      writeForwardedFor(request);
      delete request.headers['x-action-secret'];
      if (path !== GRAPHQL_PATH) request.headers['x-action-secret'] = options.actionSecret;
      proxy.web(request, response, { target });
      return true;
    },
    passUpgrade(request, socket, head) {
      const path = (request.url ?? '').split('?')[0];
      if (path !== GRAPHQL_PATH) return false;
      writeForwardedFor(request);
      proxy.ws(request, socket, head, { target: options.engine });
      return true;
    },
    close: () => proxy.close(),
  };
}

/**
 * Whose a path is, as it is written and with its dots resolved: the proxy resolves them, and `/api/../metrics` would
 * be a way to what is not for browsers.
 */
function targetOf(path: string, options: UpstreamOptions): string | undefined {
  const target = ownerOf(path, options);
  return ownerOf(new URL(`http://ui${path}`).pathname, options) === target ? target : undefined;
}

/** `/api` as a whole segment and GraphQL's one path; nothing else of either server is reachable from here. */
function ownerOf(path: string, options: UpstreamOptions): string | undefined {
  if (path === GRAPHQL_PATH) return options.engine;
  if (path === '/api' || path.startsWith('/api/')) return options.actions;
  return undefined;
}

function answerUnavailable(target: ServerResponse | Socket | undefined): void {
  if (target === undefined) return;
  if (!('writeHead' in target)) {
    target.destroy();
    return;
  }
  if (target.headersSent) {
    target.destroy();
    return;
  }
  target.writeHead(503, { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '5' });
  target.end(
    JSON.stringify({
      success: false,
      code: 'INTERNAL_ERROR',
      message: 'The server is not reachable right now. Please try again in a moment.',
    }),
  );
}
