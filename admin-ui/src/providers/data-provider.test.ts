import { graphql } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../session/session.ts';
import { sampleRow } from '../testing/samples.ts';
import { sampleSchema } from '../testing/schema.ts';
import { REQUESTS } from '../upgrade-requests/types.ts';
import { createDataProvider } from './data-provider.ts';
import { createGraphQLClient } from './graphql-client.ts';

const schema = sampleSchema();
const id = sampleRow().id;

interface Call {
  readonly operationName?: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly token: string | null;
}

/** A server at the other end of `fetch` that answers from the schema, unless told to answer something else. */
function startServer(answers: ((call: Call) => object | undefined)[] = []) {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (_uri: string, init: RequestInit) => {
    const sent = JSON.parse(String(init.body)) as Omit<Call, 'token'>;
    const call = { ...sent, token: new Headers(init.headers).get('authorization') };
    calls.push(call);
    const scripted = answers.shift()?.(call);
    const rootValue = {
      vendors: [
        {
          ...sampleRow().vendor,
          slug: 'harbor',
          email: 'a@b.example',
          is_beta: false,
          created_at: 'now',
          locations_aggregate: { aggregate: { count: 1 } },
          requests: [],
        },
      ],
      vendors_aggregate: { aggregate: { count: 7 } },
      approveTierUpgradeRequest: { success: true, message: 'Approved.', requestId: id },
      rejectTierUpgradeRequest: { success: true, message: 'Rejected.', requestId: id },
    };
    const body =
      scripted ?? (await graphql({ schema, source: sent.query, variableValues: sent.variables, rootValue }));
    return new Response(JSON.stringify(body), {
      status: 200,
      headers: { 'content-type': 'application/json' },
    });
  });
  const session = {
    getAccessToken: async () => 'first',
    replaceAccessToken: vi.fn(async () => 'second'),
  } as unknown as Session;
  return { calls, session, dataProvider: createDataProvider(createGraphQLClient(session), session) };
}

const list = { pagination: { page: 1, perPage: 25 }, sort: { field: 'created_at', order: 'DESC' as const } };

afterEach(() => void vi.unstubAllGlobals());

