import type { TestDatabase } from '@tierline/postgres/testing';
import { createTestDatabase } from '@tierline/postgres/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from './auth/session.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine-types.ts';
import { EngineError } from './errors.ts';
import { sessionFor } from './testing/publishing-house.ts';

/**
 * Trees of rows, written through the engine and by a few lines of JavaScript that go through the same tree object by
 * object. Whatever goes together in one statement, the tables must look as if each row had been written in turn.
 */
const seed = Number(process.env.TIERLINE_SEED);
const numRuns = process.env.TIERLINE_LONG ? 2000 : 80;

const schema = `
  create table folder (
    id int primary key,
    name text not null,
    parent_id int references folder (id) deferrable initially deferred
  );
  create table note (id serial primary key, body text not null, folder_id int not null references folder (id));
  create table seal (folder_id int primary key references folder (id), color text not null);
  create table wide (id serial primary key, a int, b int, c int, d int, e int, f int);
  create table reading (day date, place text, value int, primary key (day, place)) partition by list (place);
  create table reading_here partition of reading for values in ('here');
  create table reading_there partition of reading for values in ('there');
  create view note_in_capitals as select id, upper(body) as body, folder_id from note;
  create function write_note() returns trigger language plpgsql as $$
    begin
      if new.body = 'skip' then return null; end if;
      insert into note (body, folder_id) values (lower(new.body), new.folder_id) returning id into new.id;
      return new;
    end $$;
  create trigger write_note instead of insert on note_in_capitals for each row execute function write_note();
  create table "label list" (id int primary key, word text, constraint "one word" unique (word));
`;

const table = (name: string) => ({ schema: 'public', name });
const foreignKey = (column: string) => ({ foreign_key_constraint_on: column });
const remoteKey = (name: string, column: string) => ({
  foreign_key_constraint_on: { table: table(name), column },
});
const everything = { columns: '*', filter: {} } as const;

const metadata = {
  version: 3,
  sources: [
    {
      name: 'default',
      kind: 'postgres',
      configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
      tables: [
        {
          table: table('folder'),
          insert_permissions: [{ role: 'clerk', permission: { columns: ['id', 'name'], check: {} } }],
          object_relationships: [
            { name: 'parent', using: foreignKey('parent_id') },
            { name: 'seal', using: remoteKey('seal', 'folder_id') },
          ],
          array_relationships: [
            { name: 'children', using: remoteKey('folder', 'parent_id') },
            { name: 'notes', using: remoteKey('note', 'folder_id') },
            {
              name: 'capitals',
              using: {
                manual_configuration: {
                  remote_table: table('note_in_capitals'),
                  column_mapping: { id: 'folder_id' },
                },
              },
            },
          ],
        },
        {
          table: table('note'),
          object_relationships: [{ name: 'folder', using: foreignKey('folder_id') }],
          insert_permissions: [
            {
              role: 'clerk',
              permission: { columns: ['body'], check: {}, set: { folder_id: 'X-Hasura-Desk' } },
            },
          ],
        },
        {
          table: table('seal'),
          insert_permissions: [
            { role: 'clerk', permission: { columns: ['color'], check: {}, backend_only: true } },
          ],
        },
        { table: table('wide') },
        { table: table('note_in_capitals') },
        { table: table('label list'), configuration: { custom_name: 'label' } },
        {
          table: table('reading'),
          select_permissions: [{ role: 'station', permission: everything }],
          insert_permissions: [
            { role: 'station', permission: { columns: '*', check: { value: { _gt: 0 } } } },
          ],
          update_permissions: [
            { role: 'station', permission: { columns: ['value'], filter: {}, check: { value: { _lt: 9 } } } },
          ],
        },
      ],
    },
  ],
} as const;

interface Folder {
  readonly id: number;
  readonly name: string;
  readonly notes?: { readonly data: readonly { readonly body: string }[] };
  readonly children?: { readonly data: readonly Folder[]; readonly on_conflict?: typeof upsert };
  readonly seal?: { readonly data: { readonly color: string } };
}

const upsert = { constraint: 'folder_pkey', update_columns: ['name', 'parent_id'] } as const;

