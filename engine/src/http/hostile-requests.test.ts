import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

describe('a client that means harm', () => {
  let house: HouseServer;

  beforeAll(async () => {
    house = await startHouseServer();
  });
  afterAll(() => house.close());

  const ask = async (body: unknown, role = 'reader') =>
    (await house.send('/v1/graphql', { body, role })).json as {
      data?: unknown;
      errors?: { message: string; extensions: { code: string } }[];
    };
  const refusal = async (body: unknown) => {
    const { data, errors } = await ask(body);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions.code).not.toBe('unexpected');
    return errors?.[0]?.message;
  };

  it('gets no more out of fragments than it could write down', async () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) =>
        `fragment F${level} on author { a: manager { ...F${level + 1} } b: manager { ...F${level + 1} } }`,
    );
    const query = `{ author { ...F0 } } ${levels.join(' ')} fragment F40 on author { id }`;
    expect(await refusal({ query })).toBe('the operation asks for more than 10000 fields');
  });

  it('cannot keep the engine busy with one long batch', async () => {
    const body = Array.from({ length: 1001 }, () => ({ query: '' }));
    expect(await refusal(body)).toBe('a batch may hold at most 1000 operations');
  });

  it('cannot nest anything deeper than the engine reads', async () => {
    const where = `${'{"_not":'.repeat(20_000)}{}${'}'.repeat(20_000)}`;
    const query = 'query ($where: author_bool_exp) { author(where: $where) { id } }';
    expect(await refusal(`{"query":${JSON.stringify(query)},"variables":{"where":${where}}}`)).toMatch(
      'nest deeper than 128 levels',
    );
    const list = `${'['.repeat(9000)}1${']'.repeat(9000)}`;
    expect(await refusal({ query: `{ author(where: {id: {_in: ${list}}}) { id } }` })).toBe(
      'not a valid graphql query',
    );
    expect(await refusal('['.repeat(100_000) + ']'.repeat(100_000))).toMatch('nest deeper than 128 levels');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'finds nothing behind the name %s',
    async (name) => {
      for (const query of [
        `{ ${name} { id } }`,
        `{ author { ${name} } }`,
        `{ author(${name}: 1) { id } }`,
        `{ author(where: {${name}: {_eq: 1}}) { id } }`,
        `{ author(order_by: {${name}: asc}) { id } }`,
        `{ author(distinct_on: [${name}]) { id } }`,
        `query ($x: ${name}) { author { id } }`,
      ]) {
        expect(await refusal({ query })).toMatch(name);
      }
      const query = `query ($where: author_bool_exp) { author(where: $where) { id } }`;
      const where = `{"${name}":{"_eq":1}}`;
      expect(await refusal(`{"query":"${query}","variables":{"where":${where}}}`)).toMatch(name);
      expect(await ask({ query: '{ author { id } }' }, name)).toMatchObject({
        errors: [{ message: `field "author" not found in type: 'query_root'` }],
      });
      // As the name of an answer it is as good as any.
      const { data } = await ask({ query: `{ ${name}: author(limit: 1) { ${name}: id } }` });
      expect(JSON.stringify(data)).toBe(`{"${name}":[{"${name}":1}]}`);
    },
  );

  it('is told what is wrong with a Boolean, also when the same operation has run before', async () => {
    const query = 'query ($is: Boolean) { author(where: {name: {_is_null: $is}}) { id } }';
    expect(await ask({ query, variables: { is: true } })).toEqual({ data: { author: [] } });
    for (const is of ['true', 1, [true]]) {
      expect(await refusal({ query, variables: { is } })).toMatch('expected a boolean for type "Boolean"');
    }
    expect(await refusal(`{"query":"${query}","variables":{"is":{"toString":1}}}`)).toMatch('a boolean');
  });

  it('has no directive ignored', async () => {
    expect(await refusal({ query: '{ author @client { id } }' })).toBe(
      'directive "client" is not defined in the schema',
    );
    expect(await refusal({ query: '{ author @skip(if: false) @skip(if: true) { id } }' })).toBe(
      'the following directives are used more than once: skip',
    );
    expect(await refusal({ query: 'query @skip(if: true) { author { id } }' })).toBe(
      'directive "skip" is not allowed on a query',
    );
    expect(await ask({ query: 'query @cached(ttl: 5) { author(limit: 1) { id } }' })).toHaveProperty('data');
  });

  it.each([
    '//evil/v1/metadata',
    '/v1\\metadata',
    '/x/../v1/metadata',
    '/x/%2E%2e/v1/metadata',
    '/./v1/metadata',
  ])('reaches nothing at %s, where a proxy in front would not know the metadata API', async (path) => {
    expect(await statusOf(path)).toBeOneOf([400, 404]);
    expect(await statusOf('/v1/metadata?x=/../y')).toBe(200);
  });

  /** The status of an administrator's request at a path that is sent just as it is. */
  function statusOf(path: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const headers = { 'x-hasura-admin-secret': TEST_ADMIN_SECRET };
      const request = httpRequest(house.url, { path, method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.end('{"type": "export_metadata", "args": {}}');
    });
  }

  it('hears that dumps are not made here', async () => {
    expect(await house.send('/v1alpha1/pg_dump', { body: { opts: ['-O'] } })).toMatchObject({
      status: 400,
      json: { code: 'not-supported' },
    });
  });
});
