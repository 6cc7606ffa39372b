import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { expect, it } from 'vitest';
import { readMigrations } from './project.ts';

/** All that a migration may leave behind, as text that two states can be compared by. */
const CATALOG = `
  select 'relation' as kind, c.oid::regclass::text as name, c.relkind::text as detail
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'private')
  union all
  select 'column', a.attrelid::regclass || '.' || a.attname,
    format_type(a.atttypid, a.atttypmod) || a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where n.nspname in ('public', 'private') and a.attnum > 0 and not a.attisdropped
  union all
  select 'function', p.oid::regprocedure::text, md5(pg_get_functiondef(p.oid)) || (
    select string_agg(acl.grantee || ' ' || acl.privilege_type, ',' order by acl.grantee)
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private')
  union all
  select 'constraint', c.conrelid::regclass || '.' || c.conname, pg_get_constraintdef(c.oid)
  from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname in ('public', 'private')
  union all
  select 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private')
  union all
  select 'trigger', t.tgrelid::regclass || '.' || t.tgname, pg_get_triggerdef(t.oid)
  from pg_trigger t where not t.tgisinternal
  union all
  select 'grant', c.oid::regclass::text, acl.privilege_type
  from pg_class c cross join lateral aclexplode(c.relacl) acl
  where acl.grantee = (select oid from pg_roles where rolname = 'tierline_actions')
  union all
  select 'grant', a.attrelid::regclass || '.' || a.attname, acl.privilege_type
  from pg_attribute a cross join lateral aclexplode(a.attacl) acl
  where acl.grantee = (select oid from pg_roles where rolname = 'tierline_actions')
  order by 1, 2, 3`;

const catalogOf = async (db: TestDatabase) => (await db.query(CATALOG)).rows;

it('every migration goes up, down and up again to the same database', async () => {
  const db = await createTestDatabase({ migrated: false });
  const empty = await catalogOf(db);
  const states: unknown[] = [empty];
  const migrations = await readMigrations();
  for (const { up } of migrations) {
    await db.query(up);
    states.push(await catalogOf(db));
  }
  const full = states.pop();
  for (const { name, down } of [...migrations].reverse()) {
    await db.query(down);
    expect(await catalogOf(db), `after ${name} went down`).toEqual(states.pop());
  }
  for (const { up } of migrations) await db.query(up);
  expect(await catalogOf(db)).toEqual(full);
});

it('every migration is named by thirteen digits, a verb and a noun', async () => {
  for (const { name } of await readMigrations()) expect(name).toMatch(/^\d{13}_[a-z]+(_[a-z]+)+$/);
});

it('start with the four tiers and the feature off', async () => {
  const db = await createTestDatabase();
  expect((await db.query('select level, name, max_locations from tiers order by level')).rows).toEqual([
    { level: 1, name: 'Basic', max_locations: 1 },
    { level: 2, name: 'Plus', max_locations: 5 },
    { level: 3, name: 'Pro', max_locations: 20 },
    { level: 4, name: 'Premier', max_locations: null },
  ]);
  expect((await db.query('select * from feature_flags')).rows).toEqual([
    { key: 'tier_upgrade_requests', audience: 'none' },
  ]);
  expect((await db.query('select 1 from users')).rows).toEqual([]);
});

it.each([
  ['who may create roles', 'createrole'],
  ['without any right of the server', 'nocreaterole nocreatedb nosuperuser'],
])('need no superuser: an owner of the database %s goes all the way up and down', async (_, rights) => {
  // Managed Postgres is like the second, with the role made beforehand.
  const db = await createTestDatabase({ migrated: false });
  await db.query(`do $$ begin create role tierline_actions nologin;
    exception when duplicate_object or unique_violation then null; end $$`);
  const owner = `owner_of_${db.name}`;
  await db.query(`create role ${owner} ${rights}`);
  await db.query(`alter database ${db.name} owner to ${owner}`);
  const client = await db.pool({ max: 1 }).connect();
  try {
    await client.query(`set session authorization ${owner}`);
    await client.query('create schema hdb_catalog; create table hdb_catalog.event_log (id text)');
    const migrations = await readMigrations();
    for (const { up } of migrations) await client.query(up);
    for (const { down } of [...migrations].reverse()) await client.query(down);
  } finally {
    await client.query('reset session authorization');
    client.release();
    await db.query(`drop owned by ${owner} cascade`);
    await db.query(`alter database ${db.name} owner to current_user`);
    await db.query(`drop role ${owner}`);
  }
});

it('tell an owner who may not create the role that it is missing, and how it is made', async () => {
  const db = await createTestDatabase({ migrated: false });
  const owner = `owner_of_${db.name}`;
  await db.query(`create role ${owner}`);
  await db.query(`alter database ${db.name} owner to ${owner}`);
  const client = await db.pool({ max: 1 }).connect();
  try {
    await client.query(`set session authorization ${owner}`);
    const [{ up } = { up: '' }] = await readMigrations();
    // The role itself belongs to the server that all tests share.
    const elsewhere = up.replaceAll('tierline_actions', 'tierline_not_there');
    await expect(client.query(elsewhere)).rejects.toMatchObject({
      code: '42501',
      message: 'the role tierline_not_there is missing, and this user may not create it',
      hint: expect.stringContaining('create role tierline_not_there nologin'),
    });
  } finally {
    await client.query('reset session authorization');
    client.release();
    await db.query(`alter database ${db.name} owner to current_user`);
    await db.query(`drop role ${owner}`);
  }
});
