import { type GetListParams, type GetListResult, HttpError } from 'ra-core';
import { QueuePageDocument, RequestPageDocument } from '../gql/graphql.ts';
import type { UpgradeRequest, UpgradeRequestRow } from '../upgrade-requests/types.ts';
import { COUNT_LIMIT } from './count-limit.ts';
import { isNarrowed, isUuid, readQueueFilter, toBoolExp, toConditions, vendorWords } from './filters.ts';
import type { GraphQLClient } from './graphql-client.ts';
import { MAX_JUMP, PageEnds } from './page-ends.ts';
import { type QueueCounts, readCounts } from './queue-counts.ts';
import { beyond, isSeekable, type Place, readSort, toOrderBy } from './queue-order.ts';
import { withVendorsNamed } from './vendors-named.ts';

/** A page of the queue, under a filter with what the tabs hold. */
export type QueueResult = GetListResult<UpgradeRequestRow> & {
  readonly meta?: { readonly counts: QueueCounts };
};

/** Reads of upgrade requests, each one operation that needs no introspection. */
export interface RequestReads {
  getList(params: GetListParams): Promise<QueueResult>;
  getOne(id: string): Promise<{ data: UpgradeRequest }>;
}

/**
 * Pages that are as fast at a million requests as at ten: a page starts after the last row of the one before it, which
 * an index finds at once, and asks for one row more than it shows instead of for a total. Only a page that was opened by
 * its address alone is counted off, up to a bound.
 */
export function createRequestReads(client: GraphQLClient): RequestReads {
  const ends = new PageEnds<Place>();
  return {
    getList: async ({ pagination, sort: wanted, filter, signal }) => {
      const { page = 1, perPage = 25 } = pagination ?? {};
      const sort = readSort(wanted);
      const wantedRows = readQueueFilter(filter);
      const view = JSON.stringify([wantedRows, sort, perPage]);
      const start = isSeekable(sort, wantedRows.status) && page > 1 ? ends.get(view, page - 1) : undefined;
      const offset = start ? 0 : (page - 1) * perPage;
      if (offset > MAX_JUMP) return { data: [], pageInfo: { hasPreviousPage: true, hasNextPage: false } };
      const named = await withVendorsNamed(client, vendorWords(wantedRows));
      const conditions = toConditions(wantedRows, named);
      const answer = await client.run(
        QueuePageDocument,
        {
          where: { _and: start ? [...conditions, beyond(sort, start)] : [...conditions] },
          orderBy: toOrderBy(sort),
          limit: perPage + 1,
          offset,
          filter: toBoolExp(wantedRows, named),
          isNarrowed: isNarrowed(wantedRows),
          countTo: COUNT_LIMIT + 1,
        },
        signal,
      );
      const rows = answer.tier_upgrade_requests as readonly UpgradeRequestRow[];
      const data = rows.slice(0, perPage);
      const last = data.at(-1);
      if (last) ends.set(view, page, last);
      return {
        data,
        pageInfo: { hasPreviousPage: page > 1, hasNextPage: rows.length > perPage },
        ...(isNarrowed(wantedRows) && { meta: { counts: readCounts(answer) } }),
      };
    },
    getOne: async (id) => {
      if (!isUuid(id)) throw new HttpError('Not found', 404);
      const data = (await client.run(RequestPageDocument, { id })).tier_upgrade_requests_by_pk;
      if (!data) throw new HttpError('Not found', 404);
      return { data: data as UpgradeRequest };
    },
  };
}
