import pg from 'pg';
import { withClient, withDatabase } from './connection.ts';
import { applyMigrations, applySeeds } from './project-sql.ts';

/** A database that test databases are copied from. */
export type TemplateName = 'tierline_migrated' | 'tierline_seeded';

/** Any number; it only keeps two workers from building one template at the same time. */
const TEMPLATE_LOCK = 7_263_001;

/** Builds a template once per server, whichever worker needs it first, and answers its name. */
export async function ensureTemplate(adminUrl: string, name: TemplateName): Promise<TemplateName> {
  if (built.has(name)) return name;
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureMigrationRole(admin);
    await build(admin, adminUrl, 'tierline_migrated', undefined, applyMigrations);
    if (name === 'tierline_seeded') await build(admin, adminUrl, name, 'tierline_migrated', applySeeds);
  });
  built.add(name);
  return name;
}

const built = new Set<TemplateName>();

async function build(
  admin: pg.Client,
  adminUrl: string,
  name: TemplateName,
  from: TemplateName | undefined,
  fill: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (found.rowCount) return;
  const draft = `${name}_draft`;
  await admin.query(`drop database if exists ${pg.escapeIdentifier(draft)} with (force)`);
  const source = from ? ` template ${pg.escapeIdentifier(from)}` : '';
  await admin.query(`create database ${pg.escapeIdentifier(draft)}${source}`);
  await withClient(withDatabase(adminUrl, draft), async (client) => {
    await client.query('create schema if not exists hdb_catalog');
    await fill(client);
  });
  await admin.query(`alter database ${pg.escapeIdentifier(draft)} rename to ${pg.escapeIdentifier(name)}`);
}

/** Roles belong to the server, not to a database: two databases migrating at once must not race to make one. */
async function ensureMigrationRole(admin: pg.Client): Promise<void> {
  await admin.query(`do $$ begin
    if not exists (select 1 from pg_roles where rolname = 'tierline_actions') then create role tierline_actions nologin; end if;
  end $$`);
}
