import type { Catalog, CatalogFunction, CatalogTable } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import type { QualifiedName } from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import { partsThatNeed, readParts, tableDependents } from './dependencies.ts';
import { type Dependent, dropDependents, sourceOf } from './draft.ts';
import { followRenames } from './follow-renames.ts';
import type { Need } from './needs.ts';
import type { OperationContext, TableDraft } from './types.ts';

/**
 * Makes metadata follow what a script did to the database, in the reference's order: functions that became
 * ambiguous are refused, what rested on something dropped goes (but only with `cascade`), then functions,
 * columns and tables that changed are looked at, and new names taken over.
 */
export function followCatalog(context: OperationContext, after: Catalog, cascade: boolean): void {
  refuseOverloads(context, after);
  dropDependents(lostDependents(context, after), cascade);
  followFunctions(context, after);
  for (const table of sourceOf(context.draft).tables) followTable(context, table, after);
  followRenames(context.draft, context.catalog, after);
  dropLostTables(context, after);
}

function refuseOverloads({ draft, catalog }: OperationContext, after: Catalog): void {
  const overloaded = (sourceOf(draft).functions ?? [])
    .map((entry) => entry.function)
    .filter((name) => isOverloaded(name, catalog, after));
  if (overloaded.length === 0) return;
  const list = overloaded.map((name) => `"${displayOf(name)}"`).join(', ');
  throw notSupported(`the following tracked function(s) cannot be overloaded: ${list}`);
}

/** Whether there is more than one function of a name, where there was one. */
function isOverloaded(name: QualifiedName, before: Catalog, after: Catalog): boolean {
  const count = (catalog: Catalog): number => catalog.functions.get(keyOf(name))?.length ?? 0;
  return count(before) === 1 && count(after) > 1;
}

/** What metadata still says of tables, columns, foreign keys and functions that are gone. */
function lostDependents({ draft, catalog }: OperationContext, after: Catalog): readonly Dependent[] {
  const parts = readParts(draft, catalog);
  const byOid = tablesByOid(after);
  const lostTables = sourceOf(draft).tables.flatMap(({ table }) => {
    const before = catalog.tables.get(keyOf(table));
    return before && !byOid.has(before.oid) && !after.tables.has(keyOf(table)) ? [keyOf(table)] : [];
  });
  const lost = new Set([
    ...lostTables.flatMap((table) => tableDependents(parts, table)),
    ...sourceOf(draft).tables.flatMap(({ table }) => {
      const before = catalog.tables.get(keyOf(table));
      const now = before && (byOid.get(before.oid) ?? after.tables.get(keyOf(table)));
      return before && now ? partsThatNeed(parts, losesAnyOf(before, now)) : [];
    }),
    ...partsThatNeed(parts, (need) => need.kind === 'function' && isGone(need.function, catalog, after)),
  ]);
  return [...lost].filter(({ owner }) => owner === null || !lostTables.includes(owner));
}

/** Whether a need is for a column or foreign key that one reading of a table has and the next has not. */
function losesAnyOf(before: CatalogTable, now: CatalogTable): (need: Need) => boolean {
  const table = keyOf(before);
  const columns = before.columns
    .filter(({ position }) => !now.columns.some((other) => other.position === position))
    .map(({ name }) => name);
  const keys = before.foreignKeys
    .filter(
      (key) =>
        !now.foreignKeys.some(
          (other) => other.name === key.name || other.columns.join() === key.columns.join(),
        ),
    )
    .map(({ name }) => name);
  return (need) =>
    (need.kind === 'column' && need.table === table && columns.includes(need.name)) ||
    (need.kind === 'foreign key' && need.table === table && keys.includes(need.name));
}

/** Whether a function is there neither under its name nor under another. */
function isGone(key: string, before: Catalog, after: Catalog): boolean {
  const known = before.functions.get(key) ?? [];
  return known.length > 0 && !after.functions.has(key) && known.every((fn) => !successorOf(fn, after));
}

/** The same function as it is now, whatever its name. */
function successorOf({ oid }: CatalogFunction, after: Catalog): CatalogFunction | undefined {
  for (const overloads of after.functions.values()) {
    const found = overloads.find((fn) => fn.oid === oid);
    if (found) return found;
  }
  return undefined;
}

/** Tracked functions that are gone go; one that starts to change data would move to another root. */
function followFunctions({ draft, catalog }: OperationContext, after: Catalog): void {
  const source = sourceOf(draft);
  if (!source.functions) return;
  source.functions = source.functions.filter((entry) => !isGone(keyOf(entry.function), catalog, after));
  for (const entry of source.functions) {
    if (becomesVolatile(entry.function, catalog, after)) {
      throw notSupported(
        `type of function "${displayOf(entry.function)}" is altered to "VOLATILE" which is not supported now`,
      );
    }
  }
}

