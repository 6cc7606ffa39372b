import { EngineError } from '../errors.ts';
import type { Pool } from '../execute/pool.ts';
import type { Metadata } from '../metadata/types.ts';

/** Metadata with the number of its change. */
export interface StoredMetadata {
  readonly metadata: Metadata;
  readonly resourceVersion: number;
}

// The reference's own table, so that either server finds what the other left.
const tables = `
  CREATE SCHEMA IF NOT EXISTS hdb_catalog;
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_metadata (
    id integer PRIMARY KEY,
    metadata json NOT NULL,
    resource_version integer NOT NULL DEFAULT 1 UNIQUE
  )`;

/** Makes the table where it is missing. */
export async function prepareMetadataStore(pool: Pool): Promise<void> {
  await pool.withClient(async (client) => {
    // Several engines may start on one database at once.
    await client.query(`SELECT pg_advisory_lock(hashtextextended('hdb_catalog.hdb_metadata', 0))`);
    try {
      await client.query(tables);
    } finally {
      await client.query(`SELECT pg_advisory_unlock(hashtextextended('hdb_catalog.hdb_metadata', 0))`);
    }
  });
}

/** What is stored, or null on a database that has never held metadata. */
export async function loadMetadata(pool: Pool): Promise<StoredMetadata | null> {
  const [row] = await pool.queryRows(
    { text: 'SELECT metadata::text, resource_version::text FROM hdb_catalog.hdb_metadata WHERE id = 1' },
    [],
  );
  if (!row) return null;
  return { metadata: JSON.parse(row[0] ?? '') as Metadata, resourceVersion: Number(row[1]) };
}

/** Stores a change made from `expected`; a conflict when somebody else was first. Answers the new number. */
export async function saveMetadata(pool: Pool, metadata: Metadata, expected: number): Promise<number> {
  const text = `
    INSERT INTO hdb_catalog.hdb_metadata AS stored (id, metadata, resource_version) VALUES (1, $1::json, $2::int + 1)
    ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, resource_version = EXCLUDED.resource_version
      WHERE stored.resource_version = $2::int
    RETURNING resource_version::text`;
  const [row] = await pool.queryRows({ text }, [JSON.stringify(metadata), String(expected)]);
  if (row) return Number(row[0]);
  throw conflict(expected);
}

/** The reference's 409: the caller did not know of a change. */
export function conflict(expected: number): EngineError {
  return new EngineError(
    'conflict',
    `metadata resource version referenced (${expected}) did not match current version`,
    {
      path: '$',
      status: 409,
    },
  );
}
