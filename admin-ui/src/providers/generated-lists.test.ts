import type { GetListParams, GetListResult } from 'ra-core';
import { describe, expect, it, vi } from 'vitest';
import { COUNT_LIMIT } from './count-limit.ts';
import { createGeneratedLists } from './generated-lists.ts';
import type { GraphQLClient } from './graphql-client.ts';
import { MAX_JUMP } from './page-ends.ts';

const byName = { field: 'name', order: 'ASC' as const };
const noClient = {} as GraphQLClient;

/** A server with this many vendors, which counts as far as the console lets it, and what it was asked. */
function startServer(size: number) {
  const asked: (GetListParams & { readonly customFilters?: readonly object[] })[] = [];
  const read = vi.fn(async (_resource: string, params: GetListParams): Promise<GetListResult> => {
    asked.push(params);
    const { customFilters = [] } = asked.at(-1)!;
    const start = /"_gte":"vendor-(\d+)"/.exec(JSON.stringify(customFilters))?.[1];
    const from = start ? Number(start) + 1 : 0;
    const { page = 1, perPage = 25 } = params.pagination ?? {};
    const first = from + (page - 1) * perPage;
    const data = Array.from({ length: Math.max(0, Math.min(perPage, size - first)) }, (_, index) => ({
      id: `id-${first + index}`,
      name: `vendor-${first + index}`,
    }));
    return { data, total: Math.min(size - from, COUNT_LIMIT + 1) };
  });
  const lists = createGeneratedLists(noClient, read as never);
  const open = (page: number, filter = {}) =>
    lists('vendors', { pagination: { page, perPage: 25 }, sort: byName, filter });
  return { asked, open };
}

describe('a list that ra-data-hasura reads', () => {
  it('is asked for in an order that the id makes stable', async () => {
    const { asked, open } = startServer(30);
    await open(1, { tier: 2 });
    expect(asked[0]).toMatchObject({
      customFilters: [{ tier: { _eq: 2 } }],
      filter: {},
      sort: { field: 'name,id', order: 'asc,asc' },
    });
  });

  it('starts a page after the last row of the page before, and still knows its total', async () => {
    const { asked, open } = startServer(60);
    expect(await open(1)).toMatchObject({ total: 60 });
    const second = await open(2);
    expect(second).toMatchObject({ total: 60 });
    expect(second.data[0]).toMatchObject({ name: 'vendor-25' });
    expect(asked[1]).toMatchObject({
      pagination: { page: 1 },
      customFilters: [
        {
          _and: [
            { name: { _gte: 'vendor-24' } },
            { _or: [{ name: { _gt: 'vendor-24' } }, { id: { _gt: 'id-24' } }] },
          ],
        },
      ],
    });
  });

  it('counts off a page whose predecessor was never seen, under another filter too', async () => {
    const { asked, open } = startServer(60);
    await open(2);
    await open(1);
    await open(2, { tier: 2 });
    expect(asked.map(({ pagination }) => pagination?.page)).toEqual([2, 1, 2]);
  });

  it('has a next page instead of a total where there is more than anyone counts', async () => {
    const { open } = startServer(COUNT_LIMIT + 30);
    expect(await open(1)).toMatchObject({ pageInfo: { hasPreviousPage: false, hasNextPage: true } });
    expect((await open(1)).total).toBeUndefined();
    // From the second page on fewer than the limit may follow, and yet there are more in all.
    expect((await open(2)).total).toBeUndefined();
  });

  it('does not count its way to a page that nobody can have reached', async () => {
    const { asked, open } = startServer(COUNT_LIMIT * 3);
    expect(await open(MAX_JUMP / 25 + 2)).toMatchObject({ data: [], pageInfo: { hasNextPage: false } });
    expect(asked).toHaveLength(0);
  });
});
