import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Metadata } from '../metadata/types.ts';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

const queries = {
  authors: 'query ($limit: Int = 1) { author(limit: $limit, order_by: {id: asc}) { id name } }',
  author: 'query ($id: Int!) { author_by_pk(id: $id) { name } }',
  filter: `query ($public: Boolean, $name: String, $where: author_bool_exp = {}) {
    author(where: {_and: [{is_public: {_eq: $public}}, {name: {_eq: $name}}, $where]}) { id } }`,
  add: `mutation ($id: Int!, $name: String!) {
    insert_author_one(object: {id: $id, name: $name}) { id name is_public } }`,
  views: 'query ($views: bigint!) { article(where: {views: {_eq: $views}}) { id } }',
  watch: 'subscription { author { id } }',
};

const endpoint = (name: keyof typeof queries | 'missing', url: string, methods: string[] = ['GET']) => ({
  name: `${name} at ${url}`,
  url,
  methods,
  definition: { query: { collection_name: 'rest', query_name: name } },
});

const metadata: Partial<Metadata> = {
  query_collections: [
    {
      name: 'rest',
      definition: { queries: Object.entries(queries).map(([name, query]) => ({ name, query })) },
    },
  ],
  rest_endpoints: [
    endpoint('authors', 'authors', ['GET', 'POST']),
    { ...endpoint('author', '/authors/:id'), comment: 'One author' },
    endpoint('filter', 'filter', ['POST']),
    endpoint('add', 'authors', ['PUT']),
    endpoint('views', 'views/:views'),
  ],
};

