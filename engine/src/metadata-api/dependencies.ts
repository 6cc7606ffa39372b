import type { Catalog, CatalogForeignKey, CatalogTable } from '../catalog/types.ts';
import type { BoolExp, QualifiedName } from '../metadata/types.ts';
import { isSessionVariable } from '../predicate/compare-from-metadata.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import { type Dependent, removeFrom, sourceOf } from './draft.ts';
import { namesColumn } from './event-trigger-columns.ts';
import type { MetadataDraft, TableDraft } from './types.ts';

const permissionKinds = ['insert', 'select', 'update', 'delete'] as const;
const relationshipKinds = ['object_relationships', 'array_relationships'] as const;

function displayOf(table: TableDraft): string {
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

/** What of other parts of the metadata rests on a table: all that an untracked or dropped one takes with it. */
export function tableDependents(draft: MetadataDraft, target: string, catalog: Catalog): Dependent[] {
  const source = sourceOf(draft);
  const returns = (name: QualifiedName): boolean =>
    (catalog.functions.get(keyOf(name)) ?? []).some(
      ({ returnType }) => returnType.kind === 'composite' && keyOf(returnType) === target,
    );
  const functions = (source.functions ?? [])
    .filter((entry) => returns(entry.function))
    .map((entry) => functionDependent(draft, entry.function));
  const others = source.tables.filter((table) => keyOf(table.table) !== target);
  const computed = others.flatMap((table) =>
    (table.computed_fields ?? [])
      .filter(({ definition }) => returns(definition.function))
      .map(({ name }) => computedFieldDependent(draft, table, name)),
  );
  const permissions = others.flatMap((table) =>
    permissionsThat(draft, table, ({ filter, check }) => lookInto(filter, target) || lookInto(check, target)),
  );
  return [...relationshipsTo(draft, target, catalog), ...computed, ...permissions, ...functions];
}

function functionDependent(draft: MetadataDraft, name: QualifiedName): Dependent {
  const { schema, name: bare } = readQualifiedName(name);
  const source = sourceOf(draft);
  return {
    label: `function ${displayNameOf(schema, bare)} in source "${source.name}"`,
    remove: () => {
      source.functions = (source.functions ?? []).filter((entry) => keyOf(entry.function) !== keyOf(name));
    },
  };
}

function computedFieldDependent(draft: MetadataDraft, table: TableDraft, name: string): Dependent {
  return {
    label: `computed field ${displayOf(table)}.${name} in source "${sourceOf(draft).name}"`,
    remove: () => {
      for (const permission of permissionsNaming(draft, table, name)) permission.remove();
      removeFrom(table, 'computed_fields', (entry: { name: string }) => entry.name === name);
    },
  };
}

/** Computed fields that a function makes. */
export function functionDependents(draft: MetadataDraft, key: string): Dependent[] {
  return sourceOf(draft).tables.flatMap((table) =>
    (table.computed_fields ?? [])
      .filter(({ definition }) => keyOf(definition.function) === key)
      .map(({ name }) => computedFieldDependent(draft, table, name)),
  );
}

/** Whether an expression has an `_exists` over a table, however deep. */
function lookInto(expression: unknown, target: string): boolean {
  if (Array.isArray(expression)) return expression.some((part) => lookInto(part, target));
  if (typeof expression !== 'object' || expression === null) return false;
  return Object.entries(expression).some(
    ([key, value]) =>
      (/^[_$]exists$/.test(key) && keyOf(((value ?? {}) as { _table: never })._table ?? '') === target) ||
      lookInto(value, target),
  );
}

/** Relationships over a foreign key that is no longer there; `stays` tells of the key with these columns. */
export function foreignKeyDependents(
  draft: MetadataDraft,
  before: CatalogTable,
  lost: readonly CatalogForeignKey[],
): Dependent[] {
  const isLost = (columns: readonly string[]): boolean =>
    lost.some(
      (key) => key.columns.length === columns.length && key.columns.every((name) => columns.includes(name)),
    );
  return sourceOf(draft).tables.flatMap((table) =>
    relationshipKinds.flatMap((kind) =>
      (table[kind] ?? [])
        .filter(({ using }) => {
          const on = (using as { foreign_key_constraint_on?: unknown }).foreign_key_constraint_on;
          if (on === undefined) return false;
          if (typeof on === 'string' || Array.isArray(on))
            return keyOf(table.table) === keyOf(before) && isLost([on].flat() as string[]);
          const {
            table: owner,
            column,
            columns,
          } = on as {
            table: never;
            column?: string;
            columns?: string | string[];
          };
          return keyOf(owner) === keyOf(before) && isLost([columns ?? column ?? []].flat());
        })
        .map(({ name }) => relationshipDependent(draft, table, kind, name)),
    ),
  );
}

/** Permissions that hold a column against a value of its type, or set it to one. */
export function typeDependents(draft: MetadataDraft, table: TableDraft, column: string): Dependent[] {
  return permissionsThat(draft, table, ({ filter, check, set }) => {
    const preset = (set as Record<string, unknown> | undefined)?.[column];
    return (
      (preset !== undefined && !isSessionVariable(preset)) ||
      comparesWithValue(filter, column) ||
      comparesWithValue(check, column)
    );
  });
}

function comparesWithValue(expression: unknown, column: string): boolean {
  return Object.entries((expression ?? {}) as Record<string, unknown>).some(([key, value]) => {
    if (/^[_$](and|or|not)$/.test(key)) return [value].flat().some((part) => comparesWithValue(part, column));
    if (key !== column) return false;
    if (typeof value !== 'object' || value === null) return !isSessionVariable(value);
    return Object.entries(value).some(
      ([operator, operand]) => !/^[_$](is_null|c\w+)$/.test(operator) && !isSessionVariable(operand),
    );
  });
}

/** Taking a relationship out takes out the permissions that filter through it. */
function relationshipDependent(
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

function permissionsThat(
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
