import { createTestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toApiError } from '../errors.ts';

/** Commands that fail leave nothing behind, so all of these share one engine and one set of tables. */
describe('mistakes in commands of the metadata API', () => {
  let engine: Engine;

  const api = async (type: string, args: unknown, version = 1): Promise<unknown> => {
    try {
      return await engine.runMetadataRequest({ type, args, version }, adminSession);
    } catch (error) {
      return toApiError(error as EngineError, true);
    }
  };

  beforeAll(async () => {
    const { url } = await createTestDatabase({ migrated: false });
    engine = await createEngine({ databaseUrl: url });
    const sql = `
      create table author (id int primary key, name text not null, active bool);
      create table article (id int primary key, title text, author_id int not null references author (id));
      create table plain (a text, b text);
      create table wide (a text primary key, b text, c text);
      create table counted (a int primary key);
      create table empty (a text primary key);
      create table pair (a text, b text, primary key (a, b));
      create table words (a text primary key);
      insert into words values ('two words'), ('fine'), ('1'), ('no+');
      create type point3 as (x int, y int, z int);
      create function titles(author author, search text) returns setof article as 'select * from article' language sql stable;
      create function shout(author author) returns text as 'select upper(author.name)' language sql stable;
      create function changing(author author) returns text as 'select 1::text' language sql volatile;
      create function nothing() returns text as 'select 1::text' language sql stable;
      create function found(search text) returns setof article as 'select * from article' language sql stable;
      create function many(variadic ids int[]) returns setof article as 'select * from article' language sql stable;
      create function where_is(id int) returns point3 as 'select 1, 2, 3' language sql stable;`;
    const setup = [
      { type: 'run_sql', args: { sql } },
      ...['author', 'article'].map((name) => ({ type: 'track_table', args: { name } })),
      { type: 'create_object_relationship', args: { ...toAuthor, name: 'author' } },
      { type: 'create_array_relationship', args: { ...toArticles, name: 'articles' } },
      { type: 'track_function', args: 'found' },
      {
        type: 'add_computed_field',
        args: { table: 'author', name: 'titles', definition: { function: 'titles' } },
      },
      {
        type: 'create_select_permission',
        args: {
          table: 'author',
          role: 'reader',
          permission: { columns: ['id'], filter: { active: true, articles: { id: { _gt: 0 } } } },
        },
      },
      {
        type: 'create_select_permission',
        args: {
          table: 'article',
          role: 'guest',
          permission: { columns: ['id'], filter: { author: { name: { _eq: 'X-Hasura-Name' } } } },
        },
      },
      {
        type: 'create_insert_permission',
        args: { table: 'author', role: 'writer', permission: { check: {} } },
      },
    ];
    const answer = await api('bulk', setup);
    expect(answer).toHaveLength(setup.length);
  });
  afterAll(() => engine.close());

  const toAuthor = { table: 'article', using: { foreign_key_constraint_on: 'author_id' } };
  const toArticles = {
    table: 'author',
    using: { foreign_key_constraint_on: { table: 'article', column: 'author_id' } },
  };
  const manual = (remote: string, mapping: Record<string, string>) => ({
    table: 'article',
    name: 'writer',
    using: { manual_configuration: { remote_table: remote, column_mapping: mapping } },
  });
  const select = (permission: Record<string, unknown>) => ({ table: 'article', role: 'reader', permission });
  const computed = (name: string, definition: Record<string, unknown>) => ({
    table: 'author',
    name,
    definition,
  });
  const inField = 'associated with computed field';
  const scripts: readonly [sql: string, error: string][] = [
    [
      'create function found(i int) returns int language sql as $$ select 1 $$',
      'the following tracked function(s) cannot be overloaded: "found"',
    ],
    [
      'alter function found volatile',
      'type of function "found" is altered to "VOLATILE" which is not supported now',
    ],
    [
      'create function titles(i int) returns int language sql as $$ select 1 $$',
      `The function "titles" ${inField}"titles" of table "author" is being overloaded`,
    ],
    [
      'alter function titles rename to works',
      `The function "titles" ${inField} "titles" of table "author" is being renamed`,
    ],
    [
      'alter function titles volatile',
      `The type of function "titles" ${inField} "titles" of table "author" is being altered to "VOLATILE"`,
    ],
  ];
  const settingAsHeader =
    'env variables starting with "HASURA_GRAPHQL_" are not allowed in value_from_env: HASURA_GRAPHQL_ADMIN_SECRET';
  const enumTable = (name: string) => ({ table: name, is_enum: true });

  it.each<[type: string, args: unknown, mistake: { code: string; path: string; error: string }]>([
    ['create_object_relationship', { ...toAuthor, table: 'nowhere', name: '' }, parse('$.name', empty)],
    ['create_action_permission', { action: 'nothing', role: '' }, parse('$.role', empty)],
    ['add_remote_schema', { name: '' }, parse('$.name', empty)],
    ...(['create_cron_trigger', 'create_scheduled_event', 'pg_create_event_trigger'] as const).map(
      (type): [string, unknown, { code: string; path: string; error: string }] => [
        type,
        {
          name: 'told',
          table: 'author',
          webhook: 'http://localhost',
          schedule: '* * * * *',
          schedule_at: '2040-01-01T00:00:00Z',
          include_in_metadata: true,
          insert: { columns: '*' },
          headers: [{ name: 'x-secret', value_from_env: 'HASURA_GRAPHQL_ADMIN_SECRET' }],
        },
        parse('$.headers[0]', settingAsHeader),
      ],
    ),
    [
      'create_action',
      {
        name: 'told',
        definition: {
          handler: 'http://localhost',
          output_type: 'String',
          headers: [{ name: 'x-secret', value_from_env: 'HASURA_GRAPHQL_ADMIN_SECRET' }],
        },
      },
      parse('$.definition.headers[0].value_from_env', settingAsHeader),
    ],
    ...['pg_track_table', 'pg_run_sql', 'pg_create_select_permission'].map(
      (type): [string, unknown, { code: string; path: string; error: string }] => [
        type,
        { source: 'elsewhere', table: 'plain', sql: 'drop table plain', read_only: type === 'pg_run_sql' },
        { code: 'not-exists', path: '$.args', error: 'source with name "elsewhere" does not exist' },
      ],
    ),
    ['set_table_is_enum', { table: 'author' }, parse('$', 'key "is_enum" not found')],
    [
      'reload_metadata',
      { reload_sources: ['default', 'elsewhere'] },
      { code: 'not-exists', path: '$.args', error: 'Source with name elsewhere not found in metadata' },
    ],
    [
      'create_select_permission',
      { table: 'nowhere', role: 'reader', permission: { columns: '*', filter: {} } },
      { code: 'not-exists', path: '$.args', error: 'table "nowhere" does not exist in source: default' },
    ],
    ['create_update_permission', select({ filter: {} }), parse('$.permission', 'key "columns" not found')],
    ['create_insert_permission', select({ columns: '*' }), parse('$.permission', 'key "check" not found')],
    [
      'create_select_permission',
      select({ columns: 5, filter: {} }),
      parse('$.permission.columns', "expected a list of columns, or '*'"),
    ],
    [
      'create_select_permission',
      select({ columns: '*', filter: [] }),
      parse('$.permission.filter', 'parsing Object failed, expected Object, but encountered Array'),
    ],
    [
      'create_action',
      { name: 'a b', definition: { handler: 'http://localhost', output_type: 'Int' } },
      parse('$.name', '"a b" is not a valid GraphQL name'),
    ],
    [
      'create_action',
      { name: 'ask', definition: { handler: 'http://localhost', output_type: 'Int!!' } },
      parse('$.definition.output_type', 'not a valid GraphQL type: Int!!'),
    ],
    [
      'create_action',
      { name: '__ask', definition: { handler: 'http://localhost', output_type: 'Int' } },
      {
        code: 'unexpected',
        path: '$.args',
        error:
          'no GraphQL schema can be made of it: Name "__ask" must not begin with "__", which is reserved by GraphQL introspection.',
      },
    ],
    [
      'bulk',
      [
        {
          type: 'set_custom_types',
          args: { objects: [{ name: 'article', fields: [{ name: 'id', type: 'Int' }] }] },
        },
        {
          type: 'create_action',
          args: { name: 'ask', definition: { handler: 'http://localhost', output_type: 'article' } },
        },
      ],
      {
        code: 'unexpected',
        path: '$.args[1].args',
        error: 'Found conflicting definitions for "article".',
      },
    ],
    ['set_custom_types', { objects: [{ name: 'Answer' }] }, parse('$.objects[0]', 'key "fields" not found')],
    [
      'set_table_customization',
      { table: 'author', configuration: { custom_root_fields: { select: 'all authors' } } },
      parse('$.configuration.custom_root_fields.select', '"all authors" is not a valid GraphQL name'),
    ],
    [
      'run_sql',
      { sql: 'alter table author rename to "the authors"' },
      {
        code: 'validation-failed',
        path: '$.args',
        error:
          'cannot include "the authors" in the GraphQL schema because it is not a valid GraphQL identifier',
      },
    ],
    [
      'replace_metadata',
      { tables: [{ table: 'author', select_permissions: [{ role: 'reader' }] }] },
      parse('$.sources[0].tables[0].select_permissions[0]', 'key "permission" not found'),
    ],
    ['replace_metadata', { version: 2 }, parse('$', 'key "tables" not found')],
    ['replace_metadata', { tables: [{}] }, parse('$.tables[0]', 'key "table" not found')],
    [
      'replace_metadata',
      { tables: [{ table: 'author' }, { table: { schema: 'public', name: 'author' } }] },
      parse('$', 'multiple declarations exist for the following tables: author'),
    ],
    [
      'rename_relationship',
      { table: 'author', name: 'articles', new_name: 'titles' },
      {
        code: 'already-exists',
        path: '$.args',
        error:
          'cannot rename relationship "articles" to "titles" in table "author" as a column/relationship with the name already exists',
      },
    ],
    [
      'create_array_relationship',
      { ...toArticles, name: 'titles' },
      {
        code: 'already-exists',
        path: '$.args',
        error: 'column/relationship "titles" of table "author" already exists',
      },
    ],
    [
      'create_function_permission',
      { function: 'found', role: 'reader' },
      {
        code: 'not-supported',
        path: '$.args',
        error: `function permission can only be added when the function's return table "article" has select permission configured for role "reader"`,
      },
    ],
    [
      'drop_function_permission',
      { function: 'found', role: 'reader' },
      {
        code: 'not-exists',
        path: '$.args',
        error: 'permission of role "reader" does not exist for function "found" in source: "default"',
      },
    ],
    [
      'untrack_table',
      { table: 'article' },
      dependency(
        'cannot drop due to the following dependent objects : relationship author.articles in source "default", computed field author.titles in source "default", permission author.reader.select in source "default", function found in source "default"',
      ),
    ],
    [
      'run_sql',
      { sql: 'alter table article drop constraint article_author_id_fkey' },
      dependency(
        'cannot drop due to the following dependent objects : relationship author.articles in source "default", relationship article.author in source "default"',
      ),
    ],
    [
      'run_sql',
      { sql: 'alter table author drop column name' },
      dependency(
        'cannot drop due to the following dependent objects : permission author.writer.insert in source "default", permission article.guest.select in source "default"',
      ),
    ],
    [
      'drop_relationship',
      { table: 'article', relationship: 'title' },
      {
        code: 'unexpected-payload',
        path: '$.args',
        error: 'expecting a relationship; but, "title" is a postgres column; ',
      },
    ],
    [
      'create_object_relationship',
      { ...toAuthor, name: 'a', using: {} },
      parse('$.using', 'atleast one of foreign_key_constraint_on/manual_configuration should be present'),
    ],
    ...scripts.map(([sql, error]): [string, unknown, { code: string; path: string; error: string }] => [
      'run_sql',
      { sql },
      { code: 'not-supported', path: '$.args', error },
    ]),
    [
      'run_sql',
      { sql: 'alter table author rename column name to articles' },
      {
        code: 'already-exists',
        path: '$.args',
        error:
          'cannot rename column "name" to "articles" in table "author" as a relationship with the name already exists',
      },
    ],
    [
      'run_sql',
      { sql: 'drop function titles' },
      dependency(
        'cannot drop due to the following dependent objects : computed field author.titles in source "default"',
      ),
    ],
    [
      'run_sql',
      { sql: 'alter table author alter active type text' },
      dependency(
        'cannot change type of column "active" in table "author" because of the following dependencies : permission author.reader.select in source "default"',
      ),
    ],
  ])('%s %j', async (type, args, mistake) => {
    expect(await api(type, args)).toEqual(mistake);
  });

  it.each<[type: string, args: unknown, reason: string]>([
    ['track_table', 'nowhere', 'no such table/view exists in source: "nowhere"'],
    [
      'create_object_relationship',
      manual('author', { author_id: 'nobody' }),
      'table "author" has no column named "nobody"',
    ],
    ['create_object_relationship', manual('nowhere', { author_id: 'id' }), 'table "nowhere" is not tracked'],
    [
      'set_table_customization',
      { table: 'author', configuration: { custom_column_names: { nobody: 'x' } } },
      'the custom field name "x" was given for the column "nobody", but no such column exists',
    ],
    [
      'set_table_customization',
      { table: 'author', configuration: { custom_column_names: { id: 'name' } } },
      'the definitions of columns "id" and "name" are in conflict: they are mapped to the same field name, "name"',
    ],
    [
      'set_custom_types',
      {
        objects: [{ name: 'String', fields: [{ name: 'id', type: 'Int' }] }],
        enums: [{ name: 'E', values: [{ value: 'A' }, { value: 'A' }] }],
      },
      'validation for the given custom types failed for the following reasons:\n  • duplicate types: "String"\n  • duplicate values: "A" in enum type "E"\n',
    ],
    [
      'create_action',
      { name: 'ask', definition: { handler: 'http://localhost', output_type: 'Nothing' } },
      'in action "ask"; the type: "Nothing" is not an object type defined in custom types',
    ],
    [
      'create_select_permission',
      select({ columns: ['id', 'secret'], filter: {} }),
      'in table "article": in permission for role "reader": column "secret" does not exist',
    ],
    [
      'create_select_permission',
      select({ columns: ['author'], filter: {} }),
      'in table "article": in permission for role "reader": expecting a column in database; but, "author" is a relationship; ',
    ],
    [
      'create_select_permission',
      select({ columns: '*', filter: {}, limit: -1 }),
      'in table "article": in permission for role "reader": unexpected negative value',
    ],
    [
      'create_select_permission',
      select({ columns: '*', filter: { id: { _ceq: ['author', 'id'] } } }),
      'in table "article": in permission for role "reader": Relationship references are not supported in column comparison RHS',
    ],
    [
      'create_select_permission',
      select({ columns: '*', filter: { author: { name: { _ceq: ['$', 'id'] } } } }),
      'in table "article": in permission for role "reader": incompatible column types: "name" has type "text", but "id" has type "int4"',
    ],
    [
      'create_select_permission',
      {
        ...select({
          columns: '*',
          filter: { articles_aggregate: { count: { predicate: { _ceq: 'id' } } } },
        }),
        table: 'author',
        role: 'visitor',
      },
      'in table "author": in permission for role "visitor": an aggregate can only be compared with a column of the root table, ["$", column]',
    ],
    [
      'add_computed_field',
      computed('name', { function: 'shout' }),
      'field definition conflicts with postgres column',
    ],
    [
      'add_computed_field',
      computed('loud', { function: 'changing' }),
      'in table "author": in computed field "loud": the computed field "loud" cannot be added to table "author" because the function "changing" is of type VOLATILE; cannot be added as a computed field',
    ],
    [
      'add_computed_field',
      computed('loud', { function: 'nothing' }),
      'in table "author": in computed field "loud": the computed field "loud" cannot be added to table "author" because the function "nothing" has no input arguments',
    ],
    [
      'add_computed_field',
      computed('loud', { function: 'titles', table_argument: 'search', session_argument: 'me' }),
      'in table "author": in computed field "loud": the computed field "loud" cannot be added to table "author" for the following reasons:\n  • "search" argument of the function "titles" is not COMPOSITE type\n  • "me" is not an input argument of the function "titles"\n',
    ],
    [
      'track_function',
      'many',
      'in function "many": the function "many" cannot be tracked because function with "VARIADIC" parameters are not supported',
    ],
    [
      'track_function',
      'nothing',
      'in function "nothing": the function "nothing" cannot be tracked for the following reasons:\n  • the function does not return a "COMPOSITE" type\n  • the function does not return a table\n',
    ],
    [
      'track_function',
      'where_is',
      'in function "where_is": the function "where_is" cannot be tracked because the function does not return a table',
    ],
    [
      'track_table',
      enumTable('plain'),
      enumReasons('plain', ['the table must have a primary key', shape('a, b')]),
    ],
    ['track_table', enumTable('wide'), enumReasons('wide', [shape('b, c')])],
    [
      'track_table',
      enumTable('counted'),
      enumReasons('counted', [
        'the table’s primary key ("a") must have type "text", not type "integer"',
        'the table’s comment column ("a") must have type "text", not type "integer"',
      ]),
    ],
    ['track_table', enumTable('empty'), enumReasons('empty', ['the table must have at least one row'])],
    [
      'track_table',
      enumTable('pair'),
      enumReasons('pair', ['the table’s primary key must not span multiple columns (a, b)', shape('a, b')]),
    ],
    [
      'track_table',
      enumTable('words'),
      enumReasons('words', ['the values "1", "no+", and "two words" are not valid GraphQL enum value names']),
    ],
  ])('%s %j makes an inconsistent object', async (type, args, reason) => {
    expect(await api(type, args)).toMatchObject({
      code: 'invalid-configuration',
      path: '$.args',
      error: `Inconsistent object: ${reason}`,
      internal: [{ reason: `Inconsistent object: ${reason}` }],
    });
  });

  it('a function that changes nothing is no mutation', async () => {
    const args = { function: 'found', configuration: { exposed_as: 'mutation' } };
    await api('untrack_function', { function: 'found' });
    const answer = await api('track_function', args, 2);
    await api('track_function', 'found');
    expect(answer).toMatchObject({
      code: 'invalid-configuration',
      error: expect.stringContaining('but is not marked VOLATILE'),
    });
  });

  it('SQL that spoils other metadata is no mistake of the command', async () => {
    const sql = 'alter function found(text) rename to lost';
    expect(await api('run_sql', { sql })).toMatchObject({
      code: 'unexpected',
      error: 'cannot continue due to newly found inconsistent metadata',
      internal: [{ name: 'function found in source default' }],
    });
  });

  it('a relationship that GraphQL cannot spell serves permissions and stays out of the schema', async () => {
    await api('create_object_relationship', { ...toAuthor, name: 'who wrote it' });
    const filter = { 'who wrote it': { active: true } };
    const permission = { columns: ['id'], filter };
    const created = await api('create_select_permission', { table: 'article', role: 'visitor', permission });
    const query = '{ __type(name: "article") { fields { name } } }';
    const { body } = await engine.execute({ query }, adminSession, { headers: {}, requestId: 'test' });
    await api('drop_relationship', { table: 'article', relationship: 'who wrote it', cascade: true });
    expect(created).toEqual({ message: 'success' });
    expect(JSON.parse(body)).toEqual({
      data: { __type: { fields: ['author', 'author_id', 'id', 'title'].map((name) => ({ name })) } },
    });
  });

  it('filters follow a relationship to its new name', async () => {
    const filter = async () => {
      const { sources } = (await api('export_metadata', {})) as { sources: [{ tables: TableExport[] }] };
      const author = sources[0].tables.find(({ table }) => table.name === 'author');
      return author?.select_permissions?.[0]?.permission.filter;
    };
    const rename = (name: string, newName: string) =>
      api('rename_relationship', { table: 'author', name, new_name: newName });
    await rename('articles', 'writings');
    expect(await filter()).toEqual({ active: true, writings: { id: { _gt: 0 } } });
    await rename('writings', 'articles');
    expect(await filter()).toEqual({ active: true, articles: { id: { _gt: 0 } } });
  });
});

interface TableExport {
  readonly table: { readonly name: string };
  readonly select_permissions?: readonly { readonly permission: { readonly filter: unknown } }[];
}

const empty = 'empty string not allowed';

function parse(path: string, error: string) {
  return { code: 'parse-failed', path, error };
}

function dependency(error: string) {
  return { code: 'dependency-error', path: '$.args', error };
}

function shape(columns: string): string {
  return `the table must have exactly one primary key and optionally one comment column, not 2 columns (${columns})`;
}

function enumReasons(name: string, reasons: readonly string[]): string {
  const told =
    reasons.length === 1
      ? `because ${reasons[0]}`
      : `for the following reasons:\n${reasons.map((reason) => `  • ${reason}\n`).join('')}`;
  return `the table "${name}" cannot be used as an enum ${told}`;
}
