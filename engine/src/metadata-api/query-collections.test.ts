import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

const success = { message: 'success' };

describe('query collections, allow list, endpoints and limits over the metadata API', () => {
  let house: HouseServer;
  beforeEach(async () => {
    house = await startHouseServer();
  });
  afterEach(() => house.close());

  const api = async (type: string, args: unknown) =>
    (await house.send('/v1/metadata', { body: { type, args } })).json;
  const exported = async () => (await api('export_metadata', {})) as Record<string, unknown>;
  const create = (name = 'mine') =>
    api('create_query_collection', {
      name,
      comment: 'a comment',
      definition: { queries: [{ name: 'authors', query: 'query { author { id } }' }] },
    });
  const endpoint = {
    name: 'authors',
    url: 'authors',
    methods: ['GET'],
    definition: { query: { collection_name: 'mine', query_name: 'authors' } },
  };

  it('collections are made, filled, renamed and dropped', async () => {
    expect(await create()).toEqual(success);
    expect(await create()).toEqual({
      path: '$.args.name',
      code: 'already-exists',
      error: 'query collection with name "mine" already exists',
    });
    const add = () =>
      api('add_query_to_collection', {
        collection_name: 'mine',
        query_name: 'names',
        query: '{ author { name } }',
      });
    expect(await add()).toEqual(success);
    expect(await add()).toMatchObject({ code: 'already-exists', path: '$.args.query_name' });
    expect(
      await api('drop_query_from_collection', { collection_name: 'mine', query_name: 'authors' }),
    ).toEqual(success);
    expect(
      await api('drop_query_from_collection', { collection_name: 'mine', query_name: 'authors' }),
    ).toMatchObject({ code: 'not-found' });
    expect(await api('rename_query_collection', { name: 'mine', new_name: 'yours' })).toEqual(success);
    expect(await exported()).toMatchObject({
      query_collections: [
        {
          name: 'yours',
          comment: 'a comment',
          definition: { queries: [{ name: 'names', query: '{ author { name } }' }] },
        },
      ],
    });
    expect(await api('drop_query_collection', { collection: 'yours', cascade: false })).toEqual(success);
    expect(await api('drop_query_collection', { collection: 'yours', cascade: false })).toEqual({
      path: '$.args.collection',
      code: 'not-exists',
      error: 'query collection with name "yours" does not exist',
    });
  });

  it('what a collection may not be is told with its place', async () => {
    const wrong = (queries: unknown) =>
      api('create_query_collection', { name: 'c', definition: { queries } });
    expect(await wrong([{ name: '', query: '{ a }' }])).toEqual({
      path: '$.definition.queries[0].name',
      code: 'parse-failed',
      error: 'empty string not allowed',
    });
    expect(await wrong([{ name: 'a' }])).toMatchObject({
      path: '$.definition.queries[0]',
      error: 'key "query" not found',
    });
    expect(await wrong([{ name: 'a', query: '{' }])).toMatchObject({
      path: '$.definition.queries[0].query',
      error: 'not a valid graphql query',
    });
    expect(
      await wrong([
        { name: 'a', query: '{ b }' },
        { name: 'a', query: '{ c }' },
      ]),
    ).toMatchObject({ code: 'parse-failed', error: '"a" stands here twice' });
  });

  it('a listed collection goes only with the word cascade', async () => {
    await create();
    expect(await api('add_collection_to_allowlist', { collection: 'mine' })).toEqual(success);
    expect(await api('add_collection_to_allowlist', { collection: 'mine' })).toEqual({
      message: 'collection "mine" already exists in the allowlist',
    });
    const scope = { global: false, roles: ['reader'] };
    expect(await api('update_scope_of_collection_in_allowlist', { collection: 'mine', scope })).toEqual(
      success,
    );
    expect(await api('rename_query_collection', { name: 'mine', new_name: 'yours' })).toEqual(success);
    expect(await exported()).toMatchObject({ allowlist: [{ collection: 'yours', scope }] });
    expect(await api('drop_query_collection', { collection: 'yours', cascade: false })).toMatchObject({
      code: 'dependency-error',
    });
    expect(await api('drop_query_collection', { collection: 'yours', cascade: true })).toEqual(success);
    expect(Object.keys(await exported())).not.toContain('allowlist');
    expect(await api('drop_collection_from_allowlist', { collection: 'yours' })).toMatchObject({
      code: 'not-found',
    });
    expect(await api('add_collection_to_allowlist', { collection: 'yours' })).toMatchObject({
      code: 'not-exists',
    });
  });

  it('a scope names roles or everybody, never both or neither', async () => {
    await create();
    for (const scope of [{ global: true, roles: ['a'] }, { global: false }, { global: false, roles: [] }]) {
      expect(await api('add_collection_to_allowlist', { collection: 'mine', scope })).toMatchObject({
        code: 'parse-failed',
      });
    }
  });

  it('endpoints are made and dropped, and hold on to their query', async () => {
    expect(await api('create_rest_endpoint', endpoint)).toMatchObject({
      code: 'invalid-configuration',
      error: 'Inconsistent object: query collection with name "mine" does not exist',
    });
    await create();
    expect(await api('create_rest_endpoint', endpoint)).toEqual(success);
    expect((await house.send('/api/rest/authors')).json).toHaveProperty('author');
    expect(await api('create_rest_endpoint', endpoint)).toMatchObject({ code: 'already-exists' });
    expect(await api('create_rest_endpoint', { ...endpoint, name: 'other', url: ':any' })).toMatchObject({
      error: 'Inconsistent object: Ambiguous URL paths: authors, :any',
    });
    expect(
      await api('drop_query_from_collection', { collection_name: 'mine', query_name: 'authors' }),
    ).toMatchObject({ code: 'invalid-configuration' });
    expect(await api('drop_rest_endpoint', { name: 'authors' })).toEqual(success);
    expect(await api('drop_rest_endpoint', { name: 'authors' })).toMatchObject({ code: 'not-exists' });
    expect((await house.send('/api/rest/authors')).status).toBe(404);
  });

  it('limits are set as a whole and removed', async () => {
    expect(await api('set_api_limits', { depth_limit: { global: 1 } })).toEqual(success);
    const deep = { body: { query: '{ article { author { name } } }' }, role: 'reader' };
    expect((await house.send('/v1/graphql', deep)).json).toMatchObject({
      errors: [{ extensions: { code: 'depth-limit-exceeded' } }],
    });
    expect(await api('set_api_limits', { depth_limit: { global: 0 } })).toMatchObject({
      code: 'parse-failed',
      path: '$.depth_limit.global',
    });
    expect(await api('set_api_limits', { depth_limit: {} })).toMatchObject({
      error: 'key "global" not found',
      path: '$.depth_limit',
    });
    expect(await api('remove_api_limits', {})).toEqual(success);
    expect((await house.send('/v1/graphql', deep)).json).toHaveProperty('data');
  });
});