describe('the data provider', () => {
  it('lists a page in one operation, without introspection, and counts what the tabs hold under a filter', async () => {
    const rows = Array.from({ length: 26 }, (_, index) =>
      sampleRow({ id: `${id.slice(0, -2)}${10 + index}` }),
    );
    const pending = { aggregate: { count: 31 } };
    const answer = () => ({ data: { tier_upgrade_requests: rows, pending } });
    const { calls, dataProvider } = startServer([answer, answer]);
    const filter = { status: 'pending', target_tier: 3 };
    const first = await dataProvider.getList(REQUESTS, { ...list, filter });
    expect(first.data).toHaveLength(25);
    expect(first.pageInfo).toEqual({ hasPreviousPage: false, hasNextPage: true });
    expect(first.total).toBeUndefined();
    expect(first.meta).toMatchObject({ counts: { counts: { pending: 31, approved: 0 } } });
    expect(calls).toHaveLength(1);
    const conditions = [{ status: { _eq: 'pending' } }, { _and: [{ target_tier: { _eq: 3 } }] }];
    expect(calls[0]).toMatchObject({
      operationName: 'QueuePage',
      variables: {
        where: { _and: conditions },
        orderBy: [{ created_at: 'desc' }, { id: 'desc' }],
        limit: 26,
        offset: 0,
        filter: conditions[1],
        isNarrowed: true,
      },
    });
    const whole = await dataProvider.getList(REQUESTS, { ...list, filter: { status: 'pending' } });
    expect(whole.meta).toBeUndefined();
    expect(calls[1]).toMatchObject({ variables: { filter: {}, isNarrowed: false } });
  });

  it('searches vendors first, and then requests of theirs or with those words', async () => {
    const { calls, dataProvider } = startServer([
      () => ({ data: { vendors: [{ id }] } }),
      () => ({ data: { tier_upgrade_requests: [sampleRow()] } }),
      () => ({ data: { tier_upgrade_requests: [sampleRow()] } }),
    ]);
    await dataProvider.getList(REQUESTS, { ...list, filter: { q: '50%' } });
    const held = { _like: '%50\\%%' };
    expect(calls.map(({ operationName }) => operationName)).toEqual(['VendorsNamed', 'QueuePage']);
    expect(calls[0]?.variables).toMatchObject({ where: { search_name: held } });
    expect(calls[1]?.variables).toMatchObject({
      where: {
        _and: [{ _and: [{ _or: [{ vendor_id: { _in: [id] } }, { search_text: held }] }] }],
      },
    });
    // The rows of one vendor are soon looked through.
    await dataProvider.getList(REQUESTS, { ...list, filter: { q: 'quay', vendor_id: id } });
    expect(calls.map(({ operationName }) => operationName)).toEqual([
      'VendorsNamed',
      'QueuePage',
      'QueuePage',
    ]);
  });

  it('starts a page after the last row of the page before, or counts off when it never saw that one', async () => {
    const rows = Array.from({ length: 26 }, (_, index) =>
      sampleRow({ id: `${id.slice(0, -2)}${10 + index}` }),
    );
    const answer = () => ({ data: { tier_upgrade_requests: rows } });
    const { calls, dataProvider } = startServer([answer, answer, answer]);
    const pageAt = (page: number) =>
      dataProvider.getList(REQUESTS, { ...list, pagination: { page, perPage: 25 }, filter: {} });
    await pageAt(1);
    await pageAt(2);
    await pageAt(9);
    expect(calls[1]?.variables).toMatchObject({
      offset: 0,
      where: { _and: [{ _and: [{ created_at: {} }, {}] }] },
    });
    expect(JSON.stringify(calls[1]?.variables)).toContain(rows[24]?.id);
    expect(calls[2]?.variables).toMatchObject({ offset: 200, where: { _and: [] } });
  });

  it('does not count its way to a page nobody can have reached', async () => {
    const { calls, dataProvider } = startServer();
    const answer = await dataProvider.getList(REQUESTS, { ...list, pagination: { page: 4000, perPage: 25 } });
    expect(answer.data).toEqual([]);
    expect(calls).toHaveLength(0);
  });

  it('reads a request with its vendor and its timeline in one operation', async () => {
    const { calls, dataProvider } = startServer([
      () => ({ data: { tier_upgrade_requests_by_pk: sampleRow() } }),
    ]);
    expect((await dataProvider.getOne(REQUESTS, { id })).data).toMatchObject({ id });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.query).toContain('internal_note');
    expect(calls[0]?.query).toContain('locations_aggregate');
  });

  it('does not ask for what cannot be an id', async () => {
    const { calls, dataProvider } = startServer();
    await expect(dataProvider.getOne(REQUESTS, { id: "1' or 1=1" })).rejects.toMatchObject({ status: 404 });
    expect(calls).toHaveLength(0);
  });

  it('says not found when there is no such row', async () => {
    const { dataProvider } = startServer([() => ({ data: { tier_upgrade_requests_by_pk: null } })]);
    await expect(dataProvider.getOne(REQUESTS, { id })).rejects.toMatchObject({ status: 404 });
  });

  it('approves and rejects with what was written, and nothing where nothing was', async () => {
    const { calls, dataProvider } = startServer();
    expect((await dataProvider.approve(id)).message).toBe('Approved.');
    expect((await dataProvider.reject(id, 'Please add proof.', 'note')).message).toBe('Rejected.');
    expect(calls.map((call) => call.variables)).toEqual([
      { requestId: id, adminNotes: null },
      { requestId: id, rejectionReason: 'Please add proof.', adminNotes: 'note' },
    ]);
  });

  it.each(['invalid-jwt', 'UNAUTHORIZED'])('sends a call again, once, after %s', async (code) => {
    const refuse = () => ({ errors: [{ message: 'expired', extensions: { code, path: '$' } }] });
    const { calls, session, dataProvider } = startServer([refuse]);
    await dataProvider.approve(id);
    expect(calls.map((call) => call.token)).toEqual(['Bearer first', 'Bearer second']);
    expect(session.replaceAccessToken).toHaveBeenCalledExactlyOnceWith('first');
  });

  it('gives up when the new token is refused as well', async () => {
    const refuse = () => ({
      errors: [{ message: 'expired', extensions: { code: 'invalid-jwt', path: '$' } }],
    });
    const { calls, dataProvider } = startServer([refuse, refuse]);
    await expect(dataProvider.approve(id)).rejects.toThrow('expired');
    expect(calls).toHaveLength(2);
  });

  it('reads other tables by ra-data-hasura, and asks for the schema again after that once failed', async () => {
    const { calls, dataProvider } = startServer([() => ({ errors: [{ message: 'database is starting' }] })]);
    await expect(dataProvider.getList('vendors', { ...list, filter: {} })).rejects.toThrow(
      'database is starting',
    );
    const answer = await dataProvider.getList('vendors', { ...list, filter: {} });
    expect(answer.total).toBe(7);
    expect(answer.data[0]).toMatchObject({ name: 'Harbor Lights' });
    expect(calls.map((call) => call.operationName)).toEqual([
      'IntrospectionQuery',
      'IntrospectionQuery',
      'vendors',
    ]);
  });

  it('decides many, each on its own', async () => {
    const results = [
      { requestId: id, success: false, code: 'REQUEST_NOT_PENDING', message: 'Decided already.' },
    ];
    const { calls, dataProvider } = startServer([
      () => ({ data: { bulkApproveTierUpgradeRequests: { results } } }),
      () => ({ data: { bulkRejectTierUpgradeRequests: { results } } }),
    ]);
    expect(await dataProvider.approveMany([id])).toEqual(results);
    expect(await dataProvider.rejectMany([id], 'Please add proof.', 'note')).toEqual(results);
    expect(calls.map((call) => call.variables)).toEqual([
      { requestIds: [id], adminNotes: null },
      { requestIds: [id], rejectionReason: 'Please add proof.', adminNotes: 'note' },
    ]);
  });

  it('has no way to create, change or delete', async () => {
    const { calls, dataProvider } = startServer();
    const verbs = ['create', 'update', 'updateMany', 'delete', 'deleteMany'] as const;
    for (const verb of verbs) {
      const call = dataProvider[verb] as (resource: string, params: object) => Promise<unknown>;
      await expect(call(REQUESTS, {})).rejects.toThrow('decisions only');
    }
    expect(calls).toHaveLength(0);
  });
});
