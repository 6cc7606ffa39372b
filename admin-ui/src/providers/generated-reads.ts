import type { ApolloClient } from '@apollo/client';
import { type ArgumentNode, type FieldNode, Kind } from 'graphql';
import { type DataProvider, HttpError } from 'ra-core';
import { buildFields, buildMetaArgs } from 'ra-data-hasura';
import type { Session } from '../session/session.ts';
import { createApolloClient } from './apollo-client.ts';
import { COUNT_LIMIT } from './count-limit.ts';
import { isUuid } from './filters.ts';
import { buildHasuraProvider } from './hasura-provider.ts';
import { nestedFields } from './nested-fields.ts';

type HasuraProvider = ReturnType<typeof buildHasuraProvider>;

/** One row more than is ever counted tells that there are more. */
const countLimit: readonly ArgumentNode[] = [
  {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'limit' },
    value: { kind: Kind.INT, value: String(COUNT_LIMIT + 1) },
  },
];

/** What is computed to be searched is of no use on a screen. */
function isForSearch(field: FieldNode): boolean {
  return field.name.value.startsWith('search_');
}

function createHasuraProvider(client: ApolloClient<object>): HasuraProvider {
  return buildHasuraProvider(
    { client: client as ApolloClient<unknown>, query: () => ({ fetchPolicy: 'no-cache' }) },
    {
      buildFields: (type, fetchType) => [
        ...buildFields(type, fetchType).filter((field) => !isForSearch(field)),
        ...nestedFields(type.name, fetchType),
      ],
      buildMetaArgs: (query, variables, fetchType) => [
        ...buildMetaArgs(query, variables, fetchType),
        ...countLimit,
      ],
    },
  );
}

/** Reads of any tracked table, written by ra-data-hasura from one introspection of the schema. */
export function createGeneratedReads(session: Session): DataProvider {
  const client = createApolloClient(session);
  let provider: HasuraProvider | undefined;
  /** ra-data-graphql keeps a failed introspection for good; a fresh provider asks again. */
  async function ready(): Promise<HasuraProvider> {
    provider ??= createHasuraProvider(client);
    const current = provider;
    try {
      await current.getIntrospection();
      return current;
    } catch (error) {
      if (provider === current) provider = undefined;
      throw error;
    }
  }
  const never = () => Promise.reject(new Error('Generated reads do not write.'));
  return {
    getList: async (resource, params) => (await ready()).getList(resource, params),
    getMany: async (resource, params) => (await ready()).getMany(resource, params),
    getManyReference: async (resource, params) => (await ready()).getManyReference(resource, params),
    getOne: async (resource, params) => {
      if (!isUuid(String(params.id))) throw new HttpError('Not found', 404);
      const answer = await (await ready()).getOne(resource, params);
      if (!answer.data?.id) throw new HttpError('Not found', 404);
      return answer;
    },
    create: never,
    update: never,
    updateMany: never,
    delete: never,
    deleteMany: never,
  };
}
