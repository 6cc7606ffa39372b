import type { Catalog } from '../catalog/types.ts';
import { isSessionVariable } from '../predicate/compare-from-metadata.ts';
import { keyOf } from '../source/qualified-name.ts';
import { isObject } from './arguments.ts';
import { sourceOf } from './draft.ts';
import { columnNeed, type Need, relationshipTarget } from './needs.ts';
import type { MetadataDraft, TableDraft } from './types.ts';

interface Surroundings {
  readonly draft: MetadataDraft;
  readonly catalog: Catalog;
  /** Where `['$', column]` points to. */
  readonly root: string;
}

/** What a permission names: columns (`*` and an insert without a list are all of them), fields, tables. */
export function permissionNeeds(
  draft: MetadataDraft,
  catalog: Catalog,
  table: TableDraft,
  kind: 'insert' | 'select' | 'update' | 'delete',
  permission: Record<string, unknown>,
): Need[] {
  const root = keyOf(table.table);
  const {
    columns = kind === 'insert' ? '*' : [],
    computed_fields: computed,
    set,
    filter,
    check,
  } = permission;
  const all = catalog.tables.get(root)?.columns.map(({ name }) => name) ?? [];
  const listed = (Array.isArray(columns) ? columns : columns === '*' ? all : []) as string[];
  const presets = isObject(set) ? Object.entries(set) : [];
  const surroundings = { draft, catalog, root };
  return [
    ...listed.map((name) => columnNeed(root, name)),
    ...(Array.isArray(computed) ? computed : []).map(
      (name): Need => ({ kind: 'field', table: root, name: String(name) }),
    ),
    ...presets.map(
      ([name, value]): Need => ({ kind: 'column', table: root, name, isTyped: !isSessionVariable(value) }),
    ),
    ...expressionNeeds(surroundings, table, filter),
    ...expressionNeeds(surroundings, table, check),
  ];
}

/** What a boolean expression over a table names, relationships followed. */
function expressionNeeds(surroundings: Surroundings, table: TableDraft, expression: unknown): Need[] {
  if (!isObject(expression)) return [];
  const own = keyOf(table.table);
  return Object.entries(expression).flatMap(([key, value]): Need[] => {
    if (/^[_$](and|or|not)$/.test(key))
      return [value].flat().flatMap((part) => expressionNeeds(surroundings, table, part));
    if (/^[_$]exists$/.test(key)) return existsNeeds(surroundings, value);
    if (isColumn(surroundings, own, key)) return columnNeeds(surroundings, own, key, value);
    const aggregate = '_aggregate';
    const name = key.endsWith(aggregate) && !hasField(table, key) ? key.slice(0, -aggregate.length) : key;
    const field: Need = { kind: 'field', table: own, name };
    const target = findTarget(surroundings, table, name);
    if (!target) return [field];
    const inner = name === key ? [value] : aggregateFilters(value);
    return [field, ...inner.flatMap((part) => expressionNeeds(surroundings, target, part))];
  });
}

function isColumn({ catalog }: Surroundings, table: string, name: string): boolean {
  return catalog.tables.get(table)?.columns.some((column) => column.name === name) ?? false;
}

function hasField(table: TableDraft, name: string): boolean {
  return (table.computed_fields ?? []).some((field) => field.name === name);
}

function existsNeeds(surroundings: Surroundings, exists: unknown): Need[] {
  if (!isObject(exists) || exists._table === undefined) return [];
  const key = keyOf(exists._table as never);
  const table = sourceOf(surroundings.draft).tables.find((entry) => keyOf(entry.table) === key);
  const inner = table ? expressionNeeds(surroundings, table, exists._where) : [];
  return [{ kind: 'table', table: key }, ...inner];
}

/** A column, held against values, session variables or other columns. */
function columnNeeds({ root }: Surroundings, table: string, name: string, value: unknown): Need[] {
  const operators = isObject(value) ? Object.entries(value) : [['_eq', value] as const];
  const isComparison = (operator: string): boolean => /^[_$]c(eq|ne|neq|gt|lt|gte|lte)$/.test(operator);
  const isTyped = operators.some(
    ([operator, operand]) =>
      !isComparison(operator) && !/^[_$]is_null$/.test(operator) && !isSessionVariable(operand),
  );
  const others = operators
    .filter(([operator]) => isComparison(operator))
    .map(([, operand]) => {
      const fromRoot = Array.isArray(operand) && operand[0] === '$';
      return columnNeed(fromRoot ? root : table, String([operand].flat().at(-1)));
    });
  return [{ kind: 'column', table, name, isTyped }, ...others];
}

function aggregateFilters(aggregates: unknown): unknown[] {
  if (!isObject(aggregates)) return [];
  return Object.values(aggregates).flatMap((aggregate) => (isObject(aggregate) ? [aggregate.filter] : []));
}

function findTarget(
  { draft, catalog }: Surroundings,
  table: TableDraft,
  name: string,
): TableDraft | undefined {
  const relationship = [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])].find(
    (entry) => entry.name === name,
  );
  const key = relationship && relationshipTarget(table, relationship.using, catalog);
  return key === undefined ? undefined : sourceOf(draft).tables.find((entry) => keyOf(entry.table) === key);
}
