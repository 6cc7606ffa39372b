import { evaluate, type RawRow, type SeenRow, type Value, type View } from './expression.ts';
import { type Column, labelOf, type Table, type World } from './world.ts';

/** What a role sees of a table, computed the plain way: role by role, row by row, cell by cell. */
export interface TableView {
  readonly rows: readonly SeenRow[];
  /** The columns that its schema holds. */
  readonly columns: readonly Column[];
  readonly hasLabel: boolean;
  readonly limit: number | null;
  readonly aggregates: boolean;
}

/** By table; undefined where the role sees nothing of it. */
export type RoleView = (table: number) => TableView | undefined;

interface Access {
  readonly columns: ReadonlySet<string>;
  readonly limit: number | null;
  readonly aggregates: boolean;
  showsRow(row: RawRow): boolean;
  showsCell(row: RawRow, column: string): boolean;
}

/** The world as a role sees it. */
export function viewOf(world: World, role: string, session: number): RoleView {
  const views = world.tables.map((table, index) => {
    const access = accessOf(world, role, index, session);
    return access && viewTable(table, access);
  });
  return (table) => views[table];
}

/** The rows of a view, for filters. */
export function rowsOf(view: RoleView): View {
  return (table) => view(table)?.rows ?? [];
}

function viewTable(table: Table, access: Access): TableView {
  const rows = table.rows
    .filter((row) => access.showsRow(row))
    .map((raw): SeenRow => {
      const cells: Record<string, Value | null> = {};
      for (const { name } of table.columns)
        cells[name] = access.showsCell(raw, name) ? (raw[name] ?? null) : null;
      cells.label = access.showsCell(raw, 'label') ? labelOf(table, raw) : null;
      return { raw, cells };
    });
  return {
    rows,
    columns: table.columns.filter(({ name }) => access.columns.has(name)),
    hasLabel: access.columns.has('label'),
    limit: access.limit,
    aggregates: access.aggregates,
  };
}

function accessOf(world: World, role: string, index: number, session: number): Access | undefined {
  const parents = world.inherited[role];
  if (!parents) return ownAccess(world, role, index, session);
  const accesses = parents.flatMap((parent) => accessOf(world, parent, index, session) ?? []);
  if (accesses.length === 0) return undefined;
  const limits = accesses.flatMap(({ limit }) => limit ?? []);
  return {
    columns: new Set(accesses.flatMap(({ columns }) => [...columns])),
    limit: limits.length === 0 ? null : Math.max(...limits),
    aggregates: accesses.some(({ aggregates }) => aggregates),
    showsRow: (row) => accesses.some((access) => access.showsRow(row)),
    showsCell: (row, column) => accesses.some((access) => access.showsCell(row, column)),
  };
}

function ownAccess(world: World, role: string, index: number, session: number): Access | undefined {
  const permission = world.roles[role]?.[index];
  if (!permission) return undefined;
  const everything: View = (table) =>
    (world.tables[table] as Table).rows.map((row) => ({ raw: row, cells: row }));
  const columns = new Set([...permission.columns, ...(permission.label ? ['label'] : [])]);
  const showsRow = (row: RawRow): boolean =>
    evaluate(permission.filter, { raw: row, cells: row }, everything, session) === true;
  return {
    columns,
    limit: permission.limit,
    aggregates: permission.aggregates,
    showsRow,
    showsCell: (row, column) => columns.has(column) && showsRow(row),
  };
}
