import { createTestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toApiError } from '../errors.ts';
import { sessionFor } from '../testing/publishing-house.ts';

const context = { headers: {}, requestId: 'test' };
const success = { message: 'success' };

describe('the metadata API', () => {
  let engine: Engine;
  let databaseUrl: string;

  beforeEach(async () => {
    databaseUrl = (await createTestDatabase({ migrated: false })).url;
    engine = await createEngine({ databaseUrl });
    await sql(`
      create table author (id int primary key, name text not null);
      create table article (id int primary key, title text, author_id int not null references author (id));
      insert into author values (1, 'Ada'), (2, 'Brecht');
      insert into article values (1, 'Alpha', 1), (2, 'Beta', 2);`);
  });
  afterEach(() => engine.close());

  async function api(type: string, args: unknown, more: Record<string, unknown> = {}): Promise<unknown> {
    try {
      return await engine.runMetadataRequest({ type, args, ...more }, adminSession);
    } catch (error) {
      return toApiError(error as EngineError, false);
    }
  }
  const sql = (text: string, more: Record<string, unknown> = {}) => api('run_sql', { sql: text, ...more });
  const query = async (
    text: string,
    role = 'admin',
    variables: Record<string, string> = {},
  ): Promise<unknown> => {
    const answer = await engine.execute({ query: text }, sessionFor(role, variables), context);
    return (JSON.parse(answer.body) as { data: unknown }).data;
  };
  const trackBoth = () =>
    api('bulk', [
      { type: 'track_table', args: 'author' },
      { type: 'pg_track_table', args: { table: { schema: 'public', name: 'article' } } },
      {
        type: 'create_object_relationship',
        args: { table: 'article', name: 'author', using: { foreign_key_constraint_on: 'author_id' } },
      },
      {
        type: 'create_array_relationship',
        args: {
          table: 'author',
          name: 'articles',
          using: { foreign_key_constraint_on: { table: 'article', column: 'author_id' } },
        },
      },
      {
        type: 'create_select_permission',
        args: {
          table: 'article',
          role: 'writer',
          permission: { columns: ['id', 'title'], filter: { author: { id: 'X-Hasura-User-Id' } } },
        },
      },
    ]);

  it('serves what was tracked at once, and under the permissions given', async () => {
    expect(await trackBoth()).toEqual([success, success, success, success, success]);
    expect(
      await query('{ author(order_by: {id: asc}) { name articles { title author { name } } } }'),
    ).toEqual({
      author: [
        { name: 'Ada', articles: [{ title: 'Alpha', author: { name: 'Ada' } }] },
        { name: 'Brecht', articles: [{ title: 'Beta', author: { name: 'Brecht' } }] },
      ],
    });
    expect(await query('{ article { title } }', 'writer', { 'x-hasura-user-id': '2' })).toEqual({
      article: [{ title: 'Beta' }],
    });
  });

  it('refuses a field whose name a column was given, and a foreign key that is no object', async () => {
    const configuration = { custom_column_names: { id: 'AuthorId' } };
    await api('bulk', [
      { type: 'track_table', version: 2, args: { table: 'author', configuration } },
      { type: 'track_table', args: 'article' },
    ]);
    const relationship = (name: string, on: unknown) =>
      api('create_array_relationship', { table: 'author', name, using: { foreign_key_constraint_on: on } });
    const remote = { table: 'article', column: 'author_id' };
    expect(await relationship('AuthorId', remote)).toEqual({
      path: '$.args',
      code: 'invalid-configuration',
      error:
        'Inconsistent object: field definition conflicts with custom field name for postgres column "id"',
    });
    expect(await relationship('articles', 'author_id')).toMatchObject({
      code: 'parse-failed',
      error: 'Expecting object { table, columns }.',
    });
    expect(await relationship('articles', remote)).toEqual(success);
    expect(
      await api('set_table_customization', {
        table: 'author',
        configuration: { column_config: { name: { custom_name: 'articles' } } },
      }),
    ).toMatchObject({
      error: 'cannot continue due to new inconsistent metadata',
    });
  });

  it('keeps changes in the database, numbers them, and refuses one made on an old number', async () => {
    await trackBoth();
    const before = (await api('export_metadata', {}, { version: 2 })) as { resource_version: number };
    await api('untrack_table', { table: 'author', cascade: true });
    const after = (await api('export_metadata', {}, { version: 2 })) as { resource_version: number };
    expect(after.resource_version).toBe(before.resource_version + 1);
    expect(await api('track_table', 'author', { resource_version: before.resource_version })).toMatchObject({
      code: 'conflict',
    });
    for (const given of [String(after.resource_version), { n: 1 }, [after.resource_version], true, 1.5]) {
      expect(await api('track_table', 'author', { resource_version: given })).toMatchObject({
        code: 'parse-failed',
        path: '$.resource_version',
      });
    }
    await engine.close();
    engine = await createEngine({ databaseUrl });
    expect(await query('{ article(order_by: {id: asc}) { id } }')).toEqual({
      article: [{ id: 1 }, { id: 2 }],
    });
    await expect(query('{ author { id } }')).rejects.toThrow('field "author" not found');
  });

  it('is for admins alone', async () => {
    await expect(
      engine.runMetadataRequest({ type: 'export_metadata', args: {} }, sessionFor('writer')),
    ).rejects.toMatchObject({
      code: 'access-denied',
    });
  });

  it.each([
    ['a table twice', 'track_table', 'author', 'already-tracked'],
    ['a table that is not there', 'track_table', 'nobody', 'invalid-configuration'],
    [
      'a permission that names no column',
      'create_select_permission',
      { table: 'author', role: 'r', permission: { columns: ['nope'], filter: {} } },
      'invalid-configuration',
    ],
    [
      'a filter that names no column',
      'create_select_permission',
      { table: 'author', role: 'r', permission: { columns: ['id'], filter: { nope: 1 } } },
      'invalid-configuration',
    ],
    [
      'a permission for admin',
      'create_select_permission',
      { table: 'author', role: 'admin', permission: { columns: '*', filter: {} } },
      'already-exists',
    ],
    [
      'an empty role',
      'create_select_permission',
      { table: 'author', role: '', permission: { columns: '*', filter: {} } },
      'parse-failed',
    ],
    [
      'a relationship over no foreign key',
      'create_object_relationship',
      { table: 'author', name: 'x', using: { foreign_key_constraint_on: 'name' } },
      'invalid-configuration',
    ],
    [
      'what the engine does not do',
      'create_action',
      {
        name: 'later',
        definition: {
          handler: 'http://localhost',
          output_type: 'Int',
          request_transform: { template_engine: 'Go' },
        },
      },
      'parse-failed',
    ],
    [
      'a query that nobody waits for',
      'create_action',
      {
        name: 'later',
        definition: { kind: 'asynchronous', type: 'query', handler: 'http://localhost', output_type: 'Int' },
      },
      'invalid-configuration',
    ],
    [
      'an action of an unknown type',
      'create_action',
      { name: 'vague', definition: { handler: 'http://localhost', output_type: 'Nowhere' } },
      'invalid-configuration',
    ],
    ['a command that nobody knows', 'make_coffee', {}, 'parse-failed'],
  ])('refuses %s and changes nothing', async (_name, type, args, code) => {
    await trackBoth();
    const before = await api('export_metadata', {});
    expect(await api(type, args)).toMatchObject({ code });
    expect(await api('export_metadata', {})).toEqual(before);
  });

  it('refuses to untrack what others lead to, unless they may go too', async () => {
    await trackBoth();
    expect(await api('untrack_table', { table: 'author' })).toEqual({
      path: '$.args',
      error:
        'cannot drop due to the following dependent objects : relationship article.author in source "default", permission article.writer.select in source "default"',
      code: 'dependency-error',
    });
    expect(await api('untrack_table', { table: 'author', cascade: true })).toEqual(success);
    // The permission that looked through the relationship has gone with it.
    expect(JSON.stringify(await api('export_metadata', {}))).not.toContain('writer');
  });

  it('runs SQL in one transaction and shows the last result as texts', async () => {
    expect(await sql('select id, name from author order by id')).toEqual({
      result_type: 'TuplesOk',
      result: [
        ['id', 'name'],
        ['1', 'Ada'],
        ['2', 'Brecht'],
      ],
    });
    expect(await sql(`insert into author values (3, 'Colette'); select 1 / 0`)).toMatchObject({
      code: 'postgres-error',
    });
    expect(await sql('insert into author values (4, $$Duras$$)', { read_only: true })).toMatchObject({
      code: 'postgres-error',
    });
    expect(await sql('select count(*) from author')).toMatchObject({ result: [['count'], ['2']] });
  });

  it('lets metadata follow renamed tables and columns, through filters as well', async () => {
    await trackBoth();
    await sql('alter table author rename column id to number; alter table article rename to piece');
    expect(await query('{ piece(order_by: {id: asc}) { title author { number } } }')).toMatchObject({
      piece: [{ author: { number: 1 } }, { author: { number: 2 } }],
    });
    expect(await query('{ piece { title } }', 'writer', { 'x-hasura-user-id': '1' })).toEqual({
      piece: [{ title: 'Alpha' }],
    });
  });

  it('refuses SQL that pulls something from under metadata, unless it may go too', async () => {
    await trackBoth();
    expect(await sql('alter table article drop column title')).toMatchObject({ code: 'dependency-error' });
    expect(await query('{ article_by_pk(id: 1) { title } }')).toEqual({ article_by_pk: { title: 'Alpha' } });
    expect(await sql('alter table article drop column title', { cascade: true })).toMatchObject({
      result_type: 'CommandOk',
    });
    await expect(query('{ article { title } }')).rejects.toThrow('field "title" not found');
  });

  it('reports what has become inconsistent behind its back and drops it when asked', async () => {
    await trackBoth();
    await sql('drop table article', { check_metadata_consistency: false });
    const report = (await api('get_inconsistent_metadata', {})) as {
      is_consistent: boolean;
      inconsistent_objects: { type: string }[];
    };
    expect(report.is_consistent).toBe(false);
    expect(report.inconsistent_objects.map(({ type }) => type)).toEqual(['table', 'array_relation']);
    expect(await query('{ author_by_pk(id: 1) { name } }')).toEqual({ author_by_pk: { name: 'Ada' } });
    await api('drop_inconsistent_metadata', {});
    expect(await api('get_inconsistent_metadata', {})).toEqual({
      is_consistent: true,
      inconsistent_objects: [],
    });
  });

  it('replaces metadata of every version and clears it', async () => {
    const tables = [
      { table: 'author' },
      { table: { schema: 'public', name: 'article' }, select_permissions: [] },
    ];
    expect(await api('replace_metadata', { tables })).toEqual(success);
    expect(await api('replace_metadata', { version: 2, tables, functions: [] })).toEqual(success);
    const exported = await api('export_metadata', {});
    expect(exported).toMatchObject({
      version: 3,
      sources: [{ name: 'default', tables: [{ table: { name: 'article' } }, { table: { name: 'author' } }] }],
    });
    expect(await api('replace_metadata', exported)).toEqual(success);
    expect(await api('replace_metadata', { tables: [{ table: 'gone' }] })).toMatchObject({
      code: 'unexpected',
      error: 'cannot continue due to inconsistent metadata',
    });
    expect(await query('{ author_by_pk(id: 1) { name } }')).toEqual({ author_by_pk: { name: 'Ada' } });
    expect(await api('clear_metadata', {})).toEqual(success);
    await expect(query('{ author { id } }')).rejects.toThrow('not found');
  });

  it('refuses two things under one root field', async () => {
    await trackBoth();
    const customName = { table: 'author', configuration: { custom_name: 'article' } };
    expect(await api('set_table_customization', customName)).toMatchObject({
      error: expect.stringMatching(
        /^found duplicate fields in selection set for mutation root: insert_article, /,
      ),
    });
    const action = { name: 'insert_author', definition: { handler: 'http://localhost', output_type: 'Int' } };
    expect(await api('create_action', action)).toMatchObject({ code: 'unexpected' });
  });

  it('tracks and untracks lists of tables', async () => {
    const tables = [{ table: 'author' }, { table: { schema: 'public', name: 'article' } }];
    expect(await api('pg_track_tables', { tables })).toEqual(success);
    expect(await query('{ author { id } article { id } }')).toHaveProperty('article');
    expect(await api('pg_track_tables', { tables })).toMatchObject({ code: 'already-tracked' });
    expect(await api('pg_untrack_tables', { tables })).toEqual(success);
    await expect(query('{ author { id } }')).rejects.toThrow('not found');
  });

  it('keeps what console and CLI have to remember, without counting it as a change', async () => {
    const before = await api('export_metadata', {}, { version: 2 });
    expect(await api('get_catalog_state', {})).toEqual({ id: null, cli_state: {}, console_state: {} });
    expect(await api('set_catalog_state', { type: 'console', state: { seen: true } })).toEqual(success);
    expect(await api('get_catalog_state', {})).toMatchObject({
      cli_state: {},
      console_state: { seen: true },
    });
    expect(await api('set_catalog_state', { type: 'fridge', state: {} })).toMatchObject({
      code: 'parse-failed',
    });
    expect(await api('export_metadata', {}, { version: 2 })).toEqual(before);
  });

  it('lists what could be tracked, and the relationships that foreign keys suggest', async () => {
    expect(await api('pg_get_source_tables', { source: 'default' })).toEqual([
      { schema: 'public', name: 'author' },
      { schema: 'public', name: 'article' },
    ]);
    const tables = [{ table: 'author' }, { table: 'article' }];
    await api('pg_track_tables', { tables });
    const article = {
      table: { schema: 'public', name: 'article' },
      columns: ['author_id'],
      constraint_name: 'article_author_id_fkey',
    };
    const author = { table: { schema: 'public', name: 'author' }, columns: ['id'] };
    expect(await api('pg_suggest_relationships', {})).toEqual({
      relationships: [
        { type: 'object', from: article, to: author },
        { type: 'array', from: author, to: article },
      ],
    });
    await api('untrack_table', { table: 'article' });
    await api('untrack_table', { table: 'author' });
    await trackBoth();
    expect(await api('pg_suggest_relationships', { omit_tracked: true })).toEqual({ relationships: [] });
  });

  it('suggests one-to-one relationships where a unique index leaves no more, both ways', async () => {
    await sql(`create table life (id int primary key, author_id int references author);
      create table draft (id int primary key, author_id int references author, is_open boolean);
      create unique index on life (author_id);
      create unique index on draft (author_id) where is_open;
      create unique index on draft ((author_id + 1))`);
    await api('pg_track_tables', { tables: ['author', 'life', 'draft'].map((table) => ({ table })) });
    const { relationships } = (await api('pg_suggest_relationships', {})) as {
      relationships: { type: string; from: { table: { name: string } }; to: { table: { name: string } } }[];
    };
    expect(relationships.map(({ type, from, to }) => `${type} ${from.table.name} ${to.table.name}`)).toEqual([
      'object life author',
      'object author life',
      'object draft author',
      'array author draft',
    ]);
  });

  it('names what a reload finds inconsistent', async () => {
    await trackBoth();
    expect(await api('reload_metadata', {})).toEqual({ ...success, is_consistent: true });
    await sql('drop table article cascade', { check_metadata_consistency: false });
    const answer = await api('reload_metadata', {});
    expect(answer).toMatchObject({ message: 'success', is_consistent: false });
    expect((answer as { inconsistent_objects: unknown[] }).inconsistent_objects).toContainEqual(
      expect.objectContaining({ type: 'table', name: 'table article in source default' }),
    );
  });

  it('has one source, which may change its name, go and come back', async () => {
    const configuration = { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } };
    await trackBoth();
    expect(await api('pg_add_source', { name: 'default', configuration })).toMatchObject({
      code: 'already-exists',
    });
    expect(await api('pg_add_source', { name: 'second', configuration })).toMatchObject({
      code: 'not-supported',
    });
    expect(await api('rename_source', { name: 'default', new_name: 'main' })).toEqual(success);
    expect(await query('{ author_by_pk(id: 1) { name } }')).toEqual({ author_by_pk: { name: 'Ada' } });
    expect(await api('pg_drop_source', { name: 'main', cascade: true })).toEqual(success);
    await expect(query('{ author { id } }')).rejects.toThrow('not found');
    const elsewhere = { connection_info: { database_url: 'postgres://elsewhere/x' } };
    expect(await api('pg_add_source', { name: 'main', configuration: elsewhere })).toMatchObject({
      code: 'not-supported',
    });
    expect(await api('pg_add_source', { name: 'main', configuration })).toEqual(success);
    expect(await api('pg_track_table', { source: 'main', table: 'author' })).toEqual(success);
    expect(await query('{ author_by_pk(id: 2) { name } }')).toEqual({ author_by_pk: { name: 'Brecht' } });
  });

  it('tells of commands that it knows and refuses why it does', async () => {
    expect(await api('add_remote_schema', {})).toEqual({
      path: '$.args',
      code: 'not-supported',
      error: 'remote schemas are not supported by this engine',
    });
    expect(await api('make_tea', {})).toMatchObject({ code: 'parse-failed' });
  });

  it('lets a bulk go on past mistakes only where it is asked to', async () => {
    const steps = [
      { type: 'track_table', args: 'nobody' },
      { type: 'track_table', args: 'author' },
    ];
    expect(await api('bulk', steps)).toMatchObject({ code: 'invalid-configuration', path: '$.args[0].args' });
    expect(await api('bulk_keep_going', steps)).toMatchObject([{ code: 'invalid-configuration' }, success]);
  });

  it('takes back all of a bulk when a part of it fails, SQL included', async () => {
    const before = await api('export_metadata', {}, { version: 2 });
    const answer = await api('bulk', [
      { type: 'run_sql', args: { sql: 'create table draft (id int primary key)' } },
      { type: 'track_table', args: 'draft' },
      { type: 'track_table', args: 'nobody' },
    ]);
    expect(answer).toMatchObject({ code: 'invalid-configuration', path: '$.args[2].args' });
    expect(await api('export_metadata', {}, { version: 2 })).toEqual(before);
    expect(await sql(`select to_regclass('draft')`)).toMatchObject({ result: [['to_regclass'], [null]] });
  });

  it('counts a bulk as one change, and what only reads as none', async () => {
    const version = async () =>
      ((await api('export_metadata', {}, { version: 2 })) as { resource_version: number }).resource_version;
    const before = await version();
    await trackBoth();
    expect(await version()).toBe(before + 1);
    await sql('select 1', { read_only: true });
    await sql(`insert into author values (3, 'Colette')`);
    await api('get_inconsistent_metadata', {});
    expect(await version()).toBe(before + 1);
    await sql('create table draft (id int primary key)');
    await api('reload_metadata', {});
    expect(await version()).toBe(before + 3);
  });

  it('lets a read-only script of a bulk see what the bulk has done, and change nothing', async () => {
    const answer = await api('bulk_keep_going', [
      { type: 'run_sql', args: { sql: 'create table draft (id int primary key)' } },
      { type: 'run_sql', args: { sql: 'select count(*) from draft', read_only: true } },
      { type: 'run_sql', args: { sql: 'drop table draft', read_only: true } },
      { type: 'run_sql', args: { sql: 'insert into draft values (1)' } },
    ]);
    expect(answer).toMatchObject([
      { result_type: 'CommandOk' },
      { result: [['count'], ['0']] },
      { code: 'postgres-error' },
      { result_type: 'CommandOk' },
    ]);
    expect(await sql('commit; drop table draft', { read_only: true })).toMatchObject({
      code: 'postgres-error',
    });
    expect(await sql('select count(*) from draft')).toMatchObject({ result: [['count'], ['1']] });
  });

  it('leaves no setting of a script to whoever has the connection next', async () => {
    await sql(`set search_path = nowhere`);
    await trackBoth();
    expect(await sql('show search_path')).toMatchObject({ result: [['search_path'], ['"$user", public']] });
  });
});
