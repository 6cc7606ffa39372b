import { readFileSync } from 'node:fs';
import { assertValidSchema, buildSchema, type GraphQLNamedType, printType } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Engine } from '../engine-types.ts';
import type { Metadata } from '../metadata/types.ts';
import { openPublishingHouse } from '../testing/publishing-house.ts';

type Permission = Record<string, unknown>;
const cases = new URL('../../cases/metadata.yaml', import.meta.url);

/** The metadata of the cases with more in a role's permission to select from articles. */
function metadataWith(role: string, more: Permission): Metadata {
  const metadata = parse(readFileSync(cases, 'utf8'));
  const article = metadata.sources[0].tables.find(
    ({ table }: { table: { name: string } }) => table.name === 'article',
  );
  const entry = article.select_permissions.find((permission: { role: string }) => permission.role === role);
  Object.assign(entry.permission, more);
  return metadata as Metadata;
}

describe('the schema that clients and code generators see', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function typesOf(role: string, names: readonly string[], more: Permission = {}): Promise<string> {
    engine = (await openPublishingHouse(metadataWith(role, more))).engine;
    const schema = buildSchema(engine.printSchema(role));
    return names
      .map((name) => {
        const type = schema.getType(name);
        return type ? printType(type) : `no ${name}`;
      })
      .join('\n\n');
  }

  it('compares aggregates of relationships, statistics only over double precision', async () => {
    expect(
      await typesOf('critic', [
        'author_bool_exp',
        'article_aggregate_bool_exp',
        'article_aggregate_bool_exp_count',
        'article_aggregate_bool_exp_bool_and',
        'article_aggregate_bool_exp_covar_samp',
        'article_aggregate_bool_exp_covar_samp_arguments',
        'article_select_column_article_aggregate_bool_exp_avg_arguments_columns',
      ]),
    ).toMatchInlineSnapshot(`
      """"
      Boolean expression to filter rows from the table "author". All fields are combined with a logical 'AND'.
      """
      input author_bool_exp {
        _and: [author_bool_exp!]
        _not: author_bool_exp
        _or: [author_bool_exp!]
        articles: article_bool_exp
        articles_aggregate: article_aggregate_bool_exp
        best_articles: article_bool_exp
        id: Int_comparison_exp
        is_me: Boolean_comparison_exp
        manager: author_bool_exp
        name: String_comparison_exp
        reports: author_bool_exp
      }

      input article_aggregate_bool_exp {
        avg: article_aggregate_bool_exp_avg
        bool_and: article_aggregate_bool_exp_bool_and
        bool_or: article_aggregate_bool_exp_bool_or
        corr: article_aggregate_bool_exp_corr
        count: article_aggregate_bool_exp_count
        covar_samp: article_aggregate_bool_exp_covar_samp
        max: article_aggregate_bool_exp_max
        min: article_aggregate_bool_exp_min
        stddev_samp: article_aggregate_bool_exp_stddev_samp
        sum: article_aggregate_bool_exp_sum
        var_samp: article_aggregate_bool_exp_var_samp
      }

      input article_aggregate_bool_exp_count {
        arguments: [article_select_column!]
        distinct: Boolean
        filter: article_bool_exp
        predicate: Int_comparison_exp!
      }

      input article_aggregate_bool_exp_bool_and {
        arguments: article_select_column_article_aggregate_bool_exp_bool_and_arguments_columns!
        distinct: Boolean
        filter: article_bool_exp
        predicate: Boolean_comparison_exp!
      }

      input article_aggregate_bool_exp_covar_samp {
        arguments: article_aggregate_bool_exp_covar_samp_arguments!
        distinct: Boolean
        filter: article_bool_exp
        predicate: float8_comparison_exp!
      }

      input article_aggregate_bool_exp_covar_samp_arguments {
        X: article_select_column_article_aggregate_bool_exp_covar_samp_arguments_columns!
        Y: article_select_column_article_aggregate_bool_exp_covar_samp_arguments_columns!
      }

      """
      select "article_aggregate_bool_exp_avg_arguments_columns" columns of table "article"
      """
      enum article_select_column_article_aggregate_bool_exp_avg_arguments_columns {
        """column name"""
        weight
      }"
    `);
  });

  it('streams from any column that the role may read', async () => {
    expect(
      await typesOf('reader', [
        'article_stream_cursor_input',
        'article_stream_cursor_value_input',
        'cursor_ordering',
      ]),
    ).toMatchInlineSnapshot(`
      """"
      Streaming cursor of the table "article"
      """
      input article_stream_cursor_input {
        """Stream column input with initial value"""
        initial_value: article_stream_cursor_value_input!

        """cursor ordering"""
        ordering: cursor_ordering
      }

      """Initial value of the column from where the streaming should start"""
      input article_stream_cursor_value_input {
        author_id: Int
        id: Int
        published_at: timestamptz
        title: String
      }

      """ordering argument of a cursor"""
      enum cursor_ordering {
        """ascending ordering of the cursor"""
        ASC

        """descending ordering of the cursor"""
        DESC
      }"
    `);
  });

  it.each([
    [
      {},
      ['article', 'article_aggregate', 'article_by_pk'],
      ['article', 'article_aggregate', 'article_by_pk', 'article_stream'],
    ],
    [
      { query_root_fields: null, subscription_root_fields: [] },
      ['article', 'article_aggregate', 'article_by_pk'],
      [],
    ],
    [
      { query_root_fields: ['select_by_pk'], subscription_root_fields: ['select_stream', 'select'] },
      ['article_by_pk'],
      ['article', 'article_stream'],
    ],
    [{ query_root_fields: [], subscription_root_fields: ['select_aggregate'] }, [], ['article_aggregate']],
    // What is not allowed otherwise is not opened by being listed.
    [
      { allow_aggregations: false, query_root_fields: ['select_aggregate'] },
      [],
      ['article', 'article_by_pk', 'article_stream'],
    ],
  ])('shows the root fields that %j leaves', async (more, queries, subscriptions) => {
    engine = (await openPublishingHouse(metadataWith('reader', more))).engine;
    const schema = buildSchema(engine.printSchema('reader'));
    const articles = (type: ReturnType<typeof schema.getQueryType>): string[] =>
      Object.keys(type?.getFields() ?? {}).filter((name) =>
        /^article(_by_pk|_aggregate|_stream)?$/.test(name),
      );
    expect(articles(schema.getQueryType())).toEqual(queries);
    expect(articles(schema.getSubscriptionType())).toEqual(subscriptions);
    // Relationships lead to the rows all the same.
    expect(printType(schema.getType('author') as GraphQLNamedType)).toContain('  articles(');
  });

  it('has no insert for a table whose columns are all generated, and stays a schema', async () => {
    const metadata = metadataWith('critic', {});
    const [source] = metadata.sources;
    Object.assign(source ?? {}, {
      tables: [...(source?.tables ?? []), { table: { schema: 'public', name: 'tick' } }],
    });
    engine = (
      await openPublishingHouse(
        metadata,
        {},
        {
          sql: 'CREATE TABLE tick (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)',
        },
      )
    ).engine;
    const sdl = engine.printSchema('admin');
    expect(sdl).toContain('delete_tick');
    expect(sdl).not.toContain('insert_tick');
    expect(() => assertValidSchema(buildSchema(sdl))).not.toThrow();
  });
});
