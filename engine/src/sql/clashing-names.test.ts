import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HouseServer, startHouseServer } from '../testing/house-server.ts';

describe('names that look like those the engine uses itself', () => {
  let house: HouseServer;
  const metadata = async (type: string, args: unknown) =>
    (await house.send('/v1/metadata', { body: { type, args } })).json;
  const ask = async (query: string, role = 'tester') =>
    (await house.send('/v1/graphql', { body: { query }, role })).json;

  beforeAll(async () => {
    house = await startHouseServer();
    await house.database.query(`
      create table odd (
        id int primary key, parent_id int references odd (id),
        _check int, "L" int, "R" text, count int, m int, _1 int, root_0 int
      );
      create function odd_twice(odd odd) returns int language sql stable as 'select 2 * odd.id'`);
    // Made past the engine, which finds it all the same.
    expect(await metadata('pg_track_table', { table: 'odd' })).toEqual({ message: 'success' });
    await metadata('pg_create_object_relationship', {
      table: 'odd',
      name: 'parent',
      using: { foreign_key_constraint_on: 'parent_id' },
    });
    const permission = { filter: {}, check: { id: { _lt: 10 } }, columns: '*' };
    for (const kind of ['insert', 'select', 'update']) {
      const { check, filter, columns } = permission;
      const own = { insert: { check, columns }, select: { filter, columns }, update: permission }[kind];
      const args = { table: 'odd', role: 'tester', permission: own };
      expect(await metadata(`pg_create_${kind}_permission`, args)).toEqual({ message: 'success' });
    }
  });
  afterAll(() => house.close());

  it('are columns of written rows like any other', async () => {
    const row = { id: 1, _check: 5, L: 1, R: 'R L', count: 2, m: 3, _1: 4, root_0: 6 };
    const fields = Object.keys(row).join(' ');
    const values = JSON.stringify(row).replaceAll(/"(\w+)":/g, '$1:');
    expect(await ask(`mutation { insert_odd_one(object: ${values}) { ${fields} } }`)).toEqual({
      data: { insert_odd_one: row },
    });
    expect(
      await ask(`mutation {
        insert_odd_one(object: {id: 2, parent: {data: {id: 3, _check: 7, m: 8}}}) { id m parent { _check m } }
      }`),
    ).toEqual({ data: { insert_odd_one: { id: 2, m: null, parent: { _check: 7, m: 8 } } } });
    expect(
      await ask(
        'mutation { update_odd(where: {L: {_eq: 1}}, _inc: {L: 1, _check: 1}) { returning { L _check m parent { id } } } }',
      ),
    ).toEqual({ data: { update_odd: { returning: [{ L: 2, _check: 6, m: 3, parent: null }] } } });
    expect(
      await ask('mutation { insert_odd(objects: [{id: 11, _check: 1}]) { affected_rows } }'),
    ).toMatchObject({
      errors: [{ extensions: { code: 'permission-error' } }],
    });
  });

  it('are names that a client may give its fields', async () => {
    const query = '{ _1: odd(where: {id: {_eq: 2}}) { _1: id _2: parent { _3: id _4: _1 } root_0: m } }';
    expect(await ask(query)).toEqual({ data: { _1: [{ _1: 2, _2: { _3: 3, _4: null }, root_0: null }] } });
    expect(await ask('{ odd_by_pk(id: 2) { _1: id _2: m } }')).toEqual({
      data: { odd_by_pk: { _1: 2, _2: null } },
    });
  });

  it('may not be the same for two columns, nor for the root fields of two tables', async () => {
    const configuration = { column_config: { m: { custom_name: 'same' }, count: { custom_name: 'same' } } };
    expect(await metadata('pg_set_table_customization', { table: 'odd', configuration })).toMatchObject({
      code: 'invalid-configuration',
      error: expect.stringContaining(
        'the definitions of columns "count" and "m" are in conflict: they are mapped to the same field name, "same"',
      ),
    });
    await house.database.query('create table odd_many (id int primary key)');
    expect(await metadata('pg_track_table', { table: 'odd_many' })).toMatchObject({
      error: 'found duplicate fields in selection set for mutation root: update_odd_many',
    });
  });

  it('are found where functions were made past the engine', async () => {
    const args = { table: 'odd', name: 'twice', definition: { function: 'odd_twice' } };
    await metadata('reload_metadata', {});
    expect(await metadata('pg_add_computed_field', args)).toEqual({ message: 'success' });
    await house.database.query(
      `create function all_odd() returns setof odd language sql stable as 'select * from odd order by id'`,
    );
    expect(await metadata('pg_track_function', { function: 'all_odd' })).toEqual({ message: 'success' });
    expect(await ask('{ all_odd { id twice } }', 'admin')).toEqual({
      data: { all_odd: [1, 2, 3].map((id) => ({ id, twice: 2 * id })) },
    });
  });
});
