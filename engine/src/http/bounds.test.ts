import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

/** Milliseconds within which a refusal has to come, on a busy machine: nothing is made of what is refused. */
const soon = 20_000;

describe('the bounds of a role', () => {
  let house: HouseServer;

  beforeAll(async () => {
    house = await startHouseServer(
      {},
      {
        HASURA_ENGINE_BOUNDS: JSON.stringify({
          roles: {
            reader: {
              bodyBytes: 20_000,
              variablesBytes: 10_000,
              jsonDepth: 20,
              listLength: 100,
              conditions: 50,
            },
            writer: { introspectionFields: 50, parameters: 10, patternOperators: false },
          },
        }),
      },
    );
  });
  afterAll(() => house.close());

  const ask = async (body: unknown, role: string) => {
    const started = performance.now();
    const { status, json } = await house.send('/v1/graphql', { body, role });
    expect(performance.now() - started).toBeLessThan(soon);
    return { status, ...(json as { data?: unknown; errors?: { extensions: { code: string } }[] }) };
  };
  const codeOf = async (body: unknown, role = 'reader') =>
    (await ask(body, role)).errors?.[0]?.extensions.code;
  const byIds = 'query ($ids: [Int!]!) { author(where: {id: {_in: $ids}}) { id } }';
  const filtered = 'query ($where: author_bool_exp!) { author(where: $where) { id } }';
  const ids = (length: number) => Array.from({ length }, (_, index) => index);

  it('hold a body to its bytes, told beforehand or not', async () => {
    const query = `{ author { id } } #${'x'.repeat(30_000)}`;
    expect(await ask({ query }, 'reader')).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'body-limit-exceeded' } }],
    });
    const chunked = await fetch(`${house.url}/v1/graphql`, {
      method: 'POST',
      headers: { 'x-hasura-admin-secret': 'the admin secret of the tests', 'x-hasura-role': 'reader' },
      body: new Blob([JSON.stringify({ query })]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    await chunked.body?.cancel();
    expect(await ask({ query }, 'admin')).toHaveProperty('data.author');
  });

  it('hold variables to their bytes', async () => {
    const variables = { ids: [1], where: { name: { _eq: 'x'.repeat(11_000) } } };
    expect(await codeOf({ query: filtered, variables })).toBe('variables-limit-exceeded');
  });

  it('hold JSON to its depth, whatever it is sent for', async () => {
    const where = `${'{"_not":'.repeat(30)}{}${'}'.repeat(30)}`;
    const body = `{"query":${JSON.stringify(filtered)},"variables":{"where":${where}}}`;
    expect(await codeOf(body)).toBe('json-depth-limit-exceeded');
    const nested = `{"type":"export_metadata","args":${'['.repeat(300)}${']'.repeat(300)}}`;
    for (const path of ['/v1/metadata', '/v2/query', '/v1/graphql', '/v1/graphql/explain']) {
      const { json } = await house.send(path, { body: nested });
      expect(JSON.stringify(json), path).toContain('json-depth-limit-exceeded');
    }
  });

  it('hold lists to their length, in documents and variables, also under a plan that is known', async () => {
    expect(await ask({ query: byIds, variables: { ids: ids(100) } }, 'reader')).toHaveProperty('data.author');
    expect(await codeOf({ query: byIds, variables: { ids: ids(101) } })).toBe('list-limit-exceeded');
    const literal = `{ author(where: {id: {_in: [${ids(101).join(' ')}]}}) { id } }`;
    expect(await codeOf({ query: literal })).toBe('list-limit-exceeded');
    expect(await ask({ query: literal }, 'admin')).toHaveProperty('data.author');
  });

  it('hold filters to their conditions, however they are spread over an operation', async () => {
    const equal = ids(50).map((id) => ({ id: { _eq: id } }));
    expect(
      await ask({ query: filtered, variables: { where: { _or: equal.slice(1) } } }, 'reader'),
    ).toHaveProperty('data.author');
    expect(await codeOf({ query: filtered, variables: { where: { _or: equal } } })).toBe(
      'condition-limit-exceeded',
    );
    const literals = ids(26).map((id) => `a${id}: author(where: {id: {_eq: ${id}, _gt: 0}}) { id }`);
    expect(await codeOf({ query: `{ ${literals.join(' ')} }` })).toBe('condition-limit-exceeded');
    const empty = ids(60).map(() => ({}));
    expect(await codeOf({ query: filtered, variables: { where: { _and: empty } } })).toBe(
      'condition-limit-exceeded',
    );
  });

  it('refuse tens of thousands of conditions of any role that has the default bounds', async () => {
    const where = { _or: ids(40_000).map((id) => ({ id: { _eq: id } })) };
    expect(await codeOf({ query: filtered, variables: { where } }, 'editor')).toBe('list-limit-exceeded');
    const nested = { _or: ids(400).map(() => ({ _or: ids(100).map((id) => ({ id: { _eq: id } })) })) };
    expect(await codeOf({ query: filtered, variables: { where: nested } }, 'editor')).toBe(
      'condition-limit-exceeded',
    );
  });

  it('hold a statement to the values that it takes', async () => {
    const where = ids(11).map((id) => ({ id: { _eq: id } }));
    expect(await codeOf({ query: filtered, variables: { where: { _or: where } } }, 'writer')).toBe(
      'parameter-limit-exceeded',
    );
  });

  it('refuse patterns that are slow to match, where they are switched off', async () => {
    const matching = (operator: string) => ({
      query: `{ author(where: {_not: {name: {${operator}: "A%"}}}) { id } }`,
    });
    for (const operator of ['_regex', '_niregex', '_similar', '_nsimilar']) {
      expect(await codeOf(matching(operator), 'writer'), operator).toBe('pattern-operator-refused');
      expect(await ask(matching(operator), 'publisher'), operator).toHaveProperty('data.author');
    }
    expect(await ask(matching('_ilike'), 'writer')).toHaveProperty('data.author');
  });

  it('hold an introspection to the fields of its answer, all its fields together', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect(await ask({ query }, 'writer')).toHaveProperty('data.__schema');
    const all = '{ __schema { types { name fields { name type { name } } } } }';
    expect(await codeOf({ query: all }, 'writer')).toBe('introspection-limit-exceeded');
    expect(await ask({ query: all }, 'admin')).toHaveProperty('data.__schema');
    const many = `{ ${ids(30)
      .map((n) => `a${n}: __schema { queryType { name } }`)
      .join(' ')} }`;
    expect(await codeOf({ query: many }, 'writer')).toBe('introspection-limit-exceeded');
  });
});
