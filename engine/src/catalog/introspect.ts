import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Queryable } from '../execute/pool.ts';
import { type Catalog, type CatalogFunction, type CatalogTable, catalogKey } from './types.ts';

const introspectSql = readFileSync(new URL('./introspect.sql', import.meta.url), 'utf8');

/** Reads the whole catalog with one statement. */
export async function introspectCatalog(database: Pick<Queryable, 'queryRow'>): Promise<Catalog> {
  const [text] = await database.queryRow({ text: introspectSql }, []);
  const raw = JSON.parse(text ?? '') as { tables: CatalogTable[]; functions: CatalogFunction[] };
  const tables = new Map(raw.tables.map((table) => [catalogKey(table.schema, table.name), table]));
  const functions = new Map<string, CatalogFunction[]>();
  for (const fn of raw.functions) {
    const key = catalogKey(fn.schema, fn.name);
    const overloads = functions.get(key);
    if (overloads) overloads.push(fn);
    else functions.set(key, [fn]);
  }
  const fingerprint = createHash('sha1')
    .update(text ?? '')
    .digest('base64url');
  return { fingerprint, tables, functions };
}
