import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyMigrations, applySeeds, readMigrationStatus } from './apply-migrations.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  folder = await mkdtemp(join(tmpdir(), 'engine-migrations-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const sqlFolder = () => ({ path: join(folder, 'default'), database: 'default', isOlder: false });
const apply = () => applyMigrations({ databaseUrl: database.url, folder: sqlFolder() });
const status = () => readMigrationStatus({ databaseUrl: database.url, folder: sqlFolder() });

async function cliState(): Promise<unknown> {
  const { rows } = await database.query('select cli_state from hdb_catalog.hdb_version');
  return rows[0]?.cli_state;
}

describe('applyMigrations', () => {
  it('applies in the order of versions, once, and records like the Hasura CLI', async () => {
    await write({
      'default/20_add_column/up.sql': 'alter table things add column name text;',
      'default/9_create/up.sql': 'create table things (id int primary key); insert into things values (1);',
      'default/.gitkeep': '',
    });
    expect((await apply()).map((migration) => migration.version)).toEqual(['9', '20']);
    expect(await apply()).toEqual([]);
    expect(await cliState()).toEqual({
      settings: { migration_mode: 'true' },
      migrations: { default: { '9': false, '20': false } },
    });
    await write({ 'default/30_fill/up.sql': "update things set name = 'a';" });
    expect(await status()).toEqual([
      { version: '9', name: 'create', applied: true },
      { version: '20', name: 'add_column', applied: true },
      { version: '30', name: 'fill', applied: false },
    ]);
    expect((await apply()).map((migration) => migration.name)).toEqual(['fill']);
  });

  it('lets migrations grant on the event log, which is there before them', async () => {
    await write({ 'default/1_grant/up.sql': 'grant select on hdb_catalog.event_log to public;' });
    await apply();
    const { rows } = await database.query(
      `select has_table_privilege('pg_monitor', 'hdb_catalog.event_log', 'select') as may`,
    );
    expect(rows).toEqual([{ may: true }]);
  });

  it('keeps what else the state holds and takes what the CLI has recorded as done', async () => {
    await write({ 'default/1_a/up.sql': 'create table a ();', 'default/2_b/up.sql': 'create table b ();' });
    await apply();
    await database.query(`update hdb_catalog.hdb_version set cli_state =
      '{"settings": {"migration_mode": "false"}, "other": 1, "migrations": {"default": {"2": false}, "x": {"7": false}}}'`);
    await database.query('drop table a');
    await apply();
    expect(await cliState()).toEqual({
      settings: { migration_mode: 'false' },
      other: 1,
      migrations: { default: { '1': false, '2': false }, x: { '7': false } },
    });
  });

  it('leaves nothing of a file that fails, and names file and line', async () => {
    await write({
      'default/1_ok/up.sql': 'create table ok (id int unique);',
      'default/2_bad/up.sql':
        "create table half ();\n-- ünïcode 🎉 before it\nselect 'a;b';\n\ninsert into ok\nvalues (1), (1);\n",
      'default/3_later/up.sql': 'create table later ();',
    });
    await expect(apply()).rejects.toThrow(
      /2_bad\/up\.sql:5: duplicate key value violates unique constraint .*\(SQLSTATE 23505\)/,
    );
    expect((await status()).map((line) => line.applied)).toEqual([true, false, false]);
    const { rows } = await database.query("select to_regclass('half') as half, to_regclass('ok') as ok");
    expect(rows[0]).toEqual({ half: null, ok: 'ok' });
  });

  it('names the line of a mistake in the text, and a constraint that speaks up at the end', async () => {
    await write({ 'default/1_typo/up.sql': '-- 🎉\ncreate table a ();\nselect *\nfrom nowhere;\n' });
    await expect(apply()).rejects.toThrow(/1_typo\/up\.sql:4: relation "nowhere" does not exist/);
    await rm(join(folder, 'default/1_typo'), { recursive: true });
    await write({
      'default/2_deferred/up.sql': `create table p (id int primary key);
        create table c (p int references p deferrable initially deferred);
        insert into c values (1);`,
    });
    await expect(apply()).rejects.toThrow(/2_deferred\/up\.sql: insert or update on table "c" violates/);
  });

  it('does not let one file set things for the next', async () => {
    await write({
      'default/1_dump/up.sql':
        "select pg_catalog.set_config('search_path', '', false); create table public.a ();",
      'default/2_plain/up.sql':
        'create table b (); create function f() returns int language sql begin atomic select 1; end;',
    });
    await apply();
    const { rows } = await database.query("select to_regclass('public.b') is not null as there");
    expect(rows[0]?.there).toBe(true);
  });

  it('lets several engines start at once', async () => {
    await write({
      'default/1_slow/up.sql': 'select pg_sleep(0.2); create table once ();',
      'default/2_more/up.sql': 'create table twice ();',
    });
    const applied = await Promise.all([apply(), apply(), apply(), apply()]);
    expect(applied.map((list) => list.length).sort()).toEqual([0, 0, 0, 2]);
  });

  it('passes over what is no migration and tells it, and records a version that only leads back', async () => {
    await write({
      'default/no_version/up.sql': 'select 1/0',
      'default/1_empty/down.sql': 'select 1/0',
      'default/2_nothing/notes.txt': 'why',
      'default/3_flat.sql': 'select 1/0',
      'default/README.md': 'all about them',
    });
    const ignored: string[] = [];
    const onIgnored = (path: string): void => {
      ignored.push(relative(folder, path));
    };
    const applied = await applyMigrations({ databaseUrl: database.url, folder: sqlFolder(), onIgnored });
    expect(applied.map(({ version }) => version)).toEqual(['1']);
    expect(ignored.sort()).toEqual([
      'default/2_nothing',
      'default/3_flat.sql',
      'default/README.md',
      'default/no_version',
    ]);
  });

  it('refuses a migration of config version 1, which would be left out', async () => {
    await write({ 'default/1_old/up.yaml': '- type: run_sql' });
    await expect(apply()).rejects.toThrow('up.yaml is a migration of config version 1');
  });

  it('records without running where the database has it all', async () => {
    await write({ 'default/1_there/up.sql': 'select 1/0;' });
    const options = { databaseUrl: database.url, folder: sqlFolder(), skipsExecution: true };
    expect(await applyMigrations(options)).toHaveLength(1);
    expect(await apply()).toEqual([]);
  });

  it('takes what the CLI of config version 2 has recorded in its own table', async () => {
    await write({ 'default/1_there/up.sql': 'select 1/0;', 'default/2_new/up.sql': 'select 1;' });
    await database.query(`create schema hdb_catalog;
      create table hdb_catalog.schema_migrations (version bigint primary key, dirty boolean not null);
      insert into hdb_catalog.schema_migrations values (1, false)`);
    const older = { ...sqlFolder(), isOlder: true };
    const applied = await applyMigrations({ databaseUrl: database.url, folder: older });
    expect(applied.map(({ version }) => version)).toEqual(['2']);
  });

  it('refuses a version that is used twice', async () => {
    await write({ 'default/1_a/up.sql': '', 'default/1_b.up.sql': '' });
    await expect(apply()).rejects.toThrow('version 1 is used twice');
  });

  it('finds nothing to do without a folder', async () => {
    expect(await apply()).toEqual([]);
  });
});

describe('applySeeds', () => {
  it('runs the files by name, each as a whole or not at all', async () => {
    await database.query('create table seeds (id int primary key)');
    await write({
      'default/02_b.sql': 'insert into seeds values (2); insert into seeds values (1);',
      'default/01_a.sql': 'insert into seeds values (1);',
      'default/notes.txt': 'no seed',
    });
    const options = { databaseUrl: database.url, folder: sqlFolder() };
    await expect(applySeeds(options)).rejects.toThrow(/02_b\.sql:1: duplicate key/);
    const { rows } = await database.query('select id from seeds');
    expect(rows).toEqual([{ id: 1 }]);
  });
});
