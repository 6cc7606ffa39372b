import type pg from 'pg';

/** Told by SQL triggers and by the API whenever an event waits. */
export const eventChannel = 'hasura_events';

/**
 * The reference's tables. Its own server may have left an older or newer shape, so nothing is made that is
 * there already and only what deliveries need is added. `created_at` and `next_retry_at` are UTC.
 */
const tables = `
  CREATE SCHEMA IF NOT EXISTS hdb_catalog;
  CREATE TABLE IF NOT EXISTS hdb_catalog.event_log (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    schema_name text NOT NULL,
    table_name text NOT NULL,
    trigger_name text NOT NULL,
    payload jsonb NOT NULL,
    delivered boolean NOT NULL DEFAULT false,
    error boolean NOT NULL DEFAULT false,
    tries integer NOT NULL DEFAULT 0,
    created_at timestamp DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'),
    locked timestamptz,
    next_retry_at timestamp,
    archived boolean NOT NULL DEFAULT false
  );
  CREATE INDEX IF NOT EXISTS event_log_trigger_name_idx ON hdb_catalog.event_log (trigger_name);
  CREATE INDEX IF NOT EXISTS event_log_pending_idx ON hdb_catalog.event_log (created_at)
    WHERE NOT delivered AND NOT error AND NOT archived;
  CREATE TABLE IF NOT EXISTS hdb_catalog.event_invocation_logs (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    trigger_name text,
    event_id text REFERENCES hdb_catalog.event_log (id),
    status integer,
    request json,
    response json,
    created_at timestamp DEFAULT (now() AT TIME ZONE 'UTC')
  );
  ALTER TABLE hdb_catalog.event_invocation_logs ADD COLUMN IF NOT EXISTS trigger_name text;
  CREATE INDEX IF NOT EXISTS event_invocation_logs_event_id_idx ON hdb_catalog.event_invocation_logs (event_id);
  CREATE INDEX IF NOT EXISTS event_invocation_logs_trigger_name_idx
    ON hdb_catalog.event_invocation_logs (trigger_name);
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_event_log_cleanups (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    trigger_name text NOT NULL,
    scheduled_at timestamp NOT NULL,
    deleted_event_logs integer,
    deleted_event_invocation_logs integer,
    status text NOT NULL CHECK (status IN ('scheduled', 'paused', 'completed', 'dead')),
    UNIQUE (trigger_name, scheduled_at)
  );`;

const isComplete = `
  SELECT to_regclass('hdb_catalog.event_log_pending_idx') IS NOT NULL
     AND to_regclass('hdb_catalog.hdb_event_log_cleanups') IS NOT NULL AS complete`;

/**
 * Makes the event log where it is missing, inside a transaction or outside. Migrations may grant on it, so it is
 * made before they run as well as before triggers are installed. Several engines may do this at once.
 */
export async function ensureEventCatalog(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ complete: boolean }>(isComplete);
  if (rows[0]?.complete) return;
  // One text is one transaction where there is none yet, so the lock lasts until the tables are there.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('hdb_catalog.event_log', 0)); ${tables}`);
}
