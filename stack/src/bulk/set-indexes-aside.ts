import type pg from 'pg';

/** What makes an index again as it was. */
export interface IndexDefinition {
  /** With its schema, quoted. */
  readonly name: string;
  readonly definition: string;
}

/**
 * Drops the indexes that only make reading fast, because building one from many rows is several times cheaper than adding
 * them one by one. What keeps a promise stays (unique, exclusion), and so does what the definition alone would not bring
 * back: a comment, a statistics target, being what the table is clustered by, being invalid.
 */
export async function dropIndexes(
  client: pg.Client,
  tables: readonly string[],
): Promise<readonly IndexDefinition[]> {
  const { rows } = await client.query<IndexDefinition>(
    `select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     join pg_namespace n on n.oid = c.relnamespace
     where i.indrelid = any($1::text[]::regclass[])
       and not i.indisunique and not i.indisexclusion and not i.indisclustered and i.indisvalid
       and obj_description(i.indexrelid, 'pg_class') is null
       and not exists (
         select from pg_attribute a where a.attrelid = i.indexrelid and coalesce(a.attstattarget, -1) <> -1
       )
     order by i.indexrelid`,
    [tables],
  );
  if (rows.length > 0) await client.query(`drop index ${rows.map(({ name }) => name).join(', ')}`);
  return rows;
}

/** Makes them again, in their old order. */
export async function buildIndexes(client: pg.Client, indexes: readonly IndexDefinition[]): Promise<void> {
  for (const { definition } of indexes) await client.query(definition);
}
