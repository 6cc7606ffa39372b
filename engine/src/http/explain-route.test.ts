import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

describe('explaining', () => {
  let house: HouseServer;
  beforeAll(async () => {
    house = await startHouseServer();
  });
  afterAll(() => house.close());

  const explain = (body: unknown, role?: string) =>
    house.send('/v1/graphql/explain', { body, ...(role ? { role } : {}) });

  it('tells each field of a query with its SQL and the plan of Postgres', async () => {
    const query = 'query ($id: Int!) { __typename one: author_by_pk(id: $id) { name } article { id } }';
    const { status, json } = await explain({ query: { query, variables: { id: 1 } } });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: [
        { field: '__typename', sql: null, plan: null },
        { field: 'one', sql: expect.stringContaining('"author"') },
        { field: 'article', sql: expect.stringContaining('"article"') },
      ],
    });
    const [, one] = json as { plan: string[]; sql: string }[];
    expect(one?.plan.join('\n')).toMatch(/Scan .*author/);
    expect(one?.sql).not.toContain('article');
  });

  it('explains for a role, with its filters and session variables', async () => {
    const query = { query: '{ article { id } }' };
    const user = { 'X-Hasura-Role': 'writer', 'X-Hasura-Author-Id': '77' };
    const [field] = (await explain({ query, user })).json as { sql: string; plan: string[] }[];
    expect(field?.sql).toContain('"author_id"');
    expect(field?.plan.join('\n')).toContain('author_id = 77');
    expect((await explain({ query, user: { 'x-hasura-role': 'writer' } })).json).toMatchObject({
      code: 'not-found',
    });
    expect(
      (await explain({ query: { query: '{ article { content } }' }, user: { 'x-hasura-role': 'reader' } }))
        .json,
    ).toMatchObject({ code: 'validation-failed' });
  });

  it('tells of a subscription what its subscribers may differ in', async () => {
    const query = 'subscription ($id: Int!) { article(where: {views: {_gt: 5}, id: {_eq: $id}}) { id } }';
    const user = { 'x-hasura-role': 'writer', 'x-hasura-author-id': '1' };
    expect((await explain({ query: { query, variables: { id: 1 } }, user })).json).toMatchObject({
      sql: expect.stringContaining('unnest'),
      plan: expect.arrayContaining([expect.stringContaining('Function Scan')]),
      variables: { synthetic: ['5'], query: { id: 1 }, session: { 'x-hasura-author-id': '1' } },
    });
  });

  it('tells of a stream what its first batch would cost', async () => {
    const query = 'subscription { article_stream(cursor: {initial_value: {id: 41}}, batch_size: 2) { id } }';
    const { json } = await explain({ query: { query } });
    expect(json).toMatchObject({ sql: expect.stringContaining('LIMIT 2'), variables: { synthetic: ['41'] } });
  });

  it('writes nothing and is for admins', async () => {
    const query = { query: 'mutation { delete_article(where: {}) { affected_rows } }' };
    expect(await explain({ query })).toMatchObject({
      status: 400,
      json: { code: 'invalid-params', error: 'only queries can be explained' },
    });
    expect(await explain({ query: { query: '{ article { id } }' } }, 'reader')).toMatchObject({
      status: 400,
      json: { code: 'access-denied', error: 'restricted access : admin only' },
    });
    expect(await explain({})).toMatchObject({ status: 400, json: { code: 'parse-failed' } });
    expect(await explain('{')).toMatchObject({ status: 400, json: { code: 'invalid-json' } });
  });
});

describe('the settings', () => {
  it('are told to admins, without a secret', async () => {
    const house = await startHouseServer(
      {},
      {
        HASURA_GRAPHQL_JWT_SECRET: JSON.stringify({ type: 'HS256', key: 'k'.repeat(32) }),
        HASURA_GRAPHQL_ENABLE_ALLOWLIST: 'true',
      },
    );
    for (const path of ['/v1/config', '/v1alpha1/config']) {
      const { json } = await house.send(path);
      expect(json).toMatchObject({
        version: expect.stringMatching(/^v2\./),
        is_admin_secret_set: true,
        is_jwt_set: true,
        jwt: { claims_namespace: 'https://hasura.io/jwt/claims', claims_format: 'json' },
        is_allow_list_enabled: true,
        live_queries: { batch_size: 100, refetch_delay: 1 },
      });
      expect(JSON.stringify(json)).not.toContain('kkkk');
      expect((await house.send(path, { role: 'reader' })).json).toMatchObject({ code: 'access-denied' });
    }
    await house.close();
  });

  it('switch off what is not named among the enabled APIs', async () => {
    const house = await startHouseServer({}, { HASURA_GRAPHQL_ENABLED_APIS: 'metadata' });
    const query = { query: '{ __typename }' };
    const status = async (path: string, body?: unknown) => (await house.send(path, { body })).status;
    expect(await status('/v1/metadata', { type: 'export_metadata', args: {} })).toBe(200);
    expect(await status('/v1/graphql/explain', { query })).toBe(200);
    expect(await status('/v1/version')).toBe(200);
    expect(await status('/v1/graphql', query)).toBe(404);
    expect(await status('/v1alpha1/graphql', query)).toBe(404);
    expect(await status('/api/rest/anything')).toBe(404);
    expect(await status('/v1/config')).toBe(404);
    expect(await status('/metrics')).toBe(404);
    await house.close();
  });
});
