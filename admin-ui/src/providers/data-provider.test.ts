import { graphql } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../session/session.ts';
import { sampleRow } from '../testing/samples.ts';
import { sampleSchema } from '../testing/schema.ts';
import { REQUESTS } from '../upgrade-requests/types.ts';
import { createApolloClient } from './apollo-client.ts';
import { createDataProvider } from './data-provider.ts';

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
      tier_upgrade_requests: [sampleRow()],
      tier_upgrade_requests_aggregate: { aggregate: { count: 41 } },
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
  return { calls, session, dataProvider: createDataProvider(createApolloClient(session)) };
}

const list = { pagination: { page: 2, perPage: 25 }, sort: { field: 'created_at', order: 'DESC' as const } };

afterEach(() => void vi.unstubAllGlobals());

describe('the data provider', () => {
  it('lists in one operation after one introspection, in an order that is stable', async () => {
    const { calls, dataProvider } = startServer();
    const filter = { status: 'pending', q: '50%' };
    const answer = await dataProvider.getList(REQUESTS, { ...list, filter });
    await dataProvider.getList(REQUESTS, { ...list, filter });
    expect(answer.total).toBe(41);
    expect(answer.data[0]).toMatchObject({ id, vendor: { name: 'Harbor Lights' } });
    expect(calls.map((call) => call.operationName)).toEqual(['IntrospectionQuery', REQUESTS, REQUESTS]);
    expect(calls[1]?.variables).toEqual({
      limit: 25,
      offset: 25,
      order_by: [{ created_at: 'desc' }, { id: 'desc' }],
      where: {
        _and: [
          { status: { _eq: 'pending' } },
          {
            _and: [
              {
                _or: [
                  { vendor: { name: { _ilike: '%50\\%%' } } },
                  { vendor: { email: { _ilike: '%50\\%%' } } },
                  { business_justification: { _ilike: '%50\\%%' } },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  it('sorts by a column of the vendor', async () => {
    const { calls, dataProvider } = startServer();
    await dataProvider.getList(REQUESTS, { ...list, sort: { field: 'vendor.name', order: 'ASC' } });
    expect(calls[1]?.variables.order_by).toEqual([{ vendor: { name: 'asc' } }, { id: 'asc' }]);
  });

  it('reads a request with its vendor and its timeline in one operation', async () => {
    const { calls, dataProvider } = startServer();
    await dataProvider.getOne(REQUESTS, { id }).catch(() => undefined);
    expect(calls).toHaveLength(2);
    expect(calls[1]?.query).toContain('internal_note');
    expect(calls[1]?.query).toContain('locations_aggregate');
  });

  it('does not ask for what cannot be an id', async () => {
    const { calls, dataProvider } = startServer();
    await expect(dataProvider.getOne(REQUESTS, { id: "1' or 1=1" })).rejects.toMatchObject({ status: 404 });
    expect(calls).toHaveLength(0);
  });

  it('says not found when there is no such row', async () => {
    const { dataProvider } = startServer([() => undefined, () => ({ data: { returning: [] } })]);
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

  it('asks for the schema again after that once failed', async () => {
    const { dataProvider } = startServer([() => ({ errors: [{ message: 'database is starting' }] })]);
    await expect(dataProvider.getList(REQUESTS, { ...list, filter: {} })).rejects.toThrow(
      'database is starting',
    );
    expect((await dataProvider.getList(REQUESTS, { ...list, filter: {} })).total).toBe(41);
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
