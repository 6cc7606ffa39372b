import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { type Client, createClient } from 'graphql-ws';

/** How one access reaches the engine: queries over HTTP, subscriptions over one WebSocket. */
export interface Connection {
  readonly fetcher: Fetcher;
  close(): void;
}

/** Connects with the given headers to the engine that served this page. */
export function connect(headers: Record<string, string>): Connection {
  const url = new URL('/v1/graphql', window.location.href);
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const wsClient: Client = createClient({ url: socketUrl.href, lazy: true, connectionParams: { headers } });
  return {
    fetcher: createGraphiQLFetcher({ url: url.href, headers, wsClient }),
    close: () => void wsClient.dispose(),
  };
}
