import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, refusal, value } from './fixtures.ts';
import { readMigrations } from './project.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

/** Names of the functions of ours, not of an extension, that fit a condition on `p`, whichever they are. */
const functionsWhere = (condition: string, own: TestDatabase = db) =>
  value<string[] | null>(
    own,
    `select array_agg(p.oid::regprocedure::text order by p.oid::regprocedure::text collate "C") from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and (${condition})
       and not exists (select from pg_depend d
         where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`,
  );

describe('every function', () => {
  it('is private, but for the computed fields', async () => {
    expect(await functionsWhere(`p.pronamespace = 'public'::regnamespace`)).toEqual([
      'tier_upgrade_requests_search_text(tier_upgrade_requests)',
      'vendors_search_name(vendors)',
    ]);
    expect((await functionsWhere('true'))!.length).toBeGreaterThan(15);
  });

  it('that runs with its owner’s rights looks names up where nobody else can put any', async () => {
    expect((await functionsWhere('p.prosecdef'))!.length).toBeGreaterThan(5);
    expect(
      await functionsWhere(
        `p.prosecdef and p.proconfig is distinct from array['search_path=pg_catalog, pg_temp']`,
      ),
    ).toBeNull();
  });

  it('but for trimming is closed to those who were not let in', async () => {
    expect(await functionsWhere(`has_function_privilege('public', p.oid, 'execute')`)).toEqual([
      'private.js_trim(text)',
    ]);
    expect(await functionsWhere(`has_function_privilege('tierline_actions', p.oid, 'execute')`)).toEqual([
      'private.count_undelivered_events()',
      'private.js_trim(text)',
      'private.search_form(text)',
      'private.search_pattern(text)',
    ]);
  });
});

describe('the action server', () => {
  it('forges no history by putting one of the triggers on a table of its own', async () => {
    const forge = inTransaction(db.pool(), async (client) => {
      // Even where somebody has given it the right to make a table.
      await client.query('create schema own_of_actions authorization tierline_actions');
      await client.query('set local role tierline_actions');
      await client.query('create table own_of_actions.requests (like tier_upgrade_requests)');
      await client.query(
        `create trigger forge after insert on own_of_actions.requests
         for each row execute function private.record_submission()`,
      );
    });
    expect(await refusal(forge)).toMatchObject({
      code: '42501',
      message: expect.stringContaining('record_submission'),
    });
  });

  it('makes no temporary table', async () => {
    const own = await createTestDatabase({ migrated: false });
    const mayMakeTables = () =>
      value(own, `select has_database_privilege('tierline_actions', current_database(), 'temporary')`);
    const migrations = await readMigrations();
    for (const { up } of migrations) await own.query(up);
    expect(await mayMakeTables()).toBe(false);
    const closing = migrations.findIndex(({ name }) => name.endsWith('close_private_functions'));
    for (const { down } of migrations.slice(closing).reverse()) await own.query(down);
    expect(await mayMakeTables()).toBe(true);
  });
});
