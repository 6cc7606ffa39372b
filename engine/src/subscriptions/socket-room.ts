import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { DEPRECATED_GRAPHQL_WS_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../config.ts';
import { guarded } from '../guarded.ts';
import { addressGroup } from '../guards/client-key.ts';
import { AddressCounter } from './address-counter.ts';
import { Connection, type ConnectionDeps, UNKNOWN_ROLE, type WebSocketClient } from './connection.ts';
import { selectProtocol } from './protocols.ts';
import { Turns } from './turns.ts';

/** What a room needs beside what each connection does. */
export interface SocketRoomDeps extends Omit<ConnectionDeps, 'counter' | 'turns'> {
  readonly config: ConnectionDeps['config'] & Pick<Config, 'maxBodyBytes' | 'webSocketKeepAliveSeconds'>;
}

/** The open sockets of a server. */
export interface SocketRoom {
  /** Answers an upgrade that may take place, from a client at a path. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, path: string, client: WebSocketClient): void;
  /** Whether so many sockets of the client's address have not said yet who they are that no more may come. */
  isCrowded(client: WebSocketClient): boolean;
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
  /** Bytes that the client had not taken in the last round. */
  untaken: number;
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
  const counter = new AddressCounter();
  const turns = new Turns();
  const tell = (error: Error): void => deps.log.event('internal', 'error', { stack: error.stack });

  const lookAfter = (webSocket: WebSocket, entry: Entry): void => {
    // Whom we do not listen to cannot answer; they are there as long as they take what they were sent.
    const takes = entry.connection.isWaitingForClient && webSocket.bufferedAmount < entry.untaken;
    entry.silentRounds = takes ? 0 : entry.silentRounds + 1;
    entry.untaken = webSocket.bufferedAmount;
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
        const protocol = selectProtocol(webSocket.protocol, path);
        const connection = new Connection(webSocket, protocol, client, { ...deps, counter, turns });
        const entry: Entry = { connection, silentRounds: 0, untaken: 0 };
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
    isCrowded: ({ ip }) =>
      counter.of(addressGroup(ip), UNKNOWN_ROLE) >= deps.config.bounds.fallback.socketsPerAddress,
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
