import { type Catalog, type CatalogTable, catalogKey } from '../catalog/types.ts';
import type {
  Metadata,
  PermissionEntry,
  RootFieldName,
  SourceMetadata,
  TableConfiguration,
  TableMetadata,
} from '../metadata/types.ts';
import { buildComputedField, buildFunction } from './build-functions.ts';
import { buildRelationships, fieldConflict } from './build-relationships.ts';
import { checkActions } from './check-actions.ts';
import { checkCustomTypes } from './check-custom-types.ts';
import { columnFieldName, findMisnamedColumns } from './column-names.ts';
import { describe } from './describe.ts';
import { isGraphQLName } from './graphql-name.ts';
import { findExplicitRoles, readInheritedRoles } from './inherited-roles.ts';
import {
  customName,
  type NamePart,
  type Naming,
  type NamingConvention,
  readNaming,
  rootFieldNameOf,
  wordsOf,
} from './naming.ts';
import { displayNameOf, keyOf, readQualifiedName } from './qualified-name.ts';
import type {
  Column,
  ComputedField,
  EnumTables,
  Inconsistency,
  NamedRoot,
  RootFieldNames,
  Source,
  TablePermissions,
  TrackedFunction,
  TrackedTable,
} from './types.ts';

/** A source with what had to be left out of it. */
export interface BuiltSource {
  readonly source: Source;
  readonly inconsistencies: readonly Inconsistency[];
}

/** Joins metadata to the catalog. What does not fit is reported and left out, never guessed. */
export function buildSource(
  metadata: Metadata,
  catalog: Catalog,
  enums: EnumTables,
  standardNaming: NamingConvention | null,
  scalars: ReadonlySet<string>,
  badTransforms: ReadonlyMap<unknown, string> = new Map(),
): BuiltSource {
  const inconsistencies: Inconsistency[] = [];
  const sourceMetadata = metadata.sources[0];
  const naming = readNaming(sourceMetadata?.customization, standardNaming);
  const tables = new Map<string, TrackedTable>();
  const trackedKeys = new Set(
    (sourceMetadata?.tables ?? [])
      .filter((table) => isServable(table, catalog, enums, naming))
      .map((table) => keyOf(table.table)),
  );
  for (const entry of sourceMetadata?.tables ?? []) {
    const key = keyOf(entry.table);
    const catalogTable = catalog.tables.get(key);
    if (!catalogTable) {
      const { schema, name } = readQualifiedName(entry.table);
      inconsistencies.push({
        type: 'table',
        name: `table ${displayNameOf(schema, name)} in source ${sourceMetadata?.name}`,
        reason: `Inconsistent object: no such table/view exists in source: "${displayNameOf(schema, name)}"`,
        definition: { schema, name },
      });
      continue;
    }
    const misnamed =
      findMisnamedColumns(entry.configuration, catalogTable, naming) ?? unspeakable(entry, catalogTable);
    if (misnamed !== null) {
      inconsistencies.push({
        type: 'table',
        name: `table ${displayNameOf(catalogTable.schema, catalogTable.name)} in source ${sourceMetadata?.name}`,
        reason: `Inconsistent object: ${misnamed}`,
        definition: { schema: catalogTable.schema, name: catalogTable.name },
      });
    }
    if (!trackedKeys.has(key)) continue;
    const built = buildRelationships(entry, catalogTable, catalog, trackedKeys);
    inconsistencies.push(...built.inconsistencies);
    const computedFields = buildComputedFields(
      entry,
      catalogTable,
      catalog,
      sourceMetadata?.name ?? 'default',
      inconsistencies,
    );
    tables.set(
      key,
      buildTable(key, entry, catalogTable, built.relationships, computedFields, enums, naming, catalog),
    );
  }
  const functions = buildFunctions(sourceMetadata, catalog, new Set(tables.keys()), naming, inconsistencies);
  const inherited = readInheritedRoles(metadata);
  inconsistencies.push(...inherited.inconsistencies);
  const { inheritedRoles } = inherited;
  const badTypes = checkCustomTypes(metadata.custom_types ?? {}, {
    sourceName: sourceMetadata?.name ?? 'default',
    tables,
    scalars,
  });
  if (badTypes) inconsistencies.push(badTypes);
  const customTypes = badTypes ? {} : (metadata.custom_types ?? {});
  const checked = checkActions(metadata.actions ?? [], { customTypes, scalars, tables, badTransforms });
  inconsistencies.push(...checked.inconsistencies);
  const source: Source = {
    name: sourceMetadata?.name ?? 'default',
    tables,
    functions,
    enums,
    roles: new Set([...findExplicitRoles(metadata), ...inheritedRoles.keys()]),
    inheritedRoles,
    naming,
    actions: checked.actions,
    customTypes,
  };
  return { source, inconsistencies };
}

