import { type EnumValue, readEnumValues } from '../catalog/enum-values.ts';
import type { Catalog } from '../catalog/types.ts';
import type { Queryable } from '../execute/pool.ts';
import type { Metadata } from '../metadata/types.ts';
import { because } from './because.ts';
import { displayNameOf, keyOf, readQualifiedName } from './qualified-name.ts';
import type { EnumTables, Inconsistency } from './types.ts';

/** Reads the values of every table that metadata marks `is_enum`. */
export async function readEnums(
  metadata: Metadata,
  catalog: Catalog,
  database: Queryable,
): Promise<{ enums: EnumTables; inconsistencies: readonly Inconsistency[] }> {
  const enums = new Map<string, readonly EnumValue[]>();
  const inconsistencies: Inconsistency[] = [];
  for (const entry of metadata.sources[0]?.tables ?? []) {
    const table = entry.is_enum ? catalog.tables.get(keyOf(entry.table)) : undefined;
    if (!table) continue;
    const reading = await readEnumValues(database, table);
    const display = displayNameOf(table.schema, table.name);
    if ('values' in reading) enums.set(keyOf(entry.table), reading.values);
    else {
      inconsistencies.push({
        type: 'table',
        name: `table ${display} in source ${metadata.sources[0]?.name}`,
        reason: `Inconsistent object: the table "${display}" cannot be used as an enum${because(reading.problems)}`,
        definition: readQualifiedName(entry.table),
      });
    }
  }
  return { enums, inconsistencies };
}