describe('nested inserts', () => {
  let engine: Engine;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    await database.query(schema);
    engine = await createEngine({ databaseUrl: database.url, metadata });
  });
  beforeEach(() => database.query('truncate folder, note, seal, wide, reading restart identity'));
  afterAll(() => engine.close());

  async function run(
    query: string,
    variables: Record<string, unknown> = {},
    session: string | Session = 'admin',
  ) {
    const context = { headers: {}, requestId: 'nested' };
    const as = typeof session === 'string' ? sessionFor(session) : session;
    const answer = await engine.execute({ query, variables }, as, context);
    return (JSON.parse(answer.body) as { data: Record<string, unknown> }).data;
  }

  const rows = async (sql: string) => (await database.query(sql)).rows as Record<string, unknown>[];

  it('leave what one row after the other would have left', async () => {
    const insert =
      'mutation ($folders: [folder_insert_input!]!, $on: folder_on_conflict) { insert_folder(objects: $folders, on_conflict: $on) { affected_rows } }';
    const folder = (depth: number): fc.Arbitrary<Folder> =>
      fc.record(
        {
          // Few numbers, so that rows of one request meet.
          id: fc.integer({ min: 1, max: 12 }),
          name: fc.string({ maxLength: 5 }).filter((name) => !name.includes('\u0000')),
          notes: fc.record({
            data: fc.array(fc.record({ body: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
          }),
          ...(depth > 0
            ? {
                children: fc.record(
                  {
                    data: fc.array(folder(depth - 1), { maxLength: 3 }),
                    on_conflict: fc.constant(upsert),
                  },
                  { requiredKeys: ['data'] },
                ),
              }
            : {}),
        },
        { requiredKeys: ['id', 'name'] },
      );
    const property = fc.asyncProperty(
      fc.array(folder(2), { maxLength: 4 }),
      fc.boolean(),
      async (folders, upserts) => {
        await database.query('truncate folder, note, seal restart identity');
        const expected = writeInTurn(folders, upserts);
        const variables = { folders, on: upserts ? upsert : null };
        if (expected === null) {
          await expect(run(insert, variables)).rejects.toThrow('Uniqueness violation');
          expect(await rows('select count(*)::int from folder')).toEqual([{ count: 0 }]);
          return;
        }
        expect(await run(insert, variables)).toEqual({ insert_folder: { affected_rows: expected.written } });
        expect(await rows('select id, name, parent_id from folder order by id')).toEqual(expected.folders);
        expect(await rows('select folder_id, body from note order by folder_id, body')).toEqual(
          expected.notes,
        );
      },
    );
    await fc.assert(property, { seed, numRuns });
  });

  it('go through views with triggers, and say where a trigger kept a row back', async () => {
    const insert =
      'mutation ($folders: [folder_insert_input!]!) { insert_folder(objects: $folders) { affected_rows returning { notes { body } } } }';
    const folders = [{ id: 1, name: 'f', capitals: { data: [{ body: 'LOUD' }, { body: 'skip' }] } }];
    expect(await run(insert, { folders })).toEqual({
      insert_folder: { affected_rows: 2, returning: [{ notes: [{ body: 'loud' }] }] },
    });
  });

  it('write more values than a statement has parameters', async () => {
    const objects = Array.from({ length: 11_000 }, (_, n) => ({ a: n, b: n, c: n, d: n, e: n, f: n }));
    const insert =
      'mutation ($objects: [wide_insert_input!]!) { insert_wide(objects: $objects) { affected_rows returning { a } } }';
    const { insert_wide: answer } = (await run(insert, { objects })) as {
      insert_wide: { affected_rows: number; returning: { a: number }[] };
    };
    expect(answer.affected_rows).toBe(11_000);
    expect(answer.returning.map(({ a }) => a)).toEqual(objects.map(({ a }) => a));
  });

  it('are refused and not fatal when they are nested deeper than a program can go', async () => {
    let folder = '{"id":1,"name":"x"}';
    for (let depth = 0; depth < 20_000; depth++) folder = `{"id":1,"name":"x","parent":{"data":${folder}}}`;
    const insert = 'mutation ($folder: folder_insert_input!) { insert_folder_one(object: $folder) { id } }';
    await expect(run(insert, { folder: JSON.parse(folder) })).rejects.toThrow();
    expect(await run('{ folder { id } }')).toEqual({ folder: [] });
  });

  it('leave a preset its last word, whatever key the parent has', async () => {
    await database.query(`insert into folder values (7, 'desk')`);
    const insert =
      'mutation { insert_folder(objects: [{id: 1, name: "f", notes: {data: [{body: "n"}]}}]) { affected_rows } }';
    await run(insert, {}, sessionFor('clerk', { 'x-hasura-desk': '7' }));
    expect(await rows('select folder_id from note')).toEqual([{ folder_id: 7 }]);
  });

  it('reach a table for backends only from backends', async () => {
    const insert =
      'mutation { insert_folder(objects: [{id: 1, name: "f", seal: {data: {color: "red"}}}]) { affected_rows } }';
    await expect(run(insert, {}, 'clerk')).rejects.toThrow(
      `field "seal" not found in type: 'folder_insert_input'`,
    );
    expect(await run(insert, {}, { ...sessionFor('clerk'), backendOnly: true })).toEqual({
      insert_folder: { affected_rows: 2 },
    });
  });

  it('upsert into partitions under both checks, since Postgres does not tell which one counts', async () => {
    const insert =
      'mutation ($value: Int) { insert_reading_one(object: {day: "2024-01-01", place: "here", value: $value}, on_conflict: {constraint: reading_pkey, update_columns: [value]}) { value } }';
    expect(await run(insert, { value: 3 }, 'station')).toEqual({ insert_reading_one: { value: 3 } });
    expect(await run(insert, { value: 4 }, 'station')).toEqual({ insert_reading_one: { value: 4 } });
    for (const value of [0, 9]) {
      const refused = run(insert, { value }, 'station');
      await expect(refused).rejects.toThrow('check constraint of an insert/update permission has failed');
    }
  });

  it('offer no constraint whose name GraphQL cannot spell', async () => {
    const { __type: type } = await run('{ __type(name: "label_constraint") { enumValues { name } } }');
    expect(type).toBeNull();
    expect(await run('mutation { insert_label_one(object: {id: 1}) { id } }')).toEqual({
      insert_label_one: { id: 1 },
    });
  });

  it('tell an error by its code and its place', async () => {
    const insert =
      'mutation { insert_folder(objects: [{id: 1, name: "a", seal: {data: {color: "red"}}}, {id: 2, name: "b", seal: {data: {}}}]) { affected_rows } }';
    const error = await run(insert).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({
      code: 'constraint-violation',
      path: '$.selectionSet.insert_folder.args.objects[1].seal.data',
    });
  });
});

interface Tables {
  readonly folders: { id: number; name: string; parent_id: number | null }[];
  readonly notes: { folder_id: number; body: string }[];
  readonly written: number;
}

/** What the tables hold after writing each folder, then its notes and children; null when an id is taken. */
function writeInTurn(folders: readonly Folder[], upserts: boolean): Tables | null {
  const known = new Map<number, { id: number; name: string; parent_id: number | null }>();
  const notes: Tables['notes'] = [];
  let written = 0;
  const write = (folder: Folder, parent: number | null | undefined, mayUpdate: boolean): boolean => {
    const { id, name } = folder;
    if (known.has(id) && !mayUpdate) return false;
    known.set(id, { id, name, parent_id: parent ?? null });
    written += 1;
    for (const { body } of folder.notes?.data ?? []) {
      notes.push({ folder_id: id, body });
      written += 1;
    }
    const childrenUpsert = folder.children?.on_conflict !== undefined;
    return (folder.children?.data ?? []).every((child) => write(child, id, childrenUpsert));
  };
  if (!folders.every((folder) => write(folder, null, upserts))) return null;
  return {
    folders: [...known.values()].sort((left, right) => left.id - right.id),
    notes: notes.sort((left, right) => left.folder_id - right.folder_id || (left.body < right.body ? -1 : 1)),
    written,
  };
}
