import type { GraphQLFormattedError } from 'graphql';
import { createContext, useContext } from 'react';
import { areRefusals, UnknownOutcome } from '../errors/outcome.ts';
import type { TypedDocumentString } from '../gql/graphql.ts';
import type { Session } from '../session/session.ts';

/**
 * The codes with which Hasura turns a token away, and a handler someone who was disabled since they got it. Either way
 * nothing was done, and asking for a new token brings the sign-in page if there is none to be had.
 */
export const REFUSED_TOKEN: ReadonlySet<string> = new Set(['invalid-jwt', 'invalid-headers', 'UNAUTHORIZED']);

/** The server answered, and said no. */
export class GraphQLRefusal extends Error {
  readonly graphQLErrors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'The server refused this.');
    this.name = 'GraphQLRefusal';
    this.graphQLErrors = errors;
  }
}

/** Something between us and the server answered instead of it. */
export class HttpFailure extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.name = 'HttpFailure';
    this.status = status;
  }
}

interface Sent<Data, Variables> {
  readonly variables: Variables;
  readonly signal?: AbortSignal;
  readonly document: TypedDocumentString<Data, Variables>;
}

/** Sends typed operations; every answer is fresh, caching is react-query's. */
export interface GraphQLClient {
  /**
   * Resolves to `data`; rejects with GraphQLRefusal, HttpFailure, or what `fetch` throws when nothing answers. A mutation
   * that was sent and not clearly refused rejects with UnknownOutcome.
   */
  run<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data>;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** How long, in ms, an answer is waited for. The engine gives up on a handler before. */
const PATIENCE = 45_000;

const NAMED = /^\s*(?:query|mutation|subscription)\s+(\w+)/;

async function post<Data, Variables>(
  token: string,
  { document, variables, signal }: Sent<Data, Variables>,
): Promise<Answer<Data>> {
  const response = await fetch('/v1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      operationName: NAMED.exec(String(document))?.[1],
      query: String(document),
      variables,
    }),
    signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]),
  });
  const body = (await response.json().catch(() => undefined)) as Answer<Data> | undefined;
  if (!body || (!body.data && !body.errors)) throw new HttpFailure(response.status);
  return body;
}

function isTokenRefused({ errors }: Answer<unknown>): boolean {
  return errors?.some(({ extensions }) => REFUSED_TOKEN.has(String(extensions?.code))) ?? false;
}

/** A mutation: once it is on its way, only a clear answer tells that it was not done. */
async function postChange<Data, Variables>(
  token: string,
  sent: Sent<Data, Variables>,
): Promise<Answer<Data>> {
  // What cannot be sent changes nothing.
  if (!navigator.onLine) return post(token, sent);
  const answer = await post(token, sent).catch((error: unknown) => {
    throw new UnknownOutcome(error);
  });
  if (answer.errors?.length && !areRefusals(answer.errors)) {
    throw new UnknownOutcome(new GraphQLRefusal(answer.errors));
  }
  return answer;
}

/**
 * The console's own client: every call carries a token that is still good, and a call whose token was refused all the
 * same (keys rotated, a clock off) is sent once more with a new one. It knows no schema and weighs next to nothing, so
 * that the queue does not wait for what only generated lists need.
 */
export function createGraphQLClient(session: Session): GraphQLClient {
  return {
    run: async (document, variables, signal) => {
      const sent = { document, variables, ...(signal && { signal }) };
      const send = /^\s*mutation\b/.test(String(document)) ? postChange : post;
      const token = await session.getAccessToken();
      let answer = await send(token, sent);
      if (isTokenRefused(answer)) answer = await send(await session.replaceAccessToken(token), sent);
      if (answer.errors && answer.errors.length > 0) throw new GraphQLRefusal(answer.errors);
      if (!answer.data) throw new HttpFailure(200);
      return answer.data;
    },
  };
}

/** The client for what goes beyond react-admin's data provider. */
export const GraphQLClientContext = createContext<GraphQLClient | undefined>(undefined);

/** The client of the console around this component. */
export function useGraphQLClient(): GraphQLClient {
  const client = useContext(GraphQLClientContext);
  if (!client) throw new Error('useGraphQLClient needs a GraphQLClientContext around it');
  return client;
}
