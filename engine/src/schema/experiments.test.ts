import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { EXPERIMENTS } from '../schema-settings.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

const sql = `create table "tagged" (id int primary key, labels text[]);
  insert into tagged values (1, '{a,b}'), (2, '{c}');
  create table "2fa" (id int primary key);
  create table odd (id int primary key, __hidden int, fine int);`;

describe('the experiments that take something away', () => {
  let plain: Engine;
  let bare: Engine;

  beforeAll(async () => {
    const change = (tables: readonly string[]) => ({
      sources: [
        {
          name: 'default',
          kind: 'postgres' as const,
          configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
          tables: [
            ...tables.map((table) => ({ table })),
            {
              table: 'author',
              array_relationships: [
                {
                  name: 'articles',
                  using: { foreign_key_constraint_on: { table: 'article', column: 'author_id' } },
                },
              ],
            },
          ],
        },
      ],
      actions: [],
      inherited_roles: [],
    });
    const tables = ['tagged', '2fa', 'odd', 'article'];
    ({ engine: plain } = await openPublishingHouse(change(tables), {}, { sql }));
    ({ engine: bare } = await openPublishingHouse(
      change(tables),
      { experiments: new Set(EXPERIMENTS.filter((name) => name !== 'naming_convention')) },
      { sql },
    ));
  });
  afterAll(() => Promise.all([plain?.close(), bare?.close()]));

  it.each([
    ['hide_update_many_fields', 'update_author_many('],
    ['hide_stream_fields', 'author_stream('],
    ['hide_aggregation_predicates', 'articles_aggregate: article_aggregate_bool_exp'],
    ['disable_postgres_arrays', 'labels: [String!]'],
  ])('%s', (_name, shown) => {
    expect(plain.printSchema('admin')).toContain(shown);
    expect(bare.printSchema('admin')).not.toContain(shown);
  });

  it('shows arrays by the name that Postgres has for them, to read, to filter and to write', async () => {
    const ask = async (query: string): Promise<unknown> => {
      const answer = await bare.execute({ query }, sessionFor('admin'), { headers: {}, requestId: 'arrays' });
      return (JSON.parse(answer.body) as { data: unknown }).data;
    };
    expect(bare.printSchema('admin')).toContain('labels: _text');
    expect(await ask('{ tagged(where: {labels: {_eq: "{a,b}"}}) { id labels } }')).toEqual({
      tagged: [{ id: 1, labels: ['a', 'b'] }],
    });
    expect(
      await ask(
        'mutation { insert_tagged_one(object: {id: 3, labels: "{x}"}) { labels } delete_tagged_by_pk(id: 3) { id } }',
      ),
    ).toEqual({ insert_tagged_one: { labels: ['x'] }, delete_tagged_by_pk: { id: 3 } });
  });

  it('leaves out what GraphQL cannot spell or keeps for itself, that one thing alone', () => {
    const sdl = plain.printSchema('admin');
    expect(sdl).toContain('fine: Int');
    expect(sdl).not.toContain('__hidden');
    expect(plain.inconsistencies.map(({ name, reason }) => [name, reason])).toEqual([
      [
        'table 2fa in source default',
        'Inconsistent object: cannot include "2fa" in the GraphQL schema because it is not a valid GraphQL identifier',
      ],
    ]);
  });
});
