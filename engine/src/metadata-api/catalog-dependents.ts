import type { Catalog, CatalogForeignKey, CatalogTable } from '../catalog/types.ts';
import type { QualifiedName } from '../metadata/types.ts';
import { isSessionVariable } from '../predicate/compare-from-metadata.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import {
  displayOf,
  permissionsNaming,
  permissionsThat,
  relationshipDependent,
  relationshipKinds,
  relationshipsTo,
} from './dependencies.ts';
import { type Dependent, removeFrom, sourceOf } from './draft.ts';
import type { MetadataDraft, TableDraft } from './types.ts';

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

/** Relationships over foreign keys of a table that are no longer there. */
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
