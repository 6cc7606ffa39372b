import { createTestDatabase } from '@tierline/postgres/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminSession, createEngine, type Engine } from '../index.ts';

/** Values that a table's own check names stand in the statement as constants; whatever else a client writes is a parameter. */
describe('a value compared with a column that has a list of choices', () => {
  let engine: Engine;

  beforeAll(async () => {
    const { url } = await createTestDatabase({ migrated: false });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(String.raw`
      create table ticket (
        id int primary key,
        state text not null check (state in ('new', 'it''s done', 'c:\temp')),
        mood text check (mood in ('calm') or id > 0)
      );
      insert into ticket values (1, 'new', 'calm'), (2, 'it''s done', 'wild'), (3, 'c:\temp', null)`);
    await client.end();
    engine = await createEngine({ databaseUrl: url });
    const track = { type: 'pg_track_table', args: { table: { schema: 'public', name: 'ticket' } } };
    await engine.runMetadataRequest(track, adminSession);
  });
  afterAll(() => engine.close());

  /** The statement, and the ids that it answers. */
  async function ask(where: string, variables: Record<string, unknown> = {}) {
    const definitions = Object.keys(variables).map((name) => `$${name}: String!`);
    const head = definitions.length > 0 ? `query (${definitions.join(', ')})` : 'query';
    const request = { query: `${head} { ticket(where: ${where}, order_by: { id: asc }) { id } }`, variables };
    const explained = await engine.explain(request, adminSession);
    const { body } = await engine.execute(request, adminSession, { headers: {}, requestId: 'choices' });
    const rows: { id: number }[] = JSON.parse(body).data.ticket;
    return { sql: Array.isArray(explained) ? explained[0].sql : '', ids: rows.map(({ id }) => id) };
  }

  it.each([
    ['{ state: { _eq: "new" } }', `= ('new'::"text")`, [1]],
    ['{ state: { _neq: "new" } }', `<> ('new'::"text")`, [2, 3]],
    [`{ state: { _eq: "it's done" } }`, `= ('it''s done'::"text")`, [2]],
    [String.raw`{ state: { _eq: "c:\\temp" } }`, String.raw`(E'c:\\temp'::"text")`, [3]],
    [`{ state: { _in: ["new", "it's done"] } }`, `(ARRAY['new', 'it''s done']::"text"[])`, [1, 2]],
  ])('is a constant of the schema: %s', async (where, constant, ids) => {
    const found = await ask(where);
    expect(found.sql).toContain(constant);
    expect(found.sql).not.toContain('$1');
    expect(found.ids).toEqual(ids);
  });

  it.each([
    ['what is no choice', `{ state: { _eq: "new' or true --" } }`, {}, []],
    ['what is one but for its case', '{ state: { _eq: "NEW" } }', {}, []],
    ['a list with another value', `{ state: { _in: ["new", "'); drop table ticket"] } }`, {}, [1]],
    ['an empty list', '{ state: { _in: [] } }', {}, []],
    ['a variable', '{ state: { _eq: $state } }', { state: 'new' }, [1]],
    ['a list with a variable', '{ state: { _in: ["new", $state] } }', { state: "it's done" }, [1, 2]],
    ['a column whose check says more than that', '{ mood: { _eq: "calm" } }', {}, [1]],
  ])('stays a parameter: %s', async (_what, where, variables, ids) => {
    const found = await ask(where, variables);
    expect(found.sql).toContain('$1');
    expect(found.sql).not.toMatch(/'new|drop table|calm/);
    expect(found.ids).toEqual(ids);
  });
});
