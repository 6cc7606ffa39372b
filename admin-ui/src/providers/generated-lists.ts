import type { DataProvider, GetListParams, GetListResult } from 'ra-core';
import { COUNT_LIMIT } from './count-limit.ts';
import type { GraphQLClient } from './graphql-client.ts';
import { beyondKey } from './keyset.ts';
import { readListWish } from './list-rules.ts';
import { MAX_JUMP, PageEnds } from './page-ends.ts';
import { withVendorsNamed } from './vendors-named.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Lists that ra-data-hasura reads, as fast far down as on top: a page starts after the last row of the one before it, and
 * rows are counted as far as `COUNT_LIMIT`. Beyond that a list has no total, only a next page.
 * @param read ra-data-hasura's own `getList`, which counts no further either
 */
export function createGeneratedLists(client: GraphQLClient, read: DataProvider['getList']) {
  const ends = new PageEnds<Row>();
  return async (resource: string, params: GetListParams): Promise<GetListResult> => {
    const wish = readListWish(resource, params);
    if (!wish) return read(resource, params);
    const { page = 1, perPage = 25 } = params.pagination ?? {};
    const { sort } = wish;
    const view = JSON.stringify([resource, wish.toConditions(), sort, perPage]);
    const start = page > 1 ? ends.get(view, page - 1) : undefined;
    const before = (page - 1) * perPage;
    if (!start && before > MAX_JUMP) {
      return { data: [], pageInfo: { hasPreviousPage: true, hasNextPage: false } };
    }
    const conditions = wish.toConditions(await withVendorsNamed(client, wish.vendorWords));
    const direction = sort.order === 'ASC' ? 'asc' : 'desc';
    const asked = {
      ...params,
      filter: {},
      customFilters: start ? [...conditions, beyondKey(sort, start[sort.field], start.id)] : conditions,
      pagination: { page: start ? 1 : page, perPage },
      sort: { field: `${sort.field},id`, order: `${direction},${direction}` as 'ASC' },
    };
    const { data, total: counted = 0 } = await read(resource, asked);
    const last: Row | undefined = data.at(-1);
    if (last) ends.set(view, page, last);
    // What was counted begins where the page does.
    const total = start ? before + counted : counted;
    if (counted > COUNT_LIMIT || total > COUNT_LIMIT) {
      const hasNextPage = start ? counted > perPage : data.length === perPage;
      return { data, pageInfo: { hasPreviousPage: page > 1, hasNextPage } };
    }
    return { data, total };
  };
}
