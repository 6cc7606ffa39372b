import { ApolloClient, ApolloLink, fromPromise, HttpLink, InMemoryCache } from '@apollo/client';
import { setContext } from '@apollo/client/link/context';
import { onError } from '@apollo/client/link/error';
import type { Session } from '../session/session.ts';
import { REFUSED_TOKEN } from './graphql-client.ts';

function bearer(token: string): { readonly headers: { readonly authorization: string } } {
  return { headers: { authorization: `Bearer ${token}` } };
}

/**
 * The HTTP client under ra-data-hasura: every call carries a token that is still good, and a call whose token was refused all the
 * same (keys rotated, a clock off) is sent once more with a new one. It caches nothing, react-query does that.
 */
export function createApolloClient(session: Session): ApolloClient<object> {
  const authorize = setContext(async (_operation, context) => {
    const token = (context.replacementToken as string | undefined) ?? (await session.getAccessToken());
    return { ...bearer(token), sentToken: token };
  });

  const replaceRefusedToken = onError(({ graphQLErrors, operation, forward }) => {
    const refused = graphQLErrors?.some((error) => REFUSED_TOKEN.has(String(error.extensions?.code)));
    const { sentToken, replacementToken } = operation.getContext();
    if (!refused || !sentToken || replacementToken) return;
    return fromPromise(session.replaceAccessToken(sentToken)).flatMap((token) => {
      operation.setContext((context: Record<string, unknown>) => ({ ...context, replacementToken: token }));
      return forward(operation);
    });
  });

  return new ApolloClient({
    link: ApolloLink.from([replaceRefusedToken, authorize, new HttpLink({ uri: '/v1/graphql' })]),
    cache: new InMemoryCache(),
    defaultOptions: {
      query: { fetchPolicy: 'no-cache' },
      mutate: { fetchPolicy: 'no-cache' },
    },
  });
}
