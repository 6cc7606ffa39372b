import type { Catalog, CatalogTable } from '../catalog/types.ts';
import type { BoolExp } from '../metadata/types.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import { type Dependent, removeFrom, sourceOf } from './draft.ts';
import { namesColumn } from './event-trigger-columns.ts';
import type { MetadataDraft, TableDraft } from './types.ts';

const permissionKinds = ['insert', 'select', 'update', 'delete'] as const;
export const relationshipKinds = ['object_relationships', 'array_relationships'] as const;

export function displayOf(table: TableDraft): string {
  const name =
    typeof table.table === 'string'
      ? { schema: 'public', name: table.table }
      : { schema: 'public', ...table.table };
  return displayNameOf(name.schema, name.name);
}

/** The table at the other end of a relationship, as far as metadata and foreign keys tell. */
export function relationshipTarget(table: TableDraft, using: unknown, catalog: Catalog): string | undefined {
  const { manual_configuration: manual, foreign_key_constraint_on: on } = using as {
    manual_configuration?: { remote_table: never };
    foreign_key_constraint_on?: string | string[] | { table: never };
  };
  if (manual) return keyOf(manual.remote_table);
  if (on !== undefined && typeof on === 'object' && !Array.isArray(on)) return keyOf(on.table);
  const columns = typeof on === 'string' ? [on] : (on ?? []);
  const key = catalog.tables
    .get(keyOf(table.table))
    ?.foreignKeys.find((candidate) => columns.every((name) => candidate.columns.includes(name)));
  return key ? keyOf({ schema: key.refSchema, name: key.refTable }) : undefined;
}

/** Relationships of other tables that lead to a table. */
export function relationshipsTo(draft: MetadataDraft, target: string, catalog: Catalog): Dependent[] {
  const source = sourceOf(draft);
  return source.tables.flatMap((table) =>
    keyOf(table.table) === target
      ? []
      : relationshipKinds.flatMap((kind) =>
          (table[kind] ?? [])
            .filter(({ using }) => relationshipTarget(table, using, catalog) === target)
            .map(({ name }) => relationshipDependent(draft, table, kind, name)),
        ),
  );
}

/** Taking a relationship out takes out the permissions that filter through it. */
export function relationshipDependent(
  draft: MetadataDraft,
  table: TableDraft,
  kind: (typeof relationshipKinds)[number],
  name: string,
): Dependent {
  return {
    label: `relationship ${displayOf(table)}.${name} in source "${sourceOf(draft).name}"`,
    remove: () => {
      for (const permission of permissionsNaming(draft, table, name)) permission.remove();
      removeFrom(table, kind, (entry: { name: string }) => entry.name === name);
    },
  };
}

/** Permissions of a table whose filters, columns or computed fields name something of it. */
export function permissionsNaming(draft: MetadataDraft, table: TableDraft, name: string): Dependent[] {
  return permissionsThat(draft, table, (permission) => mentions(permission, name));
}

export function permissionsThat(
  draft: MetadataDraft,
  table: TableDraft,
  fits: (permission: Record<string, unknown>) => boolean,
): Dependent[] {
  return permissionKinds.flatMap((kind) =>
    (table[`${kind}_permissions`] ?? [])
      .filter(({ permission }) => fits(permission as Record<string, unknown>))
      .map(({ role }) => ({
        label: `permission ${displayOf(table)}.${role}.${kind} in source "${sourceOf(draft).name}"`,
        remove: () =>
          removeFrom(table, `${kind}_permissions`, (entry: { role: string }) => entry.role === role),
      })),
  );
}

function mentions(permission: Record<string, unknown>, name: string): boolean {
  const { columns, computed_fields: computed, filter, check, set } = permission;
  const lists = [columns, computed].filter(Array.isArray) as unknown[][];
  return (
    lists.some((list) => list.includes(name)) ||
    (typeof set === 'object' && set !== null && name in set) ||
    [filter, check].some((expression) => {
      const names = expressionNames(expression as BoolExp | undefined);
      return names.has(name) || names.has(`${name}_aggregate`);
    })
  );
}

/** Every key of a boolean expression at the level of its own table. */
function expressionNames(expression: BoolExp | undefined | null, names = new Set<string>()): Set<string> {
  for (const [key, value] of Object.entries(expression ?? {})) {
    if (/^[_$](and|or)$/.test(key))
      for (const item of [value].flat()) expressionNames(item as BoolExp, names);
    else if (/^[_$]not$/.test(key)) expressionNames(value as BoolExp, names);
    else names.add(key);
  }
  return names;
}

/** What of the metadata rests on a column. */
export function columnDependents(
  draft: MetadataDraft,
  table: TableDraft,
  catalogTable: CatalogTable,
  column: string,
): Dependent[] {
  const relationships = relationshipKinds.flatMap((kind) =>
    (table[kind] ?? [])
      .filter(({ using }) => usesColumn(using, column))
      .map(({ name }) => relationshipDependent(draft, table, kind, name)),
  );
  const remote = sourceOf(draft).tables.flatMap((other) =>
    (other.array_relationships ?? [])
      .filter(({ using }) => usesRemoteColumn(using, catalogTable, column))
      .map(({ name }) => relationshipDependent(draft, other, 'array_relationships', name)),
  );
  const triggers = (table.event_triggers ?? [])
    .filter((trigger) => namesColumn(trigger, column))
    .map(({ name }) => ({
      label: `event-trigger ${displayOf(table)}.${name} in source "${sourceOf(draft).name}"`,
      remove: () => removeFrom(table, 'event_triggers', (entry: { name: string }) => entry.name === name),
    }));
  return [...relationships, ...remote, ...permissionsNaming(draft, table, column), ...triggers];
}

function usesColumn(using: unknown, column: string): boolean {
  const { foreign_key_constraint_on: on, manual_configuration: manual } = using as {
    foreign_key_constraint_on?: unknown;
    manual_configuration?: { column_mapping: Record<string, string> };
  };
  return (
    on === column ||
    (Array.isArray(on) && on.includes(column)) ||
    (manual !== undefined && column in manual.column_mapping)
  );
}

function usesRemoteColumn(using: unknown, table: CatalogTable, column: string): boolean {
  const { foreign_key_constraint_on: on } = using as {
    foreign_key_constraint_on?: { table: never; column?: string; columns?: string[] };
  };
  if (typeof on !== 'object' || on === null || keyOf(on.table) !== keyOf(table)) return false;
  return on.column === column || (on.columns ?? []).includes(column);
}
