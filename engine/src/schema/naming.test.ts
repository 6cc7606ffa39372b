import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { adminSession } from '../auth/session.ts';
import type { Engine } from '../engine-types.ts';
import type { Metadata, SourceCustomization } from '../metadata/types.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

const house = parse(readFileSync(new URL('../../cases/metadata.yaml', import.meta.url), 'utf8')) as Metadata;

describe('naming conventions', () => {
  let engine: Engine;

  afterEach(() => engine.close());

  async function open(customization: SourceCustomization, change: (metadata: Metadata) => void = () => {}) {
    const metadata = structuredClone(house);
    const [source] = metadata.sources;
    Object.assign(source as object, { customization });
    change(metadata);
    ({ engine } = await openPublishingHouse(metadata, { namingConvention: 'hasura-default' }));
  }
  const ask = async (query: string, role = 'admin', variables: Record<string, unknown> = {}) => {
    const session = sessionFor(role, { 'x-hasura-author-id': '1' });
    const answer = await engine.execute({ query, variables }, session, { headers: {}, requestId: 'naming' });
    return (JSON.parse(answer.body) as { data: unknown }).data;
  };

  it('graphql-default has fields in camel case, types in Pascal case, enum values in upper case', async () => {
    await open({ naming_convention: 'graphql-default' });
    const sdl = engine.printSchema('admin');
    for (const line of [
      'articleByPk(id: Int!): Article',
      'readerNoteAggregate(',
      'distinctOn: [ReaderNoteSelectColumn!]',
      'orderBy: [ReaderNoteOrderBy!]',
      'type ArticleStddevPopFields {',
      '"""aggregate stddevPop on columns"""',
      'input StringComparisonExp {',
      'input JsonbCastExp {',
      'input StringArrayComparisonExp {',
      'input MoodEnumComparisonExp {',
      'input ArticleAggregateBoolExp {',
      'input articleAggregateBoolExpCount {',
      '  _containedIn: jsonb',
      '  _isNull: Boolean',
      'insertReaderNoteOne(',
      'updateArticleMany(',
      'affectedRows: Int!',
      'input ArticlePkColumnsInput {',
      '  _deleteAtPath: ArticleDeleteAtPathInput',
      'updateColumns: [ArticleUpdateColumn!]! = []',
      'enum OrderBy {',
      'ASC_NULLS_FIRST',
      '  CALM',
      'article_pkey',
      'articlesAggregate(',
      'searchArticle(',
      'input SearchArticleArgs {',
      'input HeadlineArticleArgs {',
      'input Articles_likeAuthorArgs {',
    ]) {
      expect(sdl).toContain(line);
    }
    // The conditions of aggregates alone begin in lower case, as the reference shows them.
    expect(sdl).not.toMatch(/^(type|input|enum) (article|author|reader_note)(?!AggregateBoolExp[A-Z])/m);
  });

  it('answers under these names, from variables too', async () => {
    await open({ naming_convention: 'graphql-default' });
    expect(
      await ask(
        `query ($where: ArticleBoolExp!, $by: [ArticleOrderBy!]) {
          article(where: $where, orderBy: $by, distinctOn: authorId) { id authorId publishedAt __typename }
          articleAggregate(where: {tags: {_hasKey: "red"}, id: {_isNull: false}}) {
            aggregate { count(columns: [authorId]) stddevPop { views } }
            nodes { isPublished }
          }
          authorByPk(id: 1) { articlesAggregate { aggregate { count } } }
          readerNote(where: {mood: {_eq: CALM}}, limit: 1, orderBy: {id: ASC}) { articleId }
        }`,
        'admin',
        { where: { publishedAt: { _isNull: false } }, by: [{ authorId: 'DESC' }, { id: 'ASC' }] },
      ),
    ).toEqual({
      article: [
        { id: 4, authorId: 3, publishedAt: '2024-02-01T10:00:00+00:00', __typename: 'Article' },
        { id: 3, authorId: 2, publishedAt: '2024-03-01T10:00:00+00:00', __typename: 'Article' },
        { id: 1, authorId: 1, publishedAt: '2024-01-01T10:00:00+00:00', __typename: 'Article' },
      ],
      articleAggregate: { aggregate: { count: 1, stddevPop: { views: 0 } }, nodes: [{ isPublished: true }] },
      authorByPk: { articlesAggregate: { aggregate: { count: 2 } } },
      readerNote: [{ articleId: 1 }],
    });
    expect(
      await ask(
        `mutation {
          updateArticle(where: {id: {_eq: 1}}, _set: {isPublished: true}, _inc: {views: 1}) {
            affectedRows
            returning { id isPublished }
          }
          insertReaderNoteOne(
            object: {articleId: 4, ownerId: 9, body: "new", mood: WILD}
            onConflict: {constraint: reader_note_article_id_owner_id_key, updateColumns: [body]}
          ) { body articleId }
          updateAuthorByPk(pkColumns: {id: 2}, _set: {name: "Bertolt"}) { name }
        }`,
      ),
    ).toEqual({
      updateArticle: { affectedRows: 1, returning: [{ id: 1, isPublished: true }] },
      insertReaderNoteOne: { body: 'new', articleId: 4 },
      updateAuthorByPk: { name: 'Bertolt' },
    });
  });

  it('leaves names that metadata gives as they are, where they begin a name', async () => {
    await open({ naming_convention: 'graphql-default' }, (metadata) => {
      const tables = metadata.sources[0]?.tables as unknown as {
        table: { name: string };
        configuration?: unknown;
      }[];
      for (const table of tables) {
        if (table.table.name === 'author') table.configuration = { custom_name: 'table_one' };
        if (table.table.name === 'article')
          table.configuration = {
            custom_root_fields: { select: 'all_articles' },
            column_config: { published_at: { custom_name: 'Published_On' } },
          };
      }
    });
    const sdl = engine.printSchema('admin');
    for (const line of [
      'table_oneByPk(id: Int!): table_one',
      'insertTable_oneOne(',
      'type table_oneAggregate {',
      'all_articles(',
      'Published_On: timestamptz',
    ]) {
      expect(sdl).toContain(line);
    }
    expect(await ask('{ all_articles(where: {Published_On: {_isNull: true}}) { id Published_On } }')).toEqual(
      {
        all_articles: [{ id: 2, Published_On: null }],
      },
    );
  });

  it('prefixes and suffixes go around root fields and types of either convention', async () => {
    const affixes = {
      root_fields: { prefix: 'house_', suffix: '_now' },
      type_names: { prefix: 'House_', suffix: '_t' },
    };
    await open(affixes);
    expect(engine.printSchema('admin')).toContain('house_article_by_pk_now(id: Int!): House_article_t');
    expect(engine.printSchema('admin')).toContain('input String_comparison_exp {');
    expect(await ask('{ house_article_now(limit: 1, order_by: {id: asc}) { __typename id } }')).toEqual({
      house_article_now: [{ __typename: 'House_article_t', id: 1 }],
    });
    await engine.close();
    await open({ ...affixes, naming_convention: 'graphql-default' });
    expect(engine.printSchema('admin')).toContain('house_ArticleByPk_now(id: Int!): House_Article_t');
  });

  it('a convention that is not switched on is refused, not ignored', async () => {
    await open({});
    const metadata = structuredClone(house);
    Object.assign(metadata.sources[0] as object, { customization: { naming_convention: 'graphql-default' } });
    await expect(openPublishingHouse(metadata)).rejects.toThrow('HASURA_GRAPHQL_EXPERIMENTAL_FEATURES');
  });

  it('changes over the metadata API', async () => {
    await open({});
    const api = (type: string, args: unknown): Promise<unknown> =>
      engine.runMetadataRequest({ type, args }, adminSession);
    await api('pg_update_source', {
      name: 'default',
      customization: { naming_convention: 'graphql-default' },
    });
    expect(engine.printSchema('admin')).toContain('articleByPk(id: Int!): Article');
    await api('pg_update_source', { name: 'default', customization: { root_fields: { prefix: 'my_' } } });
    expect(engine.printSchema('admin')).toContain('my_article_by_pk(id: Int!): article');
    await expect(
      api('pg_update_source', { name: 'default', customization: { root_fields: { prefix: '1-' } } }),
    ).rejects.toThrow('"1-" is not a valid part of a GraphQL name');
    await api('pg_update_source', { name: 'default', customization: {} });
    expect(engine.printSchema('admin')).toContain('  article_by_pk(id: Int!): article');
  });

  it('an action keeps its names', async () => {
    await open({ naming_convention: 'graphql-default' }, (metadata) => {
      Object.assign(metadata, {
        actions: [
          {
            name: 'do_it',
            definition: {
              handler: 'http://localhost/x',
              output_type: 'done_thing',
              arguments: [{ name: 'some_thing', type: 'in_thing!' }],
            },
          },
        ],
        custom_types: {
          objects: [{ name: 'done_thing', fields: [{ name: 'row_id', type: 'Int!' }] }],
          input_objects: [{ name: 'in_thing', fields: [{ name: 'of_what', type: 'String' }] }],
        },
      });
    });
    const sdl = engine.printSchema('admin');
    expect(sdl).toContain('do_it(some_thing: in_thing!): done_thing');
    expect(sdl).toContain('  of_what: String');
    expect(sdl).toContain('  row_id: Int!');
  });
});
