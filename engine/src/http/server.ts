import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Config } from '../config.ts';
import type { ConsoleFiles } from '../console/console-files.ts';
import type { Engine } from '../engine-types.ts';
import { asEngineError, EngineError, toApiError } from '../errors.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { attachWebSockets, opensWebSocket } from '../subscriptions/websocket.ts';
import { serveConfig } from './config-route.ts';
import { serveConsole } from './console-route.ts';
import { applyCors, createCorsPolicy } from './cors.ts';
import { serveExplain } from './explain-route.ts';
import { serveGraphQL, showsInternal } from './graphql-route.ts';
import { HASURA_VERSION } from './hasura-version.ts';
import { serveHealth } from './health-route.ts';
import { METADATA_PATHS, serveMetadata } from './metadata-route.ts';
import { readRequestContext, readUrl, trustProxies } from './request-context.ts';
import { type HttpLogEntry, logRequest } from './request-log.ts';
import { send, sendJson } from './respond.ts';
import { isRestPath, serveOpenApi, serveRest } from './rest-route.ts';

/** The engine as its transports see it. */
export type ServedEngine = Pick<
  Engine,
  | 'execute'
  | 'admit'
  | 'checkBatch'
  | 'subscribe'
  | 'operationType'
  | 'runMetadataRequest'
  | 'findRestEndpoint'
  | 'describeRest'
  | 'explain'
  | 'ping'
  | 'findWriteProblem'
  | 'inconsistencies'
>;

/** What the HTTP side needs of the engine around it. */
export interface HttpServerOptions {
  readonly engine: ServedEngine;
  readonly authenticate: Authenticate;
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The built console; without it `/console` does not exist. */
  readonly consoleFiles?: ConsoleFiles;
}

/** The engine's HTTP and WebSocket server. */
export interface HttpServer {
  readonly server: Server;
  /** Starts to listen; answers the port. */
  listen(port: number, host: string): Promise<number>;
  /** Sends every WebSocket client away to come back at once, since what it was told of the schema is over. */
  restartWebSockets(): void;
  /** Takes no more requests, lets running ones end within the time, then closes every connection. */
  close(graceMs?: number): Promise<void>;
}

// An import would read every name that the module exports, and with them Node's own HTTP client: a tenth of a start.
const { createServer } = process.getBuiltinModule('node:http');

const CONFIG_PATHS: ReadonlySet<string> = new Set(['/v1/config', '/v1alpha1/config']);

/**
 * Connections that may wait to be taken while the process is busy. Node's own 511 is less than a burst of a thousand
 * callers, and the kernel resets what it cannot keep; it lowers this to its own limit (`net.core.somaxconn`).
 */
const BACKLOG = 4096;
const DEFAULT_GRACE_MS = 10_000;

const SERVER_OPTIONS = {
  keepAliveTimeout: 65_000,
  requestTimeout: 120_000,
  // Tokens with many claims do not fit into Node's own 16 KiB.
  maxHeaderSize: 64 * 1024,
  // Whatever else a client offers to speak, such as Java's h2c, it is answered in HTTP as if it had not.
  shouldUpgradeCallback: opensWebSocket,
};