function becomesVolatile(name: QualifiedName, before: Catalog, after: Catalog): boolean {
  const [old] = before.functions.get(keyOf(name)) ?? [];
  const now = old && (successorOf(old, after) ?? after.functions.get(keyOf(name))?.[0]);
  return old !== undefined && old.volatility !== 'volatile' && now?.volatility === 'volatile';
}

function followTable(context: OperationContext, table: TableDraft, after: Catalog): void {
  const before = context.catalog.tables.get(keyOf(table.table));
  const now = before && tablesByOid(after).get(before.oid);
  if (!before || !now) return;
  refuseChangedFunctions(context, table, after);
  forgetLostColumns(table, before, now);
  for (const column of before.columns) {
    const other = now.columns.find(({ position }) => position === column.position);
    if (!other) continue;
    if (other.name !== column.name) refuseTakenName(table, column.name, other.name);
    else if (keyOf(other.type) !== keyOf(column.type)) refuseTypeChange(context, table, column.name);
  }
}

/** A computed field's function has to stay the one and only of its name, and harmless. */
function refuseChangedFunctions({ catalog }: OperationContext, table: TableDraft, after: Catalog): void {
  const fields = table.computed_fields ?? [];
  const owner = `of table "${displayOf(table.table)}"`;
  for (const { name, definition } of fields) {
    if (isOverloaded(definition.function, catalog, after)) {
      // The reference leaves out the space.
      throw notSupported(
        `The function "${displayOf(definition.function)}" associated with computed field"${name}" ${owner} is being overloaded`,
      );
    }
  }
  for (const { name, definition } of fields) {
    const [old] = catalog.functions.get(keyOf(definition.function)) ?? [];
    const now = old && successorOf(old, after);
    const called = `"${displayOf(definition.function)}" associated with computed field "${name}" ${owner}`;
    if (becomesVolatile(definition.function, catalog, after))
      throw notSupported(`The type of function ${called} is being altered to "VOLATILE"`);
    if (now && keyOf(now) !== keyOf(definition.function))
      throw notSupported(`The function ${called} is being renamed`);
  }
}

/** A custom name outlives its column no longer. */
function forgetLostColumns(table: TableDraft, before: CatalogTable, now: CatalogTable): void {
  const { custom_column_names: names, column_config: config } = table.configuration ?? {};
  for (const { name, position } of before.columns) {
    if (now.columns.some((column) => column.position === position)) continue;
    for (const map of [names, config] as (Record<string, unknown> | undefined)[]) delete map?.[name];
  }
}

function refuseTakenName(table: TableDraft, from: string, to: string): void {
  const relationships = [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])];
  if (!relationships.some(({ name }) => name === to)) return;
  throw new EngineError(
    'already-exists',
    `cannot rename column "${from}" to "${to}" in table "${displayOf(table.table)}" as a relationship with the name already exists`,
    { path: '$.args' },
  );
}

/** A column's type stays while permissions hold it against values of that type. */
function refuseTypeChange({ draft, catalog }: OperationContext, table: TableDraft, name: string): void {
  const owner = keyOf(table.table);
  const dependents = partsThatNeed(
    readParts(draft, catalog),
    (need) => need.kind === 'column' && need.isTyped && need.table === owner && need.name === name,
  );
  if (dependents.length === 0) return;
  const list = dependents.map(({ label }) => label).join(', ');
  throw new EngineError(
    'dependency-error',
    `cannot change type of column "${name}" in table "${displayOf(table.table)}" because of the following dependencies : ${list}`,
    { path: '$.args' },
  );
}

function dropLostTables({ draft, catalog }: OperationContext, after: Catalog): void {
  const source = sourceOf(draft);
  source.tables = source.tables.filter(
    ({ table }) => !catalog.tables.has(keyOf(table)) || after.tables.has(keyOf(table)),
  );
}

function tablesByOid(catalog: Catalog): ReadonlyMap<number, CatalogTable> {
  return new Map([...catalog.tables.values()].map((table) => [table.oid, table]));
}

function displayOf(name: QualifiedName): string {
  const full = readQualifiedName(name);
  return displayNameOf(full.schema, full.name);
}

function notSupported(message: string): EngineError {
  return new EngineError('not-supported', message, { path: '$.args' });
}
