import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

const refusal = {
  errors: [
    {
      message: 'query is not allowed',
      extensions: { path: '$', code: 'validation-failed' },
    },
  ],
};

describe('with the allow list switched on', () => {
  let house: HouseServer;
  const ask = async (query: string, role?: string) =>
    (await house.send('/v1/graphql', { body: { query }, ...(role ? { role } : {}) })).json;

  beforeAll(async () => {
    house = await startHouseServer(
      {
        query_collections: [
          {
            name: 'all',
            definition: { queries: [{ name: 'authors', query: 'query { author { id name } }' }] },
          },
          { name: 'writing', definition: { queries: [{ name: 'mails', query: '{ author { email } }' }] } },
          { name: 'unlisted', definition: { queries: [{ name: 'ids', query: '{ author { id } }' }] } },
        ],
        allowlist: [
          { collection: 'all' },
          { collection: 'writing', scope: { global: false, roles: ['writer'] } },
        ],
      },
      {},
      { enforcesAllowList: true },
    );
  });
  afterAll(() => house.close());

  it('a role runs what is listed, however it is written, and nothing else', async () => {
    expect(await ask('{ author { id __typename name } }', 'reader')).toHaveProperty('data.author');
    expect(await ask('{ author { name id } }', 'reader')).toEqual(refusal);
    expect(await ask('{ author { id } }', 'reader')).toEqual(refusal);
    expect(await ask('{ __schema { queryType { name } } }', 'reader')).toEqual(refusal);
    expect(await ask('mutation { delete_article(where: {}) { affected_rows } }', 'writer')).toEqual(refusal);
  });

  it('a collection for some roles is for these alone', async () => {
    expect(await ask('{ author { email } }', 'writer')).toHaveProperty('data.author');
    expect(await ask('{ author { email } }', 'reader')).toEqual(refusal);
  });

  it('admins run everything', async () => {
    expect(await ask('{ author { id } }')).toHaveProperty('data.author');
  });

  it('each operation of a batch is looked at', async () => {
    const body = [{ query: '{ author { id name } }' }, { query: '{ author { id } }' }];
    const { json } = await house.send('/v1/graphql', { body, role: 'reader' });
    expect(json).toEqual([expect.objectContaining({ data: expect.anything() }), refusal]);
  });

  it('WebSockets are no way around it', async () => {
    const client = createClient({
      url: `${house.url.replace('http', 'ws')}/v1/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: {
        headers: { 'x-hasura-admin-secret': TEST_ADMIN_SECRET, 'x-hasura-role': 'reader' },
      },
    });
    const first = async (query: string) => (await client.iterate({ query }).next()).value;
    expect(await first('{ author { id name } }')).toHaveProperty('data.author');
    await expect(first('subscription { author { id name } }')).rejects.toEqual(refusal.errors);
    await expect(first('{ author { id } }')).rejects.toEqual(refusal.errors);
    await client.dispose();
  });

  it('a change of the list counts at once', async () => {
    await house.send('/v1/metadata', {
      body: { type: 'add_collection_to_allowlist', args: { collection: 'unlisted' } },
    });
    expect(await ask('{ author { id } }', 'reader')).toHaveProperty('data.author');
    await house.send('/v1/metadata', {
      body: { type: 'drop_collection_from_allowlist', args: { collection: 'unlisted' } },
    });
    expect(await ask('{ author { id } }', 'reader')).toEqual(refusal);
  });
});
