import type { ApolloClient } from '@apollo/client';
import { type DataProvider, HttpError, type Identifier } from 'ra-core';
import { buildFields, buildVariables } from 'ra-data-hasura';
import { ApproveRequestDocument, RejectRequestDocument } from '../gql/graphql.ts';
import { isUuid, readQueueFilter, readSort, toConditions } from './filters.ts';
import { buildHasuraProvider } from './hasura-provider.ts';
import { nestedFields } from './nested-fields.ts';

/** What the server says after a decision. */
export interface DecisionAnswer {
  readonly message: string;
}

/** Reads of react-admin, and the two decisions. Nothing else writes: there is no create, update or delete. */
export interface ConsoleDataProvider extends DataProvider {
  approve(id: Identifier, notes?: string): Promise<DecisionAnswer>;
  reject(id: Identifier, reason: string, notes?: string): Promise<DecisionAnswer>;
}

type HasuraProvider = ReturnType<typeof buildHasuraProvider>;

/** Rows with equal times keep their places from page to page when the id settles the order. */
function withStableOrder(orderBy: unknown, direction: string): unknown {
  const list = Array.isArray(orderBy) ? orderBy : orderBy ? [orderBy] : [];
  return [...list, { id: direction.toLowerCase() }];
}

function createHasuraProvider(client: ApolloClient<object>): HasuraProvider {
  const buildConsoleVariables: typeof buildVariables =
    (introspection) => (resource, fetchType, params, queryType) => {
      if (resource.type.name !== 'tier_upgrade_requests' || fetchType !== 'GET_LIST') {
        return buildVariables(introspection)(resource, fetchType, params, queryType);
      }
      const sort = readSort(params.sort);
      const variables = buildVariables(introspection)(
        resource,
        fetchType,
        { ...params, sort, filter: {}, customFilters: toConditions(readQueueFilter(params.filter)) },
        queryType,
      );
      return { ...variables, order_by: withStableOrder(variables.order_by, sort.order) };
    };
  return buildHasuraProvider(
    { client: client as ApolloClient<unknown>, query: () => ({ fetchPolicy: 'no-cache' }) },
    {
      buildFields: (type, fetchType) => [
        ...buildFields(type, fetchType),
        ...nestedFields(type.name, fetchType),
      ],
    },
    buildConsoleVariables,
  );
}

function refuse(verb: string): () => Promise<never> {
  return () =>
    Promise.reject(new Error(`The review console has no "${verb}": requests change by decisions only.`));
}

/** The data provider of the console. */
export function createDataProvider(client: ApolloClient<object>): ConsoleDataProvider {
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
    approve: async (id, notes) => {
      const { data } = await client.mutate({
        mutation: ApproveRequestDocument,
        variables: { requestId: String(id), adminNotes: notes || null },
      });
      if (!data) throw new Error('The server answered with nothing.');
      return data.approveTierUpgradeRequest;
    },
    reject: async (id, reason, notes) => {
      const { data } = await client.mutate({
        mutation: RejectRequestDocument,
        variables: { requestId: String(id), rejectionReason: reason, adminNotes: notes || null },
      });
      if (!data) throw new Error('The server answered with nothing.');
      return data.rejectTierUpgradeRequest;
    },
    create: refuse('create'),
    update: refuse('update'),
    updateMany: refuse('update'),
    delete: refuse('delete'),
    deleteMany: refuse('delete'),
  };
}
