import type pg from 'pg';
import { EngineError } from '../errors.ts';
import type { Pool, Queryable } from '../execute/pool.ts';
import { parseJson } from '../http/parse-json.ts';
import type { Metadata } from '../metadata/types.ts';
import { emptyMetadata } from './draft.ts';

/** Metadata with the number of its change. */
export interface StoredMetadata {
  readonly metadata: Metadata;
  readonly resourceVersion: number;
}

/** Engines listen here for the number of the newest change. */
export const SCHEMA_SYNC_CHANNEL = 'hdb_schema_notifications';

// The reference's own tables, so that either server finds what the other left and hears of its changes.
export const metadataTables = `
  CREATE SCHEMA IF NOT EXISTS hdb_catalog;
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_metadata (
    id integer PRIMARY KEY,
    metadata json NOT NULL,
    resource_version integer NOT NULL DEFAULT 1 UNIQUE
  );
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_schema_notifications (
    id integer PRIMARY KEY CHECK (id = 1),
    notification json NOT NULL,
    resource_version integer NOT NULL DEFAULT 1,
    instance_id uuid NOT NULL,
    updated_at timestamp with time zone DEFAULT now()
  )`;

/** Makes the tables, and their one row of empty metadata, where they are missing. */
export async function prepareMetadataStore(pool: Pool): Promise<void> {
  const [found] = await pool.queryRow(
    {
      text: `SELECT (to_regclass('hdb_catalog.hdb_metadata') IS NOT NULL
        AND to_regclass('hdb_catalog.hdb_schema_notifications') IS NOT NULL)::text`,
    },
    [],
  );
  if (found === 'true' && (await loadMetadata(pool)) !== null) return;
  await pool.withClient(async (client, closeAfterwards) => {
    closeAfterwards();
    // Several engines may start on one database at once.
    await client.query(`SELECT pg_advisory_lock(hashtextextended('hdb_catalog.hdb_metadata', 0))`);
    await client.query(metadataTables);
    await client.query(
      'INSERT INTO hdb_catalog.hdb_metadata (id, metadata) VALUES (1, $1::json) ON CONFLICT (id) DO NOTHING',
      [JSON.stringify(emptyMetadata())],
    );
  });
}

/** What is stored, or null where nothing ever was. */
export function loadMetadata(database: Queryable): Promise<StoredMetadata | null> {
  return readStored(database, '');
}

/** The same, keeping everybody else from changing it until the transaction ends. */
export function lockMetadata(database: Queryable): Promise<StoredMetadata | null> {
  return readStored(database, 'FOR UPDATE');
}

async function readStored(database: Queryable, locking: '' | 'FOR UPDATE'): Promise<StoredMetadata | null> {
  const text = `SELECT metadata::text, resource_version::text FROM hdb_catalog.hdb_metadata WHERE id = 1 ${locking}`;
  const [row] = await database.queryRows({ text }, []);
  if (!row) return null;
  return { metadata: parseJson(row[0] ?? '') as Metadata, resourceVersion: Number(row[1]) };
}

/** The number of the newest change; cheap enough to be asked for every second. */
export async function readResourceVersion(database: Queryable): Promise<number> {
  const text = 'SELECT resource_version::text FROM hdb_catalog.hdb_metadata WHERE id = 1';
  const [row] = await database.queryRows({ text }, []);
  return Number(row?.[0] ?? 0);
}

/** The same, keeping everybody from changing the metadata until the transaction ends. */
export async function holdResourceVersion(database: Queryable): Promise<number> {
  const text = 'SELECT resource_version::text FROM hdb_catalog.hdb_metadata WHERE id = 1 FOR SHARE';
  const [row] = await database.queryRows({ text }, []);
  return Number(row?.[0] ?? 0);
}

/**
 * Stores a change made from `expected`, and tells every other engine of it when the transaction commits;
 * a conflict when somebody else was first. Answers the new number.
 */
export async function saveMetadata(
  client: pg.ClientBase,
  metadata: Metadata,
  expected: number,
  instanceId: string,
): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `UPDATE hdb_catalog.hdb_metadata SET metadata = $1::json, resource_version = $2::int + 1
      WHERE id = 1 AND resource_version = $2::int
      RETURNING resource_version AS version`,
    [JSON.stringify(metadata), expected],
  );
  const [row] = rows;
  if (!row) throw conflict(expected);
  await client.query(
    `INSERT INTO hdb_catalog.hdb_schema_notifications (id, notification, resource_version, instance_id)
      VALUES (1, $1::json, $2, $3::uuid)
      ON CONFLICT (id) DO UPDATE SET notification = EXCLUDED.notification,
        resource_version = EXCLUDED.resource_version, instance_id = EXCLUDED.instance_id, updated_at = now()`,
    [JSON.stringify(invalidatesAll(metadata)), row.version, instanceId],
  );
  await client.query('SELECT pg_notify($1, $2)', [SCHEMA_SYNC_CHANNEL, String(row.version)]);
  return row.version;
}

/** What a stock engine on the same database has to read anew: everything, the database's own catalog too. */
function invalidatesAll(metadata: Metadata): unknown {
  return {
    metadata: true,
    remote_schemas: [],
    sources: metadata.sources.map(({ name }) => name),
    data_connectors: [],
  };
}

/** The reference's 409: the caller did not know of a change. */
export function conflict(expected: number | string): EngineError {
  return new EngineError(
    'conflict',
    `metadata resource version referenced (${expected}) did not match current version`,
    { path: '$', status: 409 },
  );
}
