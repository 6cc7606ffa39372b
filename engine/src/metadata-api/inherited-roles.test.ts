import { createTestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toApiError } from '../errors.ts';
import { sessionFor } from '../testing/publishing-house.ts';

const success = { message: 'success' };

describe('inherited roles over the metadata API', () => {
  let engine: Engine;

  beforeEach(async () => {
    const { url } = await createTestDatabase({ migrated: false });
    engine = await createEngine({ databaseUrl: url });
    await api('run_sql', { sql: 'create table note (id int primary key, owner int, body text);' });
    await api('track_table', 'note');
    await allow('select', 'owner', { columns: ['id', 'body'], filter: { owner: 'X-Hasura-User-Id' } });
    await allow('select', 'counter', { columns: ['id'], filter: {}, limit: 3, allow_aggregations: true });
    await allow('delete', 'owner', { filter: { _and: [{ owner: 'X-Hasura-User-Id' }, { id: { _gt: 0 } }] } });
  });
  afterEach(() => engine.close());

  async function api(type: string, args: unknown): Promise<unknown> {
    try {
      return await engine.runMetadataRequest({ type, args }, adminSession);
    } catch (error) {
      return toApiError(error as EngineError, false);
    }
  }
  const allow = (kind: string, role: string, permission: unknown) =>
    api(`create_${kind}_permission`, { table: 'note', role, permission });
  const inherit = (role: string, from: string[]) =>
    api('add_inherited_role', { role_name: role, role_set: from });
  const ask = async (query: string, role: string): Promise<unknown> => {
    const session = sessionFor(role, { 'x-hasura-user-id': '1' });
    return JSON.parse((await engine.execute({ query }, session, { headers: {}, requestId: 't' })).body);
  };

  it('adds, replaces and drops one', async () => {
    await api('run_sql', { sql: `insert into note values (1, 1, 'mine'), (2, 2, 'theirs');` });
    expect(await inherit('both', ['counter'])).toEqual(success);
    expect(await inherit('both', ['owner', 'counter'])).toEqual(success);
    expect(await api('export_metadata', {})).toMatchObject({
      inherited_roles: [{ role_name: 'both', role_set: ['owner', 'counter'] }],
    });
    expect(await ask('{ note(order_by: {id: asc}) { id body } }', 'both')).toEqual({
      data: {
        note: [
          { id: 1, body: 'mine' },
          { id: 2, body: null },
        ],
      },
    });
    expect(await api('drop_inherited_role', { role_name: 'both' })).toEqual(success);
    await expect(ask('{ note { id } }', 'both')).rejects.toThrow('field "note" not found');
    expect(await api('drop_inherited_role', { role_name: 'both' })).toEqual({
      code: 'not-exists',
      error: `"both" inherited role doesn't exist`,
      path: '$.args',
    });
  });

  it('lets a permission of its own win', async () => {
    await inherit('both', ['owner', 'counter']);
    await allow('select', 'both', { columns: ['owner'], filter: {} });
    await expect(ask('{ note { body } }', 'both')).rejects.toThrow('field "body" not found');
    expect(await ask('{ note { owner } }', 'both')).toEqual({ data: { note: [] } });
  });

  it('refuses a role among its own parents, a parent that is not there, and a circle', async () => {
    expect(await inherit('both', ['both', 'owner'])).toMatchObject({
      code: 'invalid-params',
      error: 'an inherited role name cannot be in the role combination',
    });
    expect(await inherit('both', ['owner', 'nobody'])).toMatchObject({
      code: 'invalid-configuration',
      error:
        'Inconsistent object: the following parent role(s) are not found: nobody which are required to construct the inherited role: "both"',
    });
    await inherit('first', ['owner']);
    await inherit('second', ['first', 'counter']);
    expect(await inherit('first', ['owner', 'second'])).toEqual({
      code: 'cyclic-dependency',
      error: 'found cycle(s) in roles: ["first","second","first"]',
      path: '$.args',
    });
    expect(await ask('{ note { id } }', 'second')).toEqual({ data: { note: [] } });
  });

  it('inherits a write that the parents agree about, whatever the order of its parts', async () => {
    await allow('delete', 'counter', {
      filter: { _and: [{ id: { _gt: 0 } }, { owner: { _eq: 'x-hasura-user-id' } }] },
    });
    expect(await inherit('both', ['owner', 'counter'])).toEqual(success);
    expect(await ask('mutation { delete_note(where: {}) { affected_rows } }', 'both')).toEqual({
      data: { delete_note: { affected_rows: 0 } },
    });
    expect(await api('get_inconsistent_metadata', {})).toEqual({
      is_consistent: true,
      inconsistent_objects: [],
    });
  });

  it('inherits no write that the parents disagree about, and says so', async () => {
    await allow('delete', 'counter', { filter: {} });
    expect(await inherit('both', ['owner', 'counter'])).toEqual(success);
    await expect(ask('mutation { delete_note(where: {}) { affected_rows } }', 'both')).rejects.toThrow(
      'no mutations exist',
    );
    const conflict = {
      name: 'both',
      type: 'inherited role permission inconsistency',
      reason:
        "Could not inherit permission for the role 'both' for the entity: 'delete permission, table: note, source: 'default''",
      entity: { table: 'note', source: 'default', permission_type: 'delete' },
    };
    expect(await api('get_inconsistent_metadata', {})).toEqual({
      is_consistent: false,
      inconsistent_objects: [conflict],
    });
    expect(await api('drop_inconsistent_metadata', {})).toEqual(success);
    // A permission of its own settles it.
    await allow('delete', 'both', { filter: { id: { _eq: 5 } } });
    expect(await api('get_inconsistent_metadata', {})).toMatchObject({ is_consistent: true });
    expect(await ask('mutation { delete_note(where: {}) { affected_rows } }', 'both')).toEqual({
      data: { delete_note: { affected_rows: 0 } },
    });
  });

  it('takes the largest limit that is set and aggregates when one parent may', async () => {
    await api('run_sql', {
      sql: `insert into note select i, 1, 'note ' || i from generate_series(1, 9) as i;`,
    });
    await inherit('both', ['owner', 'counter']);
    expect(await ask('{ note_aggregate { aggregate { count } nodes { id } } }', 'both')).toEqual({
      data: { note_aggregate: { aggregate: { count: 9 }, nodes: [{ id: 1 }, { id: 2 }, { id: 3 }] } },
    });
  });
});
