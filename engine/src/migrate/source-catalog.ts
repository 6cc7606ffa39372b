import type { ClientBase } from 'pg';
import { actionLogTables } from '../actions/action-log.ts';
import { ensureEventCatalog } from '../events/event-catalog.ts';
import { metadataTables } from '../metadata-api/metadata-store.ts';
import { ensureScheduledCatalog } from '../scheduled/scheduled-catalog.ts';
import { quoteIdentifier } from '../sql/quote.ts';

/**
 * Makes what the reference has made in a database before the first migration runs, since migrations use it: the
 * tables of `hdb_catalog` (grants, views, deletions of old events), its `gen_hasura_uuid()`, and pgcrypto.
 */
export async function ensureSourceCatalog(client: ClientBase, extensionsSchema = 'public'): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(hashtextextended('hdb_catalog.hdb_metadata', 0))`);
  try {
    await client.query(`${metadataTables};
      CREATE OR REPLACE FUNCTION hdb_catalog.gen_hasura_uuid() RETURNS uuid LANGUAGE sql
        AS 'SELECT pg_catalog.gen_random_uuid()'`);
  } finally {
    await client.query(`SELECT pg_advisory_unlock(hashtextextended('hdb_catalog.hdb_metadata', 0))`);
  }
  await ensureEventCatalog(client);
  await ensureScheduledCatalog(client);
  await client.query(actionLogTables);
  await ensureExtension(client, extensionsSchema);
}

/**
 * pgcrypto, as most projects made for the reference expect it. Nothing of the engine's own needs it, so a database
 * that does not have it, or a role that must not create it, is no reason to stop: a migration that uses it will tell.
 */
async function ensureExtension(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pgcrypto')
      OR NOT EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'pgcrypto')
      OR NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS found`,
  );
  if (rows[0]?.found) return;
  const name = quoteIdentifier(schema);
  await client.query(
    `CREATE SCHEMA IF NOT EXISTS ${name}; CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA ${name}`,
  );
}
