import type { DataProvider, Identifier } from 'ra-core';
import {
  ApproveRequestDocument,
  BulkApproveRequestsDocument,
  BulkRejectRequestsDocument,
  RejectRequestDocument,
  RequestStatesDocument,
  type RequestStatesQuery,
} from '../gql/graphql.ts';
import type { Session } from '../session/session.ts';
import { REQUESTS } from '../upgrade-requests/types.ts';
import { createGeneratedLists } from './generated-lists.ts';
import type { GraphQLClient } from './graphql-client.ts';
import { createRequestReads } from './request-reads.ts';

/** What the server says after a decision. */
export interface DecisionAnswer {
  readonly message: string;
}

/** What became of one request of many. */
export interface BulkResult {
  readonly requestId: string;
  readonly success: boolean;
  readonly code?: string | null;
  readonly message?: string | null;
}

/** How a request stands, and who decided it. */
export type RequestState = RequestStatesQuery['tier_upgrade_requests'][number];

/** Reads of react-admin, and the decisions. Nothing else writes: there is no create, update or delete. */
export interface ConsoleDataProvider extends DataProvider {
  approve(id: Identifier, notes?: string): Promise<DecisionAnswer>;
  reject(id: Identifier, reason: string, notes?: string): Promise<DecisionAnswer>;
  /** Each request on its own; the results are in the order of the ids, of which there may be at most 100. */
  approveMany(ids: readonly string[], notes?: string): Promise<readonly BulkResult[]>;
  /** How these requests stand now, in any order; those that are gone are missing. At most 1000. */
  getStates(ids: readonly string[]): Promise<readonly RequestState[]>;
  rejectMany(ids: readonly string[], reason: string, notes?: string): Promise<readonly BulkResult[]>;
}

function refuse(verb: string): () => Promise<never> {
  return () =>
    Promise.reject(new Error(`The review console has no "${verb}": requests change by decisions only.`));
}

/**
 * The data provider of the console. Upgrade requests are read by operations of their own; every other resource is read
 * by ra-data-hasura, which is fetched when the first page needs it.
 */
export function createDataProvider(client: GraphQLClient, session: Session): ConsoleDataProvider {
  const requests = createRequestReads(client);
  let loading: Promise<DataProvider> | undefined;
  function generated(): Promise<DataProvider> {
    loading ??= import('./generated-reads.ts').then(({ createGeneratedReads }) =>
      createGeneratedReads(session),
    );
    // A chunk that could not be fetched is asked for again next time.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  }
  const readList: DataProvider['getList'] = (resource, params) =>
    generated().then((reads) => reads.getList(resource, params));
  const lists = createGeneratedLists(client, readList);
  return {
    getList: (resource, params) =>
      (resource === REQUESTS ? requests.getList(params) : lists(resource, params)) as Promise<never>,
    getOne: (resource, params) =>
      resource === REQUESTS
        ? (requests.getOne(String(params.id)) as Promise<never>)
        : generated().then((reads) => reads.getOne(resource, params)),
    getMany: (resource, params) => generated().then((reads) => reads.getMany(resource, params)),
    getManyReference: (resource, params) =>
      generated().then((reads) => reads.getManyReference(resource, params)),
    approve: async (id, notes) => {
      const variables = { requestId: String(id), adminNotes: notes || null };
      return (await client.run(ApproveRequestDocument, variables)).approveTierUpgradeRequest;
    },
    reject: async (id, reason, notes) => {
      const variables = { requestId: String(id), rejectionReason: reason, adminNotes: notes || null };
      return (await client.run(RejectRequestDocument, variables)).rejectTierUpgradeRequest;
    },
    approveMany: async (ids, notes) => {
      const variables = { requestIds: [...ids], adminNotes: notes || null };
      return (await client.run(BulkApproveRequestsDocument, variables)).bulkApproveTierUpgradeRequests
        .results;
    },
    rejectMany: async (ids, reason, notes) => {
      const variables = { requestIds: [...ids], rejectionReason: reason, adminNotes: notes || null };
      return (await client.run(BulkRejectRequestsDocument, variables)).bulkRejectTierUpgradeRequests.results;
    },
    getStates: async (ids) =>
      (await client.run(RequestStatesDocument, { ids: [...ids] })).tier_upgrade_requests,
    create: refuse('create'),
    update: refuse('update'),
    updateMany: refuse('update'),
    delete: refuse('delete'),
    deleteMany: refuse('delete'),
  };
}