/** Makes the server; it takes requests once told to listen. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { config, metrics } = options;
  const cors = createCorsPolicy(config);
  const trustsProxy = trustProxies(config.trustedProxies);
  const tell = (error: Error): void => options.log.event('internal', 'error', { stack: error.stack });
  const serve = (request: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    const context = readRequestContext(request, trustsProxy);
    response.setHeader('x-request-id', context.requestId);
    if (applyCors(cors, request, response)) return undefined;
    const entry: HttpLogEntry = {
      requestId: context.requestId,
      ip: context.ip,
      mode: 'non-graphql',
      started: performance.now(),
    };
    return route(options, request, response, context, entry).catch((thrown: unknown) =>
      fail(options, request, response, entry, thrown),
    );
  };
  const server = createServer(
    SERVER_OPTIONS,
    guarded((request: IncomingMessage, response: ServerResponse) => {
      const failOwn = (error: Error): void => {
        response.destroy();
        tell(error);
      };
      request.on('error', heardElsewhere);
      response.on('error', heardElsewhere);
      guarded(serve, failOwn)(request, response);
    }, tell),
  );
  // Before anything else looks at a socket, and for as long as it lives: whether it is kept alive, upgraded, or refused.
  server.on(
    'connection',
    guarded((socket) => {
      socket.on('error', heardElsewhere);
      metrics.httpConnections.inc();
      socket.once(
        'close',
        guarded(() => metrics.httpConnections.dec(), tell),
      );
    }, tell),
  );
  const webSockets = attachWebSockets(server, { ...options, cors, trustsProxy });
  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host, backlog: BACKLOG }, () => {
          server.off('error', reject);
          // Such as a connection that cannot be taken because all file handles are in use.
          server.on('error', guarded(tell, heardElsewhere));
          resolve((server.address() as AddressInfo).port);
        });
      }),
    restartWebSockets: () => webSockets.restart('The metadata has changed'),
    async close(graceMs = DEFAULT_GRACE_MS) {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      webSockets.close();
      // A kept-alive connection becomes idle only once its running request has been answered.
      const sweep = setInterval(
        guarded(() => server.closeIdleConnections(), tell),
        20,
      );
      const timer = setTimeout(
        guarded(() => server.closeAllConnections(), tell),
        graceMs,
      );
      await closed;
      clearInterval(sweep);
      clearTimeout(timer);
    },
  };
}

async function route(
  options: HttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  context: ReturnType<typeof readRequestContext>,
  entry: HttpLogEntry,
): Promise<void> {
  const { enabledApis } = options.config;
  // Nearly every request, so it does not wait for its address to be taken apart.
  if (request.url === '/v1/graphql' && request.method === 'POST' && enabledApis.has('graphql')) {
    return serveGraphQL(options, request, response, context, 'graphql');
  }
  const url = readUrl(request.url ?? '/');
  if (url === null) throw new EngineError('bad-request', 'the path of the request is not a path');
  const isGet = request.method === 'GET' || request.method === 'HEAD';
  const isPost = request.method === 'POST';
  if (enabledApis.has('graphql')) {
    if (isPost && url.pathname === '/v1/graphql') {
      return serveGraphQL(options, request, response, context, 'graphql');
    }
    if (isPost && url.pathname === '/v1alpha1/graphql') {
      return serveGraphQL(options, request, response, context, 'legacy');
    }
    if (isRestPath(url.pathname)) {
      await serveRest(options, request, response, url, context, entry);
      return logRequest(options.log, request, { ...entry, status: 200 });
    }
  }
  if (enabledApis.has('metadata')) {
    if (isPost && METADATA_PATHS.has(url.pathname)) {
      await serveMetadata(options, request, response, context, entry);
      return logRequest(options.log, request, { ...entry, status: 200 });
    }
    if (isPost && url.pathname === '/v1/graphql/explain') {
      await serveExplain(options, request, response, context, entry);
      return logRequest(options.log, request, { ...entry, status: 200 });
    }
    if (url.pathname === '/v1alpha1/pg_dump') {
      throw new EngineError(
        'not-supported',
        'this engine makes no dumps: run pg_dump against the database itself',
      );
    }
    if (isGet && url.pathname === '/api/swagger/json') {
      return serveOpenApi(options, response, context, entry);
    }
  }
  if (enabledApis.has('config') && isGet && CONFIG_PATHS.has(url.pathname)) {
    return serveConfig(options, response, context);
  }
  if (isGet && url.pathname === '/healthz') {
    return serveHealth(options.engine, response, url.searchParams.get('strict') === 'true');
  }
  if (isGet && url.pathname === '/v1/version') {
    return void sendJson(response, 200, JSON.stringify({ server_type: 'ce', version: HASURA_VERSION }));
  }
  if (enabledApis.has('metrics') && isGet && url.pathname === '/metrics')
    return serveMetrics(options, context.headers, response);
  if (isGet && options.consoleFiles !== undefined) {
    if (url.pathname === '/') return void response.writeHead(302, { location: '/console' }).end();
    if (url.pathname === '/console/settings.json') {
      const hasAdminSecret = options.config.adminSecrets.length > 0;
      return void sendJson(response, 200, JSON.stringify({ hasAdminSecret }));
    }
    const page = /^\/console(\/.*)?$/.exec(url.pathname);
    if (page && (await serveConsole(await options.consoleFiles.prepare(), page[1] ?? '/', response))) return;
  }
  throw new EngineError('not-found', 'resource does not exist', { status: 404 });
}

/** Prometheus' page; behind `HASURA_GRAPHQL_METRICS_SECRET` where one is set. */
async function serveMetrics(
  { config, metrics }: HttpServerOptions,
  headers: Readonly<Record<string, string>>,
  response: ServerResponse,
): Promise<void> {
  if (config.metricsSecret !== null) {
    const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(hash(given), hash(config.metricsSecret))) {
      throw new EngineError('access-denied', 'invalid metrics secret', { status: 401 });
    }
  }
  const { contentType, text } = await metrics.page();
  send(response, 200, contentType, text);
}

/** Answers what a route could not: a JSON error with its status. */
function fail(
  { config, log }: HttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  entry: HttpLogEntry,
  thrown: unknown,
): void {
  const error = asEngineError(thrown);
  if (error !== thrown) {
    const stack = thrown instanceof Error ? thrown.stack : String(thrown);
    log.event('internal', 'error', { request_id: entry.requestId, stack });
  }
  entry.error = error;
  entry.status = error.status;
  logRequest(log, request, entry);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What was not read of a body that is refused must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  const body = toApiError(error, showsInternal(config, entry.session ?? null));
  sendJson(response, error.status, JSON.stringify(body));
}
