import { readEnumValues } from '../catalog/enum-values.ts';
import type { Catalog } from '../catalog/types.ts';
import type { Queryable } from '../execute/pool.ts';
import type { Metadata } from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from './qualified-name.ts';
import type { EnumTables, Inconsistency } from './types.ts';

/** Reads the values of every table that metadata marks `is_enum`. */
export async function readEnums(
  metadata: Metadata,
  catalog: Catalog,
  database: Queryable,
): Promise<{ enums: EnumTables; inconsistencies: readonly Inconsistency[] }> {
  const enums = new Map<string, Exclude<Awaited<ReturnType<typeof readEnumValues>>, string>>();
  const inconsistencies: Inconsistency[] = [];
  for (const entry of metadata.sources[0]?.tables ?? []) {
    const table = entry.is_enum ? catalog.tables.get(keyOf(entry.table)) : undefined;
    if (!table) continue;
    const values = await readEnumValues(database, table);
    const display = displayNameOf(table.schema, table.name);
    if (typeof values !== 'string') enums.set(keyOf(entry.table), values);
    else {
      inconsistencies.push({
        type: 'table',
        name: `table ${display} in source ${metadata.sources[0]?.name}`,
        reason: `Inconsistent object: the table "${display}" cannot be used as an enum because ${values}`,
        definition: readQualifiedName(entry.table),
      });
    }
  }
  return { enums, inconsistencies };
}
