import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { RetryLink } from '@apollo/client/link/retry';
import { from, mergeMap } from 'rxjs';
import type { SessionStore } from '../../session/session-store.ts';
import type { ConnectionStore } from './connection-store.ts';
import { createLiveClient, createLiveLink } from './live-link.ts';
import { toProblem } from './problem.ts';

const answerTimeout = 20_000;
const mostTries = 4;

/** A list is what the last answer said, also when that is nothing. */
const replaced = { merge: false } as const;

/** How rows are told apart in the cache, where it is not by `id`. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      tiers: { keyFields: ['level'] },
      feature_flags: { keyFields: ['key'] },
      tier_review_time: { keyFields: false },
      // A request that some list has brought along need not be fetched again by its id.
      query_root: {
        queryType: true,
        fields: {
          tier_upgrade_requests_by_pk: {
            read: (existing, { args, toReference }) =>
              // Null is an answer as well: there is no such request.
              existing === undefined
                ? toReference({ __typename: 'tier_upgrade_requests', id: args?.id })
                : existing,
          },
        },
      },
      mutation_root: { mutationType: true },
      subscription_root: {
        subscriptionType: true,
        fields: { feature_flags: replaced, notifications: replaced },
      },
      vendors: {
        fields: {
          requests: replaced,
          locations: replaced,
          requests_aggregate: { merge: true },
          locations_aggregate: { merge: true },
        },
      },
    },
  });
}

function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const late = AbortSignal.timeout(answerTimeout);
  return fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, late]) : late });
}

/** Queries and mutations over HTTP, subscriptions over the live socket, all with the token of the session. */
export function createApolloClient(session: SessionStore, connection: ConnectionStore): ApolloClient {
  // A token refused in spite of its age (keys rotated, a clock far off) is renewed once, and the call made again.
  const renewRefused = new ErrorLink(({ error, operation, forward }) => {
    const { token } = operation.getContext();
    if (typeof token !== 'string' || toProblem(error).code !== 'UNAUTHORIZED') return undefined;
    return from(session.renew(token)).pipe(mergeMap(() => forward(operation)));
  });
  const withToken = new SetContextLink(async ({ headers }) => {
    const token = await session.accessToken();
    return { token, headers: { ...headers, Authorization: `Bearer ${token}` } };
  });
  // Asking twice is harmless for a query only; what became of a lost mutation is for its own hook to find out.
  const retryQueries = new RetryLink({
    delay: { initial: 400, max: 4_000, jitter: true },
    attempts: (count, operation, error) =>
      count < mostTries && operation.operationType === 'query' && toProblem(error).code === 'NETWORK',
  });
  const http = ApolloLink.from([
    renewRefused,
    retryQueries,
    withToken,
    new HttpLink({ uri: '/v1/graphql', fetch: fetchInTime }),
  ]);
  const live = createLiveLink(createLiveClient(session, connection), session);
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.split(({ operationType }) => operationType === 'subscription', live, http),
  });
}