describe('a RESTified endpoint', () => {
  let house: HouseServer;
  beforeAll(async () => {
    house = await startHouseServer(metadata);
  });
  afterAll(() => house.close());

  it('answers the data of its query, a default in place of what is not given', async () => {
    expect(await house.send('/api/rest/authors')).toMatchObject({
      status: 200,
      json: { author: [{ id: 1, name: 'Ada' }] },
    });
  });

  it('takes variables from the path, the query string and the body, the first of these first', async () => {
    expect((await house.send('/api/rest/authors/2')).json).toEqual({ author_by_pk: { name: 'Brecht' } });
    expect((await house.send('/api/rest/authors/?limit=2')).json).toHaveProperty('author.length', 2);
    expect((await house.send('/api/rest/authors?limit=2', { body: { limit: 3 } })).json).toHaveProperty(
      'author.length',
      2,
    );
    expect((await house.send('/api/rest/authors', { body: { limit: 3 } })).json).toHaveProperty(
      'author.length',
      3,
    );
  });

  it('reads texts as the types of the variables: flags, numbers of any length, nulls', async () => {
    const filter = async (search: string, body: unknown = {}) =>
      (await house.send(`/api/rest/filter${search}`, { body })).json;
    expect(await filter('?public&name=Ada', { where: {} })).toEqual({ author: [{ id: 1 }] });
    expect(await filter('?public=false&name=Colette', { where: { id: { _gt: 2 } } })).toEqual({
      author: [{ id: 3 }],
    });
    expect(await filter('?public=maybe&name=Ada')).toMatchObject({
      code: 'bad-request',
      error: 'Expected a value of type Boolean for variable public',
    });
    expect((await house.send('/api/rest/views/9007199254740993')).json).toEqual({ article: [{ id: 2 }] });
  });

  it('tells what is missing, unexpected or of a wrong type with 400', async () => {
    const failure = (error: string) => ({ status: 400, json: { path: '$', code: 'bad-request', error } });
    expect(await house.send('/api/rest/authors/two')).toMatchObject(
      failure('Expected a value of type Int! for variable id'),
    );
    expect(await house.send('/api/rest/authors?offset=1')).toMatchObject(
      failure('Unexpected variable offset'),
    );
    expect(await house.send('/api/rest/authors', { method: 'PUT', body: { id: 9 } })).toMatchObject(
      failure('Missing variable name'),
    );
    expect(await house.send('/api/rest/authors', { method: 'PUT', body: '[' })).toMatchObject({
      status: 400,
      json: { code: 'invalid-json' },
    });
  });

  it('writes, and tells of a constraint in the way of the metadata API', async () => {
    const put = () => house.send('/api/rest/authors', { method: 'PUT', body: { id: 9, name: 'Dürrenmatt' } });
    expect((await put()).json).toEqual({
      insert_author_one: { id: 9, name: 'Dürrenmatt', is_public: true },
    });
    expect(await put()).toMatchObject({
      status: 400,
      json: { code: 'constraint-violation', path: '$.selectionSet.insert_author_one.args.object' },
    });
  });

  it('runs as the caller, under the permissions of their role', async () => {
    expect((await house.send('/api/rest/authors/3', { role: 'reader' })).json).toEqual({
      author_by_pk: null,
    });
    expect(
      await house.send('/api/rest/authors', { method: 'PUT', body: { id: 10, name: 'E' }, role: 'reader' }),
    ).toMatchObject({ status: 400, json: { code: 'validation-failed' } });
    const stranger = await fetch(`${house.url}/api/rest/authors`);
    expect(stranger.status).toBe(401);
  });

  it('is found by path and method', async () => {
    expect(await house.send('/api/rest/nowhere')).toMatchObject({
      status: 404,
      json: { code: 'not-found', error: 'Endpoint not found' },
    });
    const wrong = await house.send('/api/rest/authors/1', { method: 'DELETE' });
    expect(wrong).toMatchObject({ status: 405, json: { code: 'method-not-allowed' } });
    expect(wrong.headers.get('allow')).toBe('GET');
  });

  it('is described by OpenAPI, for admins', async () => {
    const { json } = await house.send('/api/swagger/json');
    expect(json).toMatchObject({
      openapi: '3.0.0',
      paths: {
        '/api/rest/authors': { get: {}, post: {}, put: {} },
        '/api/rest/authors/{id}': {
          get: {
            summary: 'author at /authors/:id',
            description: expect.stringContaining('One author'),
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: {
              '200': {
                content: {
                  'application/json': {
                    schema: {
                      properties: {
                        author_by_pk: { properties: { name: { type: 'string', nullable: false } } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    });
    expect((await house.send('/api/swagger/json', { role: 'reader' })).json).toMatchObject({
      code: 'access-denied',
    });
  });
});

describe('endpoints that cannot be served', () => {
  it('are inconsistent, and answer nothing in the place of another', async () => {
    const house = await startHouseServer({
      ...metadata,
      rest_endpoints: [
        endpoint('missing', 'a'),
        endpoint('watch', 'b'),
        endpoint('author', 'c/:'),
        endpoint('authors', 'd/:limit'),
        endpoint('authors', 'd/all'),
        endpoint('authors', 'e'),
        endpoint('add', 'e', ['POST']),
        { ...endpoint('authors', 'f'), definition: { query: { collection_name: 'none', query_name: 'x' } } },
      ],
      allowlist: [{ collection: 'nothing' }],
    });
    expect(house.engine.inconsistencies.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'allowlist nothing: Inconsistent object: query collection with name "nothing" does not exist',
      'endpoint missing at a: Inconsistent object: query with name "missing" does not exist in query collection "rest"',
      'endpoint watch at b: Inconsistent object: query "watch" is a subscription',
      'endpoint author at c/:: Inconsistent object: Empty segments or unnamed variables are not allowed: c/:',
      'endpoint authors at d/all: Inconsistent object: Ambiguous URL paths: d/:limit, d/all',
      'endpoint authors at f: Inconsistent object: query collection with name "none" does not exist',
    ]);
    expect((await house.send('/api/rest/d/2')).json).toHaveProperty('author.length', 2);
    expect(await house.send('/api/rest/d/all')).toMatchObject({
      status: 500,
      json: { error: 'Multiple endpoints match request' },
    });
    expect((await house.send('/api/rest/a')).status).toBe(404);
    expect(
      (await house.send('/v1/metadata', { body: { type: 'drop_inconsistent_metadata', args: {} } })).json,
    ).toEqual({ message: 'success' });
    expect(house.engine.inconsistencies).toEqual([]);
    await house.close();
  });
});
