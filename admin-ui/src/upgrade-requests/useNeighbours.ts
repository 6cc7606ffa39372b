import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useStore } from 'ra-core';
import { QueueNeighboursDocument } from '../gql/graphql.ts';
import { type QueueFilter, readQueueFilter, toConditions, vendorWords } from '../providers/filters.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';
import {
  beyondNeighbour,
  neighbourOrder,
  readSort,
  reverse,
  toOrderBy,
  usualOrder,
} from '../providers/queue-order.ts';
import { withVendorsNamed } from '../providers/vendors-named.ts';
import { type MaybeFullRequest, REQUESTS } from './types.ts';

/** The first part of the query key; live updates mark everything under it as old. */
export const NEIGHBOURS_KEY = 'queue-neighbours';

/** The requests above and below one in the queue; undefined at its ends. */
export interface Neighbours {
  readonly preceding: string | undefined;
  readonly following: string | undefined;
  /** Whether the list holds only what still waits for a decision. */
  readonly arePending: boolean;
}

interface ListParams {
  readonly filter?: unknown;
  readonly sort?: unknown;
  readonly order?: unknown;
}

const pending: QueueFilter = { status: 'pending' };

/**
 * Looks a request's neighbours up under the filter and order that the queue was left with; without any, among what is
 * pending. They are found by its place, so a request that has just been decided still has them.
 */
export function useNeighbours(request: MaybeFullRequest): Neighbours {
  const client = useGraphQLClient();
  // Where react-admin keeps a list's parameters for the way back to it.
  const [params] = useStore<ListParams | undefined>(`${REQUESTS}.listParams`);
  const filter = params?.filter ? readQueueFilter(params.filter) : pending;
  const wanted = params?.sort
    ? readSort({ field: params.sort, order: params.order })
    : usualOrder(filter.status);
  const { id, created_at, target_tier, reviewed_at } = request;
  const { name } = request.vendor;
  const sort = neighbourOrder(wanted, filter.status, request);
  const { data } = useQuery({
    queryKey: [NEIGHBOURS_KEY, id, filter, sort],
    queryFn: async ({ signal }) => {
      const place = { id, created_at, target_tier, reviewed_at, vendor: { name } };
      const back = reverse(sort);
      // The vendors that the queue was left with.
      const named = await withVendorsNamed(client, vendorWords(filter), Number.POSITIVE_INFINITY);
      const conditions = toConditions(filter, named);
      const found = await client.run(
        QueueNeighboursDocument,
        {
          before: { _and: [...conditions, beyondNeighbour(back, place)] },
          backwards: toOrderBy(back),
          after: { _and: [...conditions, beyondNeighbour(sort, place)] },
          forwards: toOrderBy(sort),
        },
        signal,
      );
      return { preceding: found.before[0]?.id, following: found.after[0]?.id };
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
  return {
    preceding: data?.preceding,
    following: data?.following,
    arePending: filter.status === 'pending',
  };
}
