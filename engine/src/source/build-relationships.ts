import type { Catalog, CatalogForeignKey, CatalogTable } from '../catalog/types.ts';
import { catalogKey } from '../catalog/types.ts';
import type {
  ArrayRelationshipUsing,
  ManualConfiguration,
  ObjectRelationshipUsing,
  QualifiedName,
  RelationshipMetadata,
  TableConfiguration,
  TableMetadata,
} from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from './qualified-name.ts';
import type { ColumnPair, Inconsistency, Relationship } from './types.ts';

/** Resolves a table's relationships against the foreign keys that Postgres knows. */
export function buildRelationships(
  entry: TableMetadata,
  table: CatalogTable,
  catalog: Catalog,
  tracked: ReadonlySet<string>,
): { relationships: Relationship[]; inconsistencies: Inconsistency[] } {
  const relationships: Relationship[] = [];
  const inconsistencies: Inconsistency[] = [];
  const resolve = (
    kind: Relationship['kind'],
    metadata: RelationshipMetadata<ObjectRelationshipUsing> | RelationshipMetadata<ArrayRelationshipUsing>,
  ): void => {
    const outcome = resolveRelationship(kind, metadata, table, catalog);
    const display = displayNameOf(table.schema, table.name);
    const prefix = `Inconsistent object: in table "${display}": in relationship "${metadata.name}": `;
    const conflict = fieldConflict(entry.configuration, table, metadata.name);
    const dangling = danglingEnd(metadata.using.manual_configuration, table, catalog);
    if (
      conflict === null &&
      dangling === null &&
      typeof outcome !== 'string' &&
      tracked.has(outcome.target)
    ) {
      relationships.push(outcome);
      return;
    }
    const mistake =
      typeof outcome === 'string' ? `${prefix}${outcome}` : untracked(outcome.target, prefix, catalog);
    const reason = conflict ?? dangling ?? mistake;
    inconsistencies.push({
      type: `${kind}_relation`,
      name: `${kind}_relation ${metadata.name} in table ${display} in source default`,
      reason,
      definition: {
        name: metadata.name,
        source: 'default',
        table: { schema: table.schema, name: table.name },
        using: metadata.using,
        comment: metadata.comment ?? null,
      },
    });
  };
  for (const metadata of entry.object_relationships ?? []) resolve('object', metadata);
  for (const metadata of entry.array_relationships ?? []) resolve('array', metadata);
  return { relationships, inconsistencies };
}

/** Why a relationship or computed field cannot have a name that a column has or was given; null when it can. */
export function fieldConflict(
  configuration: TableConfiguration | undefined,
  table: CatalogTable,
  name: string,
): string | null {
  if (table.columns.some((column) => column.name === name))
    return 'Inconsistent object: field definition conflicts with postgres column';
  const names = {
    ...configuration?.custom_column_names,
    ...Object.fromEntries(
      Object.entries(configuration?.column_config ?? {}).flatMap(([column, { custom_name: custom }]) =>
        custom ? [[column, custom]] : [],
      ),
    ),
  };
  const column = Object.keys(names).find((candidate) => names[candidate] === name);
  if (column === undefined || column === name) return null;
  return `Inconsistent object: field definition conflicts with custom field name for postgres column "${column}"`;
}

/** A table that is there but not tracked, or not there at all. */
function untracked(target: string, prefix: string, catalog: Catalog): string {
  const [schema, name] = JSON.parse(target) as [string, string];
  const display = displayNameOf(schema, name);
  return catalog.tables.has(target)
    ? `Inconsistent object: table "${display}" is not tracked`
    : `${prefix}table "${display}" does not exist`;
}

function resolveRelationship(
  kind: Relationship['kind'],
  metadata: RelationshipMetadata<ObjectRelationshipUsing> | RelationshipMetadata<ArrayRelationshipUsing>,
  table: CatalogTable,
  catalog: Catalog,
): Relationship | string {
  const base = {
    kind,
    name: metadata.name,
    insertionOrder: 'after_parent' as const,
  };
  const { manual_configuration: manual, foreign_key_constraint_on: on } = metadata.using;
  if (manual) {
    const insertionOrder =
      kind === 'array' ? 'after_parent' : (manual.insertion_order ?? ('before_parent' as const));
    return { ...base, ...fromManual(manual), insertionOrder };
  }
  if (on === undefined) return 'neither a foreign key nor a manual configuration is given';
  if (typeof on === 'string' || Array.isArray(on)) {
    const columns = typeof on === 'string' ? [on] : on;
    const key = table.foreignKeys.find((candidate) => sameColumns(candidate.columns, columns));
    if (!key) return 'no foreign constraint exists on the given column';
    const nullable = columns.some(
      (name) => table.columns.find((column) => column.name === name)?.isNullable ?? true,
    );
    return {
      ...base,
      target: catalogKey(key.refSchema, key.refTable),
      mapping: pairs(key.columns, key.refColumns),
      isNullable: nullable,
      insertionOrder: 'before_parent',
    };
  }
  const remote = on as { table: QualifiedName; column?: string; columns?: string | readonly string[] };
  const remoteColumns = [remote.columns ?? remote.column ?? []].flat();
  const target = keyOf(remote.table);
  const remoteTable = catalog.tables.get(target);
  if (!remoteTable) return { ...base, target, mapping: [], isNullable: true };
  const key = remoteTable.foreignKeys.find(
    (candidate) => refersTo(candidate, table) && sameColumns(candidate.columns, remoteColumns),
  );
  if (!key) return 'no foreign constraint exists on the given column';
  return {
    ...base,
    target,
    mapping: pairs(key.refColumns, key.columns),
    isNullable: true,
  };
}

/** A table or column that a manual relationship names and that is not there, in the reference's words. */
function danglingEnd(
  manual: ManualConfiguration | null | undefined,
  table: CatalogTable,
  catalog: Catalog,
): string | null {
  if (!manual) return null;
  const remote = catalog.tables.get(keyOf(manual.remote_table));
  if (!remote) {
    const { schema, name } = readQualifiedName(manual.remote_table);
    return `Inconsistent object: table "${displayNameOf(schema, name)}" is not tracked`;
  }
  const missing = ({ schema, name, columns }: CatalogTable, column: string): string[] =>
    columns.some((candidate) => candidate.name === column)
      ? []
      : [`Inconsistent object: table "${displayNameOf(schema, name)}" has no column named "${column}"`];
  const reasons = [
    ...Object.keys(manual.column_mapping).flatMap((column) => missing(table, column)),
    ...Object.values(manual.column_mapping).flatMap((column) => missing(remote, column)),
  ];
  return reasons.length === 0 ? null : reasons.join(', ');
}

function fromManual(manual: ManualConfiguration) {
  return {
    target: keyOf(manual.remote_table),
    mapping: Object.entries(manual.column_mapping).map(([from, to]) => ({ from, to })),
    isNullable: true,
  };
}

function refersTo(key: CatalogForeignKey, table: CatalogTable): boolean {
  return key.refSchema === table.schema && key.refTable === table.name;
}

function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((column) => right.includes(column));
}

function pairs(from: readonly string[], to: readonly string[]): ColumnPair[] {
  return from.map((column, index) => ({ from: column, to: to[index] as string }));
}
