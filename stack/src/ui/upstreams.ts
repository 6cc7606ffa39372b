import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { forwardRequest } from './forward-request.ts';
import { forwardUpgrade } from './forward-upgrade.ts';
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
  passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

const GRAPHQL_PATH = '/v1/graphql';

/** Makes the part of a user interface server that spares browsers a second origin. */
export function createUpstreams(options: UpstreamOptions): Upstreams {
  const writeForwardedFor = forwardedForWriter(options.trustedProxies);
  return {
    passRequest(request, response, path) {
      const target = targetOf(path, options);
      if (target === undefined) return false;
      writeForwardedFor(request);
      delete request.headers['x-action-secret'];
      if (path !== GRAPHQL_PATH) request.headers['x-action-secret'] = options.actionSecret;
      forwardRequest(request, response, target);
      return true;
    },
    passUpgrade(request, socket, head) {
      const path = (request.url ?? '').split('?')[0];
      if (path !== GRAPHQL_PATH) return false;
      writeForwardedFor(request);
      delete request.headers['x-action-secret'];
      forwardUpgrade(request, socket, head, options.engine);
      return true;
    },
  };
}

/**
 * Whose a path is, as it is written and with its dots resolved: another reader may resolve them, and `/api/../metrics`
 * would be a way to what is not for browsers.
 */
function targetOf(path: string, options: UpstreamOptions): string | undefined {
  const target = ownerOf(path, options);
  if (target === undefined) return undefined;
  const resolved = URL.parse(`http://ui${path}`)?.pathname;
  return resolved !== undefined && ownerOf(resolved, options) === target ? target : undefined;
}

/** `/api` as a whole segment and GraphQL's one path; nothing else of either server is reachable from here. */
function ownerOf(path: string, options: UpstreamOptions): string | undefined {
  if (path === GRAPHQL_PATH) return options.engine;
  if (path === '/api' || path.startsWith('/api/')) return options.actions;
  return undefined;
}