/** Whether a table can be served: it is there, its fields have names of their own, and an enum has its values. */
function isServable(table: TableMetadata, catalog: Catalog, enums: EnumTables, naming: Naming): boolean {
  const key = keyOf(table.table);
  const known = catalog.tables.get(key);
  return (
    known !== undefined &&
    (!table.is_enum || enums.has(key)) &&
    findMisnamedColumns(table.configuration, known, naming) === null &&
    unspeakable(table, known) === null
  );
}

/** Why a table has no name in the schema, in the reference's words; null when it has one. */
export function unspeakable({ configuration }: TableMetadata, { schema, name }: CatalogTable): string | null {
  if (isGraphQLName(configuration?.custom_name ?? typeNameOf(schema, name))) return null;
  return `cannot include "${displayNameOf(schema, name)}" in the GraphQL schema because it is not a valid GraphQL identifier`;
}

function typeNameOf(schema: string, name: string): string {
  return schema === 'public' ? name : `${schema}_${name}`;
}

function buildFunctions(
  sourceMetadata: SourceMetadata | undefined,
  catalog: Catalog,
  tracked: ReadonlySet<string>,
  naming: Naming,
  inconsistencies: Inconsistency[],
): TrackedFunction[] {
  return (sourceMetadata?.functions ?? []).flatMap((metadata) => {
    const built = buildFunction(metadata, catalog, tracked, naming);
    if (typeof built !== 'string') return [built];
    const { schema, name } = readQualifiedName(metadata.function);
    const display = displayNameOf(schema, name);
    inconsistencies.push({
      type: 'function',
      name: `function ${display} in source ${sourceMetadata?.name}`,
      reason: `Inconsistent object: ${built}`,
      definition: { schema, name },
    });
    return [];
  });
}

function buildComputedFields(
  entry: TableMetadata,
  table: CatalogTable,
  catalog: Catalog,
  sourceName: string,
  inconsistencies: Inconsistency[],
): ComputedField[] {
  return (entry.computed_fields ?? []).flatMap((metadata) => {
    const built = buildComputedField(metadata, table, catalog);
    const conflict = fieldConflict(entry.configuration, table, metadata.name);
    if (conflict === null && typeof built !== 'string') return [built];
    const display = displayNameOf(table.schema, table.name);
    inconsistencies.push({
      type: 'computed_field',
      name: `computed_field ${metadata.name} in table ${display} in source ${sourceName}`,
      reason:
        conflict ??
        `Inconsistent object: in table "${display}": in computed field "${metadata.name}": ${built}`,
      definition: {
        name: metadata.name,
        source: sourceName,
        table: { schema: table.schema, name: table.name },
        definition: {
          ...metadata.definition,
          function: readQualifiedName(metadata.definition.function),
        },
        comment: metadata.comment ?? null,
      },
    });
    return [];
  });
}

function buildTable(
  key: string,
  entry: TableMetadata,
  catalogTable: CatalogTable,
  relationships: TrackedTable['relationships'],
  computedFields: TrackedTable['computedFields'],
  enums: EnumTables,
  naming: Naming,
  catalog: Catalog,
): TrackedTable {
  const { schema, name } = catalogTable;
  const typeName = entry.configuration?.custom_name ?? typeNameOf(schema, name);
  const displayName = displayNameOf(schema, name);
  const nameParts = entry.configuration?.custom_name ? customName(typeName) : wordsOf(typeName);
  const columns = buildColumns(catalogTable, entry.configuration, enums, naming, catalog);
  return {
    key,
    catalog: catalogTable,
    typeName,
    nameParts,
    displayName,
    description: describe(
      entry.configuration?.comment,
      catalogTable.comment ?? `columns and relationships of "${displayName}"`,
    ),
    columns,
    columnByName: new Map(columns.map((column) => [column.name, column])),
    relationships,
    computedFields,
    rootFields: buildRootFields(nameParts, entry.configuration, naming),
    permissions: collectPermissions(entry),
  };
}

