import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../config.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { type CorsPolicy, isSameOrigin } from '../http/cors.ts';
import { flattenHeaders, readClientIp, type TrustsProxy } from '../http/request-context.ts';
import type { SocketRoom, SocketRoomDeps } from './socket-room.ts';

/** What WebSockets need beside what each connection does. */
export interface WebSocketDeps extends SocketRoomDeps {
  readonly config: SocketRoomDeps['config'] & Pick<Config, 'enabledApis' | 'readsCookieWithoutCors'>;
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
/** Headers of the upgrade itself, which mean nothing to an operation. */
const UPGRADE_HEADERS = /^(sec-websocket-.*|upgrade|connection|content-length)$/;

/** Whether a request asks for a WebSocket, which nothing but a GET can. Source: RFC 6455, section 4.1. */
export function opensWebSocket({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  const offered = headers.upgrade?.split(',') ?? [];
  return method === 'GET' && offered.some((protocol) => protocol.trim().toLowerCase() === 'websocket');
}

/** Lets an HTTP server speak GraphQL over WebSockets. What that takes is loaded with the first of them. */
export function attachWebSockets(server: Server, deps: WebSocketDeps): WebSockets {
  let room: SocketRoom | undefined;
  let isClosed = false;
  const openRoom = async (): Promise<SocketRoom> => {
    const { createSocketRoom } = await import('./socket-room.ts');
    room ??= createSocketRoom(deps);
    return room;
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
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
    const client = { headers, ip: readClientIp(request, deps.trustsProxy) };
    const { accept, isCrowded } = room ?? (await openRoom());
    if (isClosed) socket.destroy();
    else if (isCrowded(client)) {
      refuse(
        socket,
        429,
        'socket-limit-exceeded',
        'too many new sockets at this address: wait for those to begin',
      );
    } else accept(request, socket, head, path, client);
  };
  server.on(
    'upgrade',
    guarded((request, socket, head) => {
      const failOwn = (error: Error): void => {
        deps.log.event('internal', 'error', { stack: error.stack });
        refuse(socket, 500, 'unexpected', 'internal error');
      };
      guarded(upgrade, failOwn)(request, socket, head);
    }, heardElsewhere),
  );

  return {
    restart: (reason) => room?.restart(reason),
    close() {
      isClosed = true;
      room?.stop();
      room?.restart('Server is restarting');
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

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** Answers instead of upgrading. The other side may keep its half of the connection open for ever; ours ends it whole. */
function refuse(socket: Duplex, status: number, code: string, message: string): void {
  const body = JSON.stringify({ path: '$', error: message, code });
  socket.once(
    'finish',
    guarded(() => socket.destroy(), heardElsewhere),
  );
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status]}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
