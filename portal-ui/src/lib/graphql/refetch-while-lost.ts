import type { ApolloClient } from '@apollo/client';
import type { ConnectionStore } from './connection-store.ts';

const every = 20_000;

/**
 * Asks again now and then for what the page shows while the live line is down, since some networks let no socket
 * through at all. The returned function ends it.
 */
export function refetchWhileLost(
  client: Pick<ApolloClient, 'refetchQueries'>,
  connection: Pick<ConnectionStore, 'state'>,
): () => void {
  const timer = setInterval(() => {
    if (connection.state() !== 'lost' || document.hidden) return;
    // What fails is asked for once more the next time; the page has the last answer until then.
    client.refetchQueries({ include: 'active' }).catch(() => undefined);
  }, every);
  return () => clearInterval(timer);
}