function buildColumns(
  catalogTable: CatalogTable,
  configuration: TableConfiguration | undefined,
  enums: EnumTables,
  naming: Naming,
  catalog: Catalog,
): Column[] {
  const columns: Column[] = [];
  for (const column of catalogTable.columns) {
    const config = configuration?.column_config?.[column.name];
    const fieldName = columnFieldName(configuration, column.name, naming);
    // A name that GraphQL cannot spell stays out of the schema, as in the reference.
    if (!isGraphQLName(fieldName)) continue;
    columns.push({
      name: column.name,
      fieldName,
      type: column.type,
      isNullable: column.isNullable,
      isGenerated: column.isGenerated,
      hasDefault: column.hasDefault,
      comment: describe(config?.comment, column.comment),
      enumTable: enumTableOf(catalogTable, column.name, enums, catalog),
      choices: column.choices,
    });
  }
  return columns;
}

/** The enum table that a column refers to by a foreign key of its own; another unique column holds no enum values. */
function enumTableOf(
  table: CatalogTable,
  column: string,
  enums: EnumTables,
  catalog: Catalog,
): string | null {
  for (const key of table.foreignKeys) {
    const target = catalogKey(key.refSchema, key.refTable);
    if (key.columns.length !== 1 || key.columns[0] !== column || !enums.has(target)) continue;
    if (catalog.tables.get(target)?.primaryKey?.columns[0] === key.refColumns[0]) return target;
  }
  return null;
}

function namedRoot(
  custom: RootFieldName | undefined,
  standard: readonly NamePart[],
  naming: Naming,
): NamedRoot {
  const name = typeof custom === 'string' ? custom : custom?.name;
  return {
    name: rootFieldNameOf(naming, name === undefined || name === null ? standard : customName(name)),
    comment:
      typeof custom === 'object' && typeof custom?.comment === 'string'
        ? describe(custom.comment, null)
        : undefined,
  };
}

function buildRootFields(
  table: readonly NamePart[],
  configuration: TableConfiguration | undefined,
  naming: Naming,
): RootFieldNames {
  const custom = configuration?.custom_root_fields ?? {};
  const root = (kind: keyof RootFieldNames, before: string, after: string): NamedRoot => {
    const words = (text: string): NamePart[] => (text === '' ? [] : wordsOf(text));
    return namedRoot(custom[kind], [...words(before), ...table, ...words(after)], naming);
  };
  return {
    select: root('select', '', ''),
    select_by_pk: root('select_by_pk', '', 'by_pk'),
    select_aggregate: root('select_aggregate', '', 'aggregate'),
    select_stream: root('select_stream', '', 'stream'),
    insert: root('insert', 'insert', ''),
    insert_one: root('insert_one', 'insert', 'one'),
    update: root('update', 'update', ''),
    update_by_pk: root('update_by_pk', 'update', 'by_pk'),
    update_many: root('update_many', 'update', 'many'),
    delete: root('delete', 'delete', ''),
    delete_by_pk: root('delete_by_pk', 'delete', 'by_pk'),
  };
}

type MutablePermissions = { -readonly [Kind in keyof TablePermissions]: TablePermissions[Kind] };

function collectPermissions(entry: TableMetadata): Map<string, TablePermissions> {
  const byRole = new Map<string, MutablePermissions>();
  const add = <Kind extends keyof TablePermissions>(
    kind: Kind,
    entries: readonly PermissionEntry<NonNullable<TablePermissions[Kind]>>[] | undefined,
  ): void => {
    for (const { role, permission } of entries ?? []) {
      const known = byRole.get(role) ?? {};
      known[kind] = permission as MutablePermissions[Kind];
      byRole.set(role, known);
    }
  };
  add('select', entry.select_permissions);
  add('insert', entry.insert_permissions);
  add('update', entry.update_permissions);
  add('delete', entry.delete_permissions);
  return byRole;
}

/** The source's connection as metadata names it. */
export function databaseUrlOf(
  source: SourceMetadata,
): SourceMetadata['configuration']['connection_info']['database_url'] {
  return source.configuration.connection_info.database_url;
}
