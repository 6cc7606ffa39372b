import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

const query = '{ author_by_pk(id: 1) { id } }';
const found = { data: { author_by_pk: { id: 1 } } };

describe('what clients send beside plain requests', () => {
  let house: HouseServer;

  beforeAll(async () => {
    house = await startHouseServer(
      {},
      {
        HASURA_ENGINE_BOUNDS: JSON.stringify({ roles: { reader: { bodyBytes: 20_000 } } }),
      },
      { stringifyNumericTypes: true },
    );
  });
  afterAll(() => house.close());

  const send = async (body: Uint8Array, coding: string) => {
    const response = await fetch(`${house.url}/v1/graphql`, {
      method: 'POST',
      headers: {
        'x-hasura-admin-secret': TEST_ADMIN_SECRET,
        'x-hasura-role': 'reader',
        'content-encoding': coding,
      },
      body: body as unknown as string,
    });
    return { status: response.status, json: (await response.json()) as unknown };
  };

  it('bodies are read in the codings that HTTP clients have', async () => {
    const body = JSON.stringify({ query });
    for (const [coding, bytes] of [
      ['gzip', gzipSync(body)],
      ['X-GZIP', gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['br', brotliCompressSync(body)],
      ['identity', Buffer.from(body)],
    ] as const) {
      expect(await send(bytes, coding), coding).toEqual({ status: 200, json: found });
    }
  });

  it('a small body that unfolds past the bound is refused while it unfolds', async () => {
    const bomb = gzipSync(JSON.stringify({ query: `${query} #${'x'.repeat(3_000_000)}` }));
    expect(await send(bomb, 'gzip')).toMatchObject({
      status: 413,
      json: { errors: [{ extensions: { code: 'body-limit-exceeded' } }] },
    });
  });

  it('what is not of its coding, or of one that is not read, is refused as what it is', async () => {
    expect(await send(Buffer.from(JSON.stringify({ query })), 'gzip')).toMatchObject({
      json: { errors: [{ message: 'the request body is not the gzip that its header says' }] },
    });
    expect(await send(gzipSync(JSON.stringify({ query })).subarray(0, 20), 'gzip')).toMatchObject({
      json: { errors: [{ message: 'the request body is not the gzip that its header says' }] },
    });
    expect(await send(Buffer.from('x'), 'zstd')).toMatchObject({
      json: { errors: [{ extensions: { code: 'not-supported' } }] },
    });
  });

  it("Apollo's link is told to send the query itself instead of its hash", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const hash = await house.send('/v1/graphql', { body: { extensions } });
    expect(hash.json).toMatchObject({
      errors: [
        { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
      ],
    });
    expect((await house.send('/v1/graphql', { body: { query, extensions } })).json).toEqual(found);
  });

  it('more values than a statement of Postgres takes are refused in plain words', async () => {
    const conditions = Array.from({ length: 66_000 }, (_, id) => ({ id: { _eq: id } }));
    const variables = { where: { _or: conditions } };
    const many = 'query ($where: author_bool_exp!) { author(where: $where) { id } }';
    const { json } = await house.send('/v1/graphql', { body: { query: many, variables } });
    expect(json).toMatchObject({ errors: [{ extensions: { code: 'parameter-limit-exceeded' } }] });
  });

  it('averages and deviations of numeric columns leave as texts where numbers of this size do', async () => {
    const { json } = await house.send('/v1/graphql', {
      body: {
        query: `{ article_aggregate { aggregate {
          avg { rating views } sum { rating } stddev { rating } stddev_pop { rating } var_samp { rating } variance { rating }
        } } }`,
      },
    });
    const { aggregate } = (json as { data: { article_aggregate: { aggregate: Record<string, object> } } })
      .data.article_aggregate;
    expect(aggregate.avg).toEqual({ rating: expect.any(String), views: expect.any(Number) });
    for (const name of ['sum', 'stddev', 'stddev_pop', 'var_samp', 'variance'])
      expect(aggregate[name], name).toEqual({ rating: expect.any(String) });
  });
});
