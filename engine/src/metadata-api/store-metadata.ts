import { randomUUID } from 'node:crypto';
import { EngineError } from '../errors.ts';
import { createPool, type Pool, queryableOf } from '../execute/pool.ts';
import { parseJson } from '../http/parse-json.ts';
import { isSameJson } from '../json/json-values.ts';
import { orderMetadata } from '../metadata/order-metadata.ts';
import type { Metadata } from '../metadata/types.ts';
import { lockMetadata, prepareMetadataStore, type StoredMetadata, saveMetadata } from './metadata-store.ts';

/**
 * Makes metadata the database's own, as a project folder's is at the start of an engine; every engine there takes
 * it over. The same metadata again changes nothing, so that engines may start one after another.
 */
export async function storeMetadata(
  pool: Pool,
  metadata: Metadata,
): Promise<StoredMetadata & { isChanged: boolean }> {
  return pool.withClient(async (client) => {
    await client.query('BEGIN');
    const stored = await lockMetadata(queryableOf(client));
    if (!stored)
      throw new EngineError('unexpected', 'hdb_catalog.hdb_metadata holds no row', { status: 500 });
    if (isSameMetadata(stored.metadata, metadata)) {
      await client.query('ROLLBACK');
      return { metadata, resourceVersion: stored.resourceVersion, isChanged: false };
    }
    const resourceVersion = await saveMetadata(client, metadata, stored.resourceVersion, randomUUID());
    await client.query('COMMIT');
    return { metadata, resourceVersion, isChanged: true };
  });
}

/** Opens the metadata of a database for a command, which needs no engine. */
export async function withMetadataStore<T>(
  databaseUrl: string,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const pool = createPool({
    databaseUrl,
    maxConnections: 2,
    connectTimeoutMs: 10_000,
    connectRetries: 0,
    idleTimeoutSeconds: 10,
    lifetimeSeconds: 0,
    applicationName: 'hasura-engine',
    onIdleError: () => undefined,
  });
  try {
    await prepareMetadataStore(pool);
    return await work(pool);
  } finally {
    await pool.close();
  }
}

/** Whether two say the same, in whatever order. */
export function isSameMetadata(left: Metadata, right: Metadata): boolean {
  return isSameJson(plain(left), plain(right));
}

function plain(metadata: Metadata): unknown {
  return parseJson(JSON.stringify(orderMetadata(metadata)));
}
