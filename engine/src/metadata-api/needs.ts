import type { Catalog, CatalogTable } from '../catalog/types.ts';
import { keyOf } from '../source/qualified-name.ts';
import type { TableDraft } from './types.ts';

/** Something that a part of the metadata cannot do without. */
export type Need =
  | { readonly kind: 'table'; readonly table: string }
  /** `field` is a relationship or a computed field. */
  | { readonly kind: 'field' | 'foreign key'; readonly table: string; readonly name: string }
  /** `isTyped` where it is held against a value, which another type would not have. */
  | { readonly kind: 'column'; readonly table: string; readonly name: string; readonly isTyped: boolean }
  | { readonly kind: 'function'; readonly function: string };

/** A column whose type does not matter. */
export function columnNeed(table: string, name: string): Need {
  return { kind: 'column', table, name, isTyped: false };
}

interface Using {
  readonly manual_configuration?: { readonly remote_table: never; readonly column_mapping: object };
  readonly foreign_key_constraint_on?:
    | string
    | readonly string[]
    | { readonly table: never; readonly column?: string; readonly columns?: string | readonly string[] };
}

/** The tables, columns and foreign key under a relationship; its target is the only table among them. */
export function relationshipNeeds(owner: string, given: unknown, catalog: Catalog): Need[] {
  const { manual_configuration: manual, foreign_key_constraint_on: on } = given as Using;
  if (manual) {
    const remote = keyOf(manual.remote_table);
    return [
      { kind: 'table', table: remote },
      ...Object.keys(manual.column_mapping).map((name) => columnNeed(owner, name)),
      ...Object.values(manual.column_mapping).map((name) => columnNeed(remote, String(name))),
    ];
  }
  const isRemote = typeof on === 'object' && !Array.isArray(on);
  const holder = isRemote ? keyOf((on as { table: never }).table) : owner;
  const columns = isRemote
    ? [(on as { columns?: string[] }).columns ?? (on as { column?: string }).column ?? []].flat()
    : ([on ?? []].flat() as string[]);
  const key = findForeignKey(catalog.tables.get(holder), columns, isRemote ? owner : undefined);
  const target = isRemote ? holder : key && keyOf({ schema: key.refSchema, name: key.refTable });
  return [
    ...(key ? [{ kind: 'foreign key' as const, table: holder, name: key.name }] : []),
    ...(target === undefined ? [] : [{ kind: 'table' as const, table: target }]),
    ...columns.map((name) => columnNeed(holder, name)),
  ];
}

/** The foreign key over exactly these columns, to a table where one is given. */
function findForeignKey(table: CatalogTable | undefined, columns: readonly string[], to?: string) {
  return table?.foreignKeys.find(
    (key) =>
      key.columns.length === columns.length &&
      columns.every((name) => key.columns.includes(name)) &&
      (to === undefined || keyOf({ schema: key.refSchema, name: key.refTable }) === to),
  );
}

/** The table at the other end of a relationship, as far as metadata and foreign keys tell. */
export function relationshipTarget(table: TableDraft, using: unknown, catalog: Catalog): string | undefined {
  return relationshipNeeds(keyOf(table.table), using, catalog).find((need) => need.kind === 'table')?.table;
}
