import type { ClientBase } from 'pg';

/**
 * Which migrations a database has seen, kept where Hasura's CLI (config version 3) keeps it:
 * `hdb_catalog.hdb_version.cli_state` = `{"migrations": {"<database>": {"<version>": false}}, "settings": {…}}`,
 * `false` meaning applied and not dirty. So the CLI and this engine can take turns on one database.
 */

const CREATE_TABLE = `
create schema if not exists hdb_catalog;
create table if not exists hdb_catalog.hdb_version (
  hasura_uuid uuid primary key default gen_random_uuid(),
  version text not null,
  upgraded_on timestamptz not null,
  cli_state jsonb not null default '{}'::jsonb,
  console_state jsonb not null default '{}'::jsonb
);
create unique index if not exists hdb_version_one_row on hdb_catalog.hdb_version ((version is not null));
insert into hdb_catalog.hdb_version (version, upgraded_on) values ('48', now()) on conflict do nothing;
`;

/** Creates the table and its one row where they are missing. */
export async function ensureCliState(client: ClientBase): Promise<void> {
  await client.query(CREATE_TABLE);
}

/** The versions recorded as applied to one database of the project; none when nothing was ever recorded. */
export async function readAppliedVersions(
  client: ClientBase,
  { database, isOlder }: { readonly database: string; readonly isOlder: boolean },
): Promise<ReadonlySet<string>> {
  const older = isOlder ? await readOlderVersions(client) : [];
  return new Set([...(await readRecordedVersions(client, database)), ...older]);
}

/** What the CLI of config version 2 has applied: it kept its versions in a table of their own. */
async function readOlderVersions(client: ClientBase): Promise<readonly string[]> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('hdb_catalog.schema_migrations') is not null as found`,
  );
  if (!exists.rows[0]?.found) return [];
  const { rows } = await client.query<{ version: string }>(
    'select version::text from hdb_catalog.schema_migrations where not dirty',
  );
  return rows.map((row) => row.version);
}

async function readRecordedVersions(client: ClientBase, database: string): Promise<readonly string[]> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('hdb_catalog.hdb_version') is not null as found`,
  );
  if (!exists.rows[0]?.found) return [];
  const { rows } = await client.query<{ version: string }>(
    `select jsonb_object_keys(cli_state #> array['migrations', $1::text]) as version
       from hdb_catalog.hdb_version
      where jsonb_typeof(cli_state #> array['migrations', $1::text]) = 'object'`,
    [database],
  );
  return rows.map((row) => row.version);
}

/** Records one version as applied, leaving all else in the state as it is. */
export async function recordVersion(client: ClientBase, database: string, version: string): Promise<void> {
  await client.query(
    `update hdb_catalog.hdb_version
        set cli_state = pg_catalog.jsonb_build_object('settings', '{"migration_mode": "true"}'::jsonb)
          || cli_state
          || pg_catalog.jsonb_build_object('migrations',
               coalesce(cli_state -> 'migrations', '{}')
               || pg_catalog.jsonb_build_object($1::text,
                    coalesce(cli_state #> array['migrations', $1::text], '{}')
                    || pg_catalog.jsonb_build_object($2::text, false)))`,
    [database, version],
  );
}
