import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { DEPRECATED_GRAPHQL_WS_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../config.ts';
import { type CorsPolicy, isSameOrigin } from '../http/cors.ts';
import { flattenHeaders, readClientIp, type TrustsProxy } from '../http/request-context.ts';
import { Connection, type ConnectionDeps } from './connection.ts';
import { selectProtocol } from './protocols.ts';

/** What WebSockets need beside what each connection does. */
export interface WebSocketDeps extends ConnectionDeps {
  readonly config: ConnectionDeps['config'] &
    Pick<Config, 'maxBodyBytes' | 'enabledApis' | 'webSocketKeepAliveSeconds' | 'readsCookieWithoutCors'>;
  readonly cors: CorsPolicy;
  readonly trustsProxy: TrustsProxy;
}

/** The open sockets of a server. */
export interface WebSockets {
  /** Closes every socket with the code that tells clients to come back. */
  restart(reason: string): void;
  /** The same for good: there is nothing to come back to. */
  close(): void;
}

const PATHS: ReadonlySet<string> = new Set(['/v1/graphql', '/v1alpha1/graphql']);
const SERVICE_RESTART = 1012;
/** Headers of the upgrade itself, which mean nothing to an operation. */
const UPGRADE_HEADERS = /^(sec-websocket-.*|upgrade|connection|content-length)$/;
/** A client that has not answered a ping for this many rounds is gone. */
const SILENT_ROUNDS = 6;
const CLOSE_TIMEOUT_MS = 1000;

/** Lets an HTTP server speak GraphQL over WebSockets. */
export function attachWebSockets(server: Server, deps: WebSocketDeps): WebSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: deps.config.maxBodyBytes,
    handleProtocols: (offered) =>
      [GRAPHQL_TRANSPORT_WS_PROTOCOL, DEPRECATED_GRAPHQL_WS_PROTOCOL].find((name) => offered.has(name)) ??
      false,
  });
  const connections = new Map<WebSocket, { connection: Connection; silentRounds: number }>();

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!PATHS.has(path) || !deps.config.enabledApis.has('graphql'))
      return refuse(socket, 404, 'not-found', 'resource does not exist');
    const headers = readUpgradeHeaders(request, deps);
    if (headers === null) {
      return refuse(
        socket,
        400,
        'access-denied',
        'received origin header does not match configured CORS domains',
      );
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const client = { headers, ip: readClientIp(request, deps.trustsProxy) };
      const connection = new Connection(webSocket, selectProtocol(webSocket.protocol, path), client, deps);
      const entry = { connection, silentRounds: 0 };
      connections.set(webSocket, entry);
      deps.metrics.webSocketConnections.inc();
      webSocket.on('pong', () => {
        entry.silentRounds = 0;
      });
      webSocket.on('close', () => {
        connections.delete(webSocket);
        deps.metrics.webSocketConnections.dec();
      });
    });
  });

  // One timer for all of them, however many there are.
  const timer = setInterval(() => {
    for (const [webSocket, entry] of connections) {
      entry.silentRounds += 1;
      if (entry.silentRounds > SILENT_ROUNDS) webSocket.terminate();
      else {
        webSocket.ping();
        entry.connection.keepAlive();
      }
    }
  }, deps.config.webSocketKeepAliveSeconds * 1000);
  timer.unref();

  const restart = (reason: string): void => {
    const closing = [...connections];
    for (const [, { connection }] of closing) connection.close({ code: SERVICE_RESTART, reason });
    // A client that does not answer the close must not hold anything up.
    setTimeout(() => {
      for (const [webSocket] of closing) webSocket.terminate();
    }, CLOSE_TIMEOUT_MS).unref();
  };
  return {
    restart,
    close() {
      clearInterval(timer);
      restart('Server is restarting');
    },
  };
}

/**
 * The headers of an upgrade that operations may see; null when its origin may not connect. Browsers send
 * cookies to any origin's socket, so a cookie counts only where the origin has been checked.
 */
function readUpgradeHeaders(request: IncomingMessage, deps: WebSocketDeps): Record<string, string> | null {
  const { origin } = request.headers;
  if (deps.cors.isEnabled && origin !== undefined && !deps.cors.isAllowed(origin) && !isSameOrigin(request)) {
    return null;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(flattenHeaders(request.headers))) {
    if (!UPGRADE_HEADERS.test(name)) headers[name] = value;
  }
  if (!deps.cors.isEnabled && !deps.config.readsCookieWithoutCors) delete headers.cookie;
  return headers;
}

function refuse(socket: Duplex, status: number, code: string, message: string): void {
  const body = JSON.stringify({ path: '$', error: message, code });
  const reason = status === 404 ? 'Not Found' : 'Bad Request';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
