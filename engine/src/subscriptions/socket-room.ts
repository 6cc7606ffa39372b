import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { DEPRECATED_GRAPHQL_WS_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../config.ts';
import { guarded } from '../guarded.ts';
import { Connection, type ConnectionDeps, type WebSocketClient } from './connection.ts';
import { selectProtocol } from './protocols.ts';

/** What a room needs beside what each connection does. */
export interface SocketRoomDeps extends ConnectionDeps {
  readonly config: ConnectionDeps['config'] & Pick<Config, 'maxBodyBytes' | 'webSocketKeepAliveSeconds'>;
}

/** The open sockets of a server. */
export interface SocketRoom {
  /** Answers an upgrade that may take place, from a client at a path. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, path: string, client: WebSocketClient): void;
  /** Closes every socket with the code that tells clients to come back. */
  restart(reason: string): void;
  /** No more rounds of pings. */
  stop(): void;
}

const SERVICE_RESTART = 1012;
/** A client that has not answered a ping for this many rounds is gone. */
const SILENT_ROUNDS = 6;
const CLOSE_TIMEOUT_MS = 1000;

interface Entry {
  readonly connection: Connection;
  silentRounds: number;
}

/** Opens WebSockets, hands each to a connection, and notices those whose client is gone. */
export function createSocketRoom(deps: SocketRoomDeps): SocketRoom {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: deps.config.maxBodyBytes,
    handleProtocols: (offered) =>
      [GRAPHQL_TRANSPORT_WS_PROTOCOL, DEPRECATED_GRAPHQL_WS_PROTOCOL].find((name) => offered.has(name)) ??
      false,
  });
  const connections = new Map<WebSocket, Entry>();
  const tell = (error: Error): void => deps.log.event('internal', 'error', { stack: error.stack });

  const lookAfter = (webSocket: WebSocket, entry: Entry): void => {
    entry.silentRounds += 1;
    if (entry.silentRounds > SILENT_ROUNDS) webSocket.terminate();
    else {
      webSocket.ping();
      entry.connection.keepAlive();
    }
  };
  // One timer for all of them, however many there are.
  const timer = setInterval(
    guarded(() => {
      for (const [webSocket, entry] of connections) {
        guarded(lookAfter, (error) => entry.connection.fail(error))(webSocket, entry);
      }
    }, tell),
    deps.config.webSocketKeepAliveSeconds * 1000,
  );
  timer.unref();

  return {
    accept(request, socket, head, path, client) {
      const begin = (webSocket: WebSocket): void => {
        const connection = new Connection(webSocket, selectProtocol(webSocket.protocol, path), client, deps);
        const entry = { connection, silentRounds: 0 };
        connections.set(webSocket, entry);
        deps.metrics.webSocketConnections.inc();
        webSocket.on(
          'pong',
          guarded(() => {
            entry.silentRounds = 0;
          }, connection.fail),
        );
        webSocket.on(
          'close',
          guarded(() => {
            connections.delete(webSocket);
            deps.metrics.webSocketConnections.dec();
          }, tell),
        );
      };
      const destroy = (error: Error): void => {
        tell(error);
        socket.destroy();
      };
      sockets.handleUpgrade(request, socket, head, guarded(begin, destroy));
    },
    restart(reason) {
      const closing = [...connections];
      for (const [, { connection }] of closing) connection.close({ code: SERVICE_RESTART, reason });
      // A client that does not answer the close must not hold anything up.
      const cut = guarded(() => {
        for (const [webSocket] of closing) webSocket.terminate();
      }, tell);
      setTimeout(cut, CLOSE_TIMEOUT_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
