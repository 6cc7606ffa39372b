import type { Catalog } from '../catalog/types.ts';
import type { QualifiedName } from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import { type Dependent, removeFrom, sourceOf } from './draft.ts';
import { columnsOf } from './event-trigger-columns.ts';
import { columnNeed, type Need, relationshipNeeds } from './needs.ts';
import { permissionNeeds } from './permission-needs.ts';
import type { MetadataDraft, TableDraft } from './types.ts';

const permissionKinds = ['insert', 'select', 'update', 'delete'] as const;
const relationshipKinds = ['object_relationships', 'array_relationships'] as const;

/** A part of the metadata with all that it needs; tables and functions by their catalog keys. */
export interface NeedingPart extends Dependent {
  /** The table it belongs to; null for a function. */
  readonly owner: string | null;
  readonly needs: readonly Need[];
}

/** The metadata's parts that may rest on others, with what the reference records that they rest on. */
export function readParts(draft: MetadataDraft, catalog: Catalog): NeedingPart[] {
  const source = sourceOf(draft);
  const functions = (source.functions ?? []).map(
    (entry): NeedingPart => ({
      label: `function ${displayOf(entry.function)} in source "${source.name}"`,
      owner: null,
      needs: returnedTables(entry.function, catalog),
      remove: () => {
        source.functions = (source.functions ?? []).filter((other) => other !== entry);
      },
    }),
  );
  return [...source.tables.flatMap((table) => partsOfTable(draft, table, catalog)), ...functions];
}

/** The parts of which a need fits. */
export function partsThatNeed(
  parts: readonly NeedingPart[],
  fits: (need: Need) => boolean,
): readonly NeedingPart[] {
  return parts.filter(({ needs }) => needs.some(fits));
}

/** What rests on a table or anything in it, and belongs to another one. */
export function tableDependents(parts: readonly NeedingPart[], table: string): readonly NeedingPart[] {
  return partsThatNeed(parts, (need) => need.kind !== 'function' && need.table === table).filter(
    ({ owner }) => owner !== table,
  );
}

/** What rests on a relationship or a computed field. */
export function fieldDependents(
  parts: readonly NeedingPart[],
  table: string,
  name: string,
): readonly NeedingPart[] {
  return partsThatNeed(parts, (need) => need.kind === 'field' && need.table === table && need.name === name);
}

function partsOfTable(draft: MetadataDraft, table: TableDraft, catalog: Catalog): NeedingPart[] {
  const owner = keyOf(table.table);
  const part = (
    label: string,
    name: string,
    needs: readonly Need[],
    list: keyof TableDraft,
  ): NeedingPart => ({
    label: `${label} ${displayOf(table.table)}.${name} in source "${sourceOf(draft).name}"`,
    owner,
    needs,
    remove: () => {
      // What filters through a field goes with it.
      const filters =
        list === 'event_triggers' ? [] : fieldDependents(readParts(draft, catalog), owner, name);
      removeFrom(table, list, (entry: { name: string }) => entry.name === name);
      for (const dependent of filters) dependent.remove();
    },
  });
  return [
    ...relationshipKinds.flatMap((kind) =>
      (table[kind] ?? []).map(({ name, using }) =>
        part('relationship', name, relationshipNeeds(owner, using, catalog), kind),
      ),
    ),
    ...(table.computed_fields ?? []).map(({ name, definition }) => {
      const needs = [
        { kind: 'function' as const, function: keyOf(definition.function) },
        ...returnedTables(definition.function, catalog),
      ];
      return part('computed field', name, needs, 'computed_fields');
    }),
    ...permissionKinds.flatMap((kind) =>
      (table[`${kind}_permissions`] ?? []).map(
        ({ role, permission }): NeedingPart => ({
          label: `permission ${displayOf(table.table)}.${role}.${kind} in source "${sourceOf(draft).name}"`,
          owner,
          needs: permissionNeeds(draft, catalog, table, kind, permission as Record<string, unknown>),
          remove: () =>
            removeFrom(table, `${kind}_permissions`, (entry: { role: string }) => entry.role === role),
        }),
      ),
    ),
    ...(table.event_triggers ?? []).map((trigger) => {
      const needs = columnsOf(trigger).map((name) => columnNeed(owner, name));
      return part('event-trigger', trigger.name, needs, 'event_triggers');
    }),
  ];
}

function displayOf(name: QualifiedName): string {
  const full = readQualifiedName(name);
  return displayNameOf(full.schema, full.name);
}

/** The table whose rows a function returns. */
function returnedTables(name: QualifiedName, catalog: Catalog): Need[] {
  return (catalog.functions.get(keyOf(name)) ?? []).flatMap(({ returnType }) =>
    returnType.kind === 'composite' && catalog.tables.has(keyOf(returnType))
      ? [{ kind: 'table' as const, table: keyOf(returnType) }]
      : [],
  );
}
