import type { Catalog, CatalogTable } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { isJsonObject } from '../json/json-values.ts';
import type { QualifiedName } from '../metadata/types.ts';
import { unspeakable } from '../source/build-source.ts';
import { keyOf } from '../source/qualified-name.ts';
import { sourceOf } from './draft.ts';
import { renameInTriggers } from './event-trigger-columns.ts';
import { relationshipTarget } from './needs.ts';
import type { MetadataDraft, TableDraft } from './types.ts';

/** Makes metadata follow tables and columns that kept their identity and changed their name. */
export function followRenames(draft: MetadataDraft, before: Catalog, after: Catalog): void {
  const nowByOid = new Map([...after.tables.values()].map((table) => [table.oid, table]));
  const source = sourceOf(draft);
  for (const old of before.tables.values()) {
    const now = nowByOid.get(old.oid);
    const entry = source.tables.find((table) => keyOf(table.table) === keyOf(old));
    if (!now || !entry) continue;
    for (const column of old.columns) {
      const renamed = now.columns.find((candidate) => candidate.position === column.position);
      if (renamed && renamed.name !== column.name)
        renameColumn(draft, before, entry, old, column.name, renamed.name);
    }
    if (keyOf(now) !== keyOf(old)) renameTable(draft, entry, old, now);
  }
}

function renameTable(draft: MetadataDraft, entry: TableDraft, old: CatalogTable, now: CatalogTable): void {
  const name = { schema: now.schema, name: now.name };
  // A table that never had a name in the schema loses none; it stays inconsistent.
  const problem = unspeakable(entry, old) === null ? unspeakable(entry, now) : null;
  if (problem !== null) throw new EngineError('validation-failed', problem, { path: '$.args' });
  entry.table = name;
  for (const table of sourceOf(draft).tables) {
    for (const { using } of [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])]) {
      const { foreign_key_constraint_on: on, manual_configuration: manual } = using as {
        foreign_key_constraint_on?: unknown;
        manual_configuration?: { remote_table: unknown };
      };
      if (isRemote(on) && keyOf(on.table as never) === keyOf(old)) on.table = name;
      if (manual && keyOf(manual.remote_table as never) === keyOf(old)) manual.remote_table = name;
    }
    for (const permission of permissionsOf(table)) renameInExistsTables(permission, keyOf(old), name);
  }
}

function permissionsOf(table: TableDraft): Record<string, unknown>[] {
  return (['select', 'insert', 'update', 'delete'] as const).flatMap((kind) =>
    (table[`${kind}_permissions`] ?? []).map(({ permission }) => permission as Record<string, unknown>),
  );
}

/** Makes every `_exists: {_table}` inside follow the table's new name. */
function renameInExistsTables(value: unknown, old: string, name: QualifiedName): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (/^[_$]exists$/.test(key) && isPlainObject(part) && keyOf((part._table ?? '') as never) === old)
      part._table = name;
    renameInExistsTables(part, old, name);
  }
}

interface RemoteKey {
  table: unknown;
  column?: string;
  columns?: string[];
}

function isRemote(on: unknown): on is RemoteKey {
  return typeof on === 'object' && on !== null && !Array.isArray(on);
}

function renameColumn(
  draft: MetadataDraft,
  catalog: Catalog,
  entry: TableDraft,
  table: CatalogTable,
  from: string,
  to: string,
): void {
  renameInConfiguration(entry, from, to);
  renameInTriggers(entry, from, to);
  renameInFilters(draft, catalog, { key: keyOf(table), from, to });
  for (const relationship of entry.object_relationships ?? []) {
    const using = relationship.using as { foreign_key_constraint_on?: unknown };
    if (using.foreign_key_constraint_on === from) using.foreign_key_constraint_on = to;
    else if (Array.isArray(using.foreign_key_constraint_on)) {
      using.foreign_key_constraint_on = using.foreign_key_constraint_on.map((name) =>
        name === from ? to : name,
      );
    }
  }
  for (const other of sourceOf(draft).tables) {
    for (const { using } of [...(other.object_relationships ?? []), ...(other.array_relationships ?? [])]) {
      const { foreign_key_constraint_on: on, manual_configuration: manual } = using as {
        foreign_key_constraint_on?: unknown;
        manual_configuration?: { remote_table: never; column_mapping: Record<string, string> };
      };
      if (manual) {
        const isRemoteEnd = keyOf(manual.remote_table) === keyOf(table);
        const follow = (name: string, isEnd: boolean): string => (isEnd && name === from ? to : name);
        manual.column_mapping = Object.fromEntries(
          Object.entries(manual.column_mapping).map(([own, remote]) => [
            follow(own, other === entry),
            follow(remote, isRemoteEnd),
          ]),
        );
      }
      if (!isRemote(on) || keyOf(on.table as never) !== keyOf(table)) continue;
      if (on.column === from) on.column = to;
      if (on.columns) on.columns = on.columns.map((name) => (name === from ? to : name));
    }
  }
}

