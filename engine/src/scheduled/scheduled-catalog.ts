import type pg from 'pg';

/** Told by the API when a scheduled event is made. */
export const scheduleChannel = 'hasura_schedule';

/**
 * The reference's tables. While an event is `locked`, `next_retry_at` holds the end of the lease, after which
 * another engine may take it.
 */
const tables = `
  CREATE SCHEMA IF NOT EXISTS hdb_catalog;
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_cron_events (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    trigger_name text NOT NULL,
    scheduled_time timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'scheduled'
      CONSTRAINT valid_status CHECK (status IN ('scheduled', 'locked', 'delivered', 'error', 'dead')),
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz DEFAULT now(),
    next_retry_at timestamptz
  );
  CREATE INDEX IF NOT EXISTS hdb_cron_event_status ON hdb_catalog.hdb_cron_events (status);
  CREATE UNIQUE INDEX IF NOT EXISTS hdb_cron_events_unique_scheduled
    ON hdb_catalog.hdb_cron_events (trigger_name, scheduled_time) WHERE status = 'scheduled';
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_cron_event_invocation_logs (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    event_id text REFERENCES hdb_catalog.hdb_cron_events (id) ON UPDATE CASCADE ON DELETE CASCADE,
    status integer,
    request json,
    response json,
    created_at timestamptz DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS hdb_cron_event_invocation_event_id
    ON hdb_catalog.hdb_cron_event_invocation_logs (event_id);
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_scheduled_events (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    webhook_conf json NOT NULL,
    scheduled_time timestamptz NOT NULL,
    retry_conf json,
    payload json,
    header_conf json,
    status text NOT NULL DEFAULT 'scheduled'
      CONSTRAINT valid_status CHECK (status IN ('scheduled', 'locked', 'delivered', 'error', 'dead')),
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz DEFAULT now(),
    next_retry_at timestamptz,
    comment text
  );
  CREATE INDEX IF NOT EXISTS hdb_scheduled_event_status ON hdb_catalog.hdb_scheduled_events (status);
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_scheduled_event_invocation_logs (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    event_id text REFERENCES hdb_catalog.hdb_scheduled_events (id) ON UPDATE CASCADE ON DELETE CASCADE,
    status integer,
    request json,
    response json,
    created_at timestamptz DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS hdb_scheduled_event_invocation_event_id
    ON hdb_catalog.hdb_scheduled_event_invocation_logs (event_id);`;

const lastOfThem = 'hdb_catalog.hdb_scheduled_event_invocation_logs';

/** Whether there are the tables of cron triggers and scheduled events. */
export async function hasScheduledCatalog(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    lastOfThem,
  ]);
  return rows[0]?.found === true;
}

/** Makes them where they are missing, inside a transaction or outside. Several engines may do this at once. */
export async function ensureScheduledCatalog(client: pg.ClientBase): Promise<void> {
  if (await hasScheduledCatalog(client)) return;
  // One text is one transaction where there is none yet, so the lock lasts until the tables are there.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('hdb_catalog.schedule', 0)); ${tables}`);
}
