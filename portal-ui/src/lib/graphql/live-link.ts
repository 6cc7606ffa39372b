import { ApolloLink, Observable } from '@apollo/client';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { defer, fromEvent, merge, mergeMap, repeat, retry, take, timer } from 'rxjs';
import type { SessionStore } from '../../session/session-store.ts';
import type { ConnectionStore } from './connection-store.ts';

const pingEvery = 12_000;
const pongWithin = 5_000;
const welcomeWithin = 10_000;
const firstPause = 500;
const longestPause = 20_000;

/** The socket of a tab, and the token it was opened with last. */
export interface LiveClient {
  readonly client: Pick<Client, 'subscribe'>;
  readonly token: () => string | undefined;
}

/** The socket of a tab: opened with the first subscription, closed with the last, with a token that is good. */
export function createLiveClient(session: SessionStore, connection: ConnectionStore): LiveClient {
  let token: string | undefined;
  const url = new URL('/v1/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const client: Client = createClient({
    url: url.href,
    connectionParams: async () => {
      token = await session.accessToken();
      return { headers: { Authorization: `Bearer ${token}` } };
    },
    // The link below tries again, in one place and for every reason there is.
    retryAttempts: 0,
    // A proxy may open the socket and lead nowhere; only what is welcomed is pinged.
    connectionAckWaitTimeout: welcomeWithin,
    keepAlive: pingEvery,
    on: {
      connected: connection.socketOpened,
      closed() {
        clearTimeout(deadline);
        connection.socketClosed();
      },
      // A line that died without a word (a lid closed, a train in a tunnel) is found out by asking.
      ping(received) {
        if (!received) deadline = setTimeout(() => client.terminate(), pongWithin);
      },
      pong(received) {
        if (received) clearTimeout(deadline);
      },
    },
  });
  return { client, token: () => token };
}

/** Codes with which a server refuses the token that a connection was opened with. */
function isTokenRefused(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 4400 || code === 4401 || code === 4403;
}

/** Waits longer after each failure in a row, with some chance in it, and not at all once the browser is back online. */
function pauseAfter(failures: number) {
  const longest = Math.min(longestPause, firstPause * 2 ** failures);
  return merge(timer(longest / 2 + (Math.random() * longest) / 2), fromEvent(window, 'online')).pipe(take(1));
}

/**
 * Subscriptions that never give up. A live query begins with the state of now, so each new start also catches up on
 * whatever was missed. A server may also simply complete a subscription whose token ran out; that is no end either.
 */
export function createLiveLink({ client, token }: LiveClient, session: SessionStore): ApolloLink {
  return new ApolloLink(({ query, variables, operationName, extensions }) =>
    new Observable<ApolloLink.Result>((observer) =>
      client.subscribe(
        { query: print(query), variables, operationName, extensions },
        {
          next: (result) => observer.next(result as ApolloLink.Result),
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        },
      ),
    ).pipe(
      retry({
        resetOnSuccess: true,
        delay: (error, failures) =>
          defer(async () => {
            const refused = isTokenRefused(error) ? token() : undefined;
            // A token that merely ran out was replaced long before; one refused in spite of its age is replaced now.
            // No answer to that is one more failure of the line, which the pause is for.
            if (refused !== undefined) await session.renew(refused).catch(() => undefined);
          }).pipe(mergeMap(() => pauseAfter(failures))),
      }),
      repeat({ delay: (times) => pauseAfter(Math.min(times, 3)) }),
    ),
  );
}
