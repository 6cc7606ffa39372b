import type { CatalogTable } from '../catalog/types.ts';
import type { TableConfiguration } from '../metadata/types.ts';
import { fieldNameOf, type Naming, wordsOf } from './naming.ts';

/** What a column is called in the schema: by its custom name, or by the naming convention. */
export function columnFieldName(
  configuration: TableConfiguration | undefined,
  column: string,
  naming: Naming,
): string {
  return customNames(configuration).get(column) ?? fieldNameOf(naming, wordsOf(column));
}

/** Why a table cannot be served for the names of its columns, in the reference's words; null when it can. */
export function findMisnamedColumns(
  configuration: TableConfiguration | undefined,
  table: CatalogTable,
  naming: Naming,
): string | null {
  for (const [column, name] of customNames(configuration)) {
    if (table.columns.some((candidate) => candidate.name === column)) continue;
    return `the custom field name "${name}" was given for the column "${column}", but no such column exists`;
  }
  const columnsByField = Map.groupBy(table.columns, ({ name }) =>
    columnFieldName(configuration, name, naming),
  );
  for (const [field, columns] of columnsByField) {
    const names = columns.map(({ name }) => `"${name}"`);
    const last = names.pop();
    if (names.length === 0) continue;
    const list = names.length === 1 ? `${names[0]} and ${last}` : `${names.join(', ')}, and ${last}`;
    return `the definitions of columns ${list} are in conflict: they are mapped to the same field name, "${field}"`;
  }
  return null;
}

function customNames(configuration: TableConfiguration | undefined): ReadonlyMap<string, string> {
  const { custom_column_names: names, column_config: config } = configuration ?? {};
  const configured = Object.entries(config ?? {}).flatMap(([column, { custom_name: name }]) =>
    name ? [[column, name] as const] : [],
  );
  return new Map([...Object.entries(names ?? {}), ...configured]);
}