/** Makes every permission follow the new name of a column or relationship of one table. */
export function renameInFilters(draft: MetadataDraft, catalog: Catalog, renamed: RenamedColumn): void {
  for (const table of sourceOf(draft).tables) {
    for (const permission of permissionsOf(table)) {
      renameInPermission({ draft, catalog }, table, permission, renamed);
    }
  }
}

function renameInConfiguration(entry: TableDraft, from: string, to: string): void {
  const { custom_column_names: names, column_config: config } = entry.configuration ?? {};
  for (const map of [names, config] as (Record<string, unknown> | undefined)[]) {
    if (!map || !Object.hasOwn(map, from)) continue;
    map[to] = map[from];
    delete map[from];
  }
}

interface RenamedColumn {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

interface Surroundings {
  readonly draft: MetadataDraft;
  readonly catalog: Catalog;
}

function renameInPermission(
  surroundings: Surroundings,
  table: TableDraft,
  permission: Record<string, unknown>,
  renamed: RenamedColumn,
): void {
  const { from, to } = renamed;
  if (keyOf(table.table) === renamed.key) {
    if (Array.isArray(permission.columns))
      permission.columns = permission.columns.map((name) => (name === from ? to : name));
    if (isPlainObject(permission.set) && Object.hasOwn(permission.set, from)) {
      const { [from]: value, ...others } = permission.set;
      permission.set = { ...others, [to]: value };
    }
  }
  for (const part of ['filter', 'check'] as const) {
    if (permission[part] !== undefined)
      permission[part] = renameKeys(surroundings, table, permission[part], renamed);
  }
}

/** Renames a column's key wherever a filter speaks of its table, relationships followed. */
function renameKeys(
  surroundings: Surroundings,
  table: TableDraft,
  expression: unknown,
  renamed: RenamedColumn,
): unknown {
  if (!isPlainObject(expression)) return expression;
  const same = (part: unknown): unknown => renameKeys(surroundings, table, part, renamed);
  return Object.fromEntries(
    Object.entries(expression).map(([key, value]) => {
      if (/^[_$](and|or)$/.test(key) && Array.isArray(value)) return [key, value.map(same)];
      if (/^[_$]not$/.test(key)) return [key, same(value)];
      if (/^[_$]exists$/.test(key)) return [key, renameInExists(surroundings, value, renamed)];
      const isOwn = keyOf(table.table) === renamed.key;
      const name = isOwn && key === renamed.from ? renamed.to : key;
      const target = targetOf(surroundings, table, key);
      if (target) return [name, renameKeys(surroundings, target, value, renamed)];
      const aggregate = '_aggregate';
      const relationship = key.endsWith(aggregate) ? key.slice(0, -aggregate.length) : '';
      const aggregated = targetOf(surroundings, table, relationship);
      if (!aggregated) return [name, value];
      return [
        isOwn && relationship === renamed.from ? `${renamed.to}${aggregate}` : key,
        renameInAggregates(surroundings, aggregated, value, renamed),
      ];
    }),
  );
}

/** Renames inside `_exists: {_table, _where}`, whose `_where` speaks of another table. */
function renameInExists(surroundings: Surroundings, exists: unknown, renamed: RenamedColumn): unknown {
  if (!isPlainObject(exists)) return exists;
  const tables = sourceOf(surroundings.draft).tables;
  const table = tables.find((entry) => keyOf(entry.table) === keyOf(exists._table as never));
  return table ? { ...exists, _where: renameKeys(surroundings, table, exists._where, renamed) } : exists;
}

/** Renames a column where `{count: {arguments, filter, …}}` speaks of it. */
function renameInAggregates(
  surroundings: Surroundings,
  table: TableDraft,
  aggregates: unknown,
  renamed: RenamedColumn,
): unknown {
  if (!isPlainObject(aggregates)) return aggregates;
  const isRenamed = keyOf(table.table) === renamed.key;
  const rename = (name: unknown): unknown => (isRenamed && name === renamed.from ? renamed.to : name);
  const renameArguments = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(rename);
    if (!isPlainObject(given)) return rename(given);
    return Object.fromEntries(Object.entries(given).map(([key, name]) => [key, rename(name)]));
  };
  return Object.fromEntries(
    Object.entries(aggregates).map(([name, aggregate]) => {
      if (!isPlainObject(aggregate)) return [name, aggregate];
      const { arguments: given, filter, ...others } = aggregate;
      return [
        name,
        {
          ...others,
          ...(given === undefined ? {} : { arguments: renameArguments(given) }),
          ...(filter === undefined ? {} : { filter: renameKeys(surroundings, table, filter, renamed) }),
        },
      ];
    }),
  );
}

/** The table that a relationship of this name leads to. */
function targetOf({ draft, catalog }: Surroundings, table: TableDraft, name: string): TableDraft | undefined {
  const relationship = [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])].find(
    (entry) => entry.name === name,
  );
  const key = relationship && relationshipTarget(table, relationship.using, catalog);
  return key === undefined ? undefined : sourceOf(draft).tables.find((entry) => keyOf(entry.table) === key);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value);
}
