import fc, { type GeneratorValue } from 'fast-check';
import {
  columnOperators,
  type Expression,
  type Link,
  operators,
  type RawRow,
  tableName,
  type Value,
} from './expression.ts';

/** A random database with random permissions, small enough to be known by heart. */
export interface World {
  readonly tables: readonly Table[];
  /** Roles with permissions of their own. */
  readonly roles: Readonly<Record<string, RolePermissions>>;
  /** Roles that inherit, each from roles before it. */
  readonly inherited: Readonly<Record<string, readonly string[]>>;
}

/** A table of a random world. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly links: readonly Link[];
  readonly rows: readonly RawRow[];
}

/** A column of a random world. */
export interface Column {
  readonly name: string;
  readonly type: 'int' | 'text' | 'bool';
}

/** Of each table, by its number. */
export type RolePermissions = Readonly<Record<number, Permission>>;

/** What a role may read of a table. */
export interface Permission {
  readonly columns: readonly string[];
  /** Whether it may read the computed field `label`. */
  readonly label: boolean;
  readonly filter: Expression;
  readonly limit: number | null;
  readonly aggregates: boolean;
  /** Which rows it may change, and what of the changed ones has to hold. */
  readonly update: { readonly filter: Expression; readonly check: Expression };
}

/** Where chance comes from; it can be drawn again from its seed. */
export type Draw = GeneratorValue;

/** One of the items. */
export const pick = <T>(draw: Draw, items: readonly T[]): T => draw(fc.constantFrom<T[]>, ...items) as T;
/** True in so many of a hundred cases. */
export const chance = (draw: Draw, percent: number): boolean =>
  draw(fc.integer, { min: 1, max: 100 }) <= percent;
/** A number from 0 to `max`. */
export const number = (draw: Draw, max: number): number => draw(fc.integer, { min: 0, max });
/** Each item with the same chance. */
export const some = <T>(draw: Draw, items: readonly T[], percent: number): T[] =>
  items.filter(() => chance(draw, percent));

const words = ['alpha', 'beta', 'gamma', "o'clock", ''] as const;

function drawValue(draw: Draw, { type }: Column): Value {
  if (type === 'int') return number(draw, 4);
  return type === 'text' ? pick(draw, words) : chance(draw, 50);
}

/** A random world: tables, their rows, and permissions. */
export function drawWorld(draw: Draw): World {
  const tables: Table[] = [];
  const count = 2 + number(draw, 1);
  for (let index = 0; index < count; index += 1) {
    const columns: Column[] = [
      { name: 'id', type: 'int' },
      { name: 'parent', type: 'int' },
      ...(['int', 'text', 'bool', 'int'] as const)
        .filter(() => chance(draw, 75))
        .map((type, place): Column => ({ name: `c${place}`, type })),
    ];
    const parent = index === 0 ? 0 : number(draw, index - 1);
    const rows: RawRow[] = [];
    for (let id = 1; id <= 2 + number(draw, 6); id += 1) {
      const parents = (parent === index ? rows : (tables[parent] as Table).rows).map((row) => row.id ?? null);
      const row: Record<string, Value | null> = { id, parent: pick(draw, [null, ...parents]) };
      for (const column of columns.slice(2))
        row[column.name] = chance(draw, 20) ? null : drawValue(draw, column);
      rows.push(row);
    }
    const up: Link = {
      name: 'up',
      kind: 'object',
      table: parent,
      from: 'parent',
      to: 'id',
      isComputed: false,
    };
    tables.push({ name: tableName(index), columns, links: [up], rows });
    const down = { kind: 'array', table: index, from: 'id', to: 'parent' } as const;
    const below: Link[] = [
      { ...down, name: `down${index}`, isComputed: false },
      { ...down, name: `made${index}`, isComputed: true },
    ];
    const above = tables[parent] as Table;
    tables[parent] = { ...above, links: [...above.links, ...below] };
  }
  const roles = Object.fromEntries(['r0', 'r1', 'r2'].map((role) => [role, drawPermissions(draw, tables)]));
  const inherited = { both: ['r0', 'r1'], deep: ['both', 'r2'] };
  return { tables, roles, inherited };
}

function drawPermissions(draw: Draw, tables: readonly Table[]): RolePermissions {
  const permissions: Record<number, Permission> = {};
  tables.forEach((table, index) => {
    // A role without any permission is no role at all, and nobody could inherit from it.
    const isNeeded = index === tables.length - 1 && Object.keys(permissions).length === 0;
    if (chance(draw, 15) && !isNeeded) return;
    const filter = (): Expression => drawExpression(permissionScope(draw, tables, index), index, 2);
    permissions[index] = {
      columns: ['id', ...some(draw, table.columns.slice(1), 60).map(({ name }) => name)],
      label: chance(draw, 50),
      filter: filter(),
      limit: chance(draw, 30) ? 1 + number(draw, 4) : null,
      aggregates: chance(draw, 70),
      update: { filter: filter(), check: chance(draw, 50) ? always : filter() },
    };
  });
  return permissions;
}

const always: Expression = { kind: 'and', of: [] };

/** What a filter may be made of. */
export interface ExpressionScope {
  readonly draw: Draw;
  readonly tables: readonly Table[];
  /** The columns that may be named of a table; null where it may not be named itself. */
  readonly columnsOf: (table: number) => readonly Column[] | null;
  /** Whether rows of a table may be counted. */
  readonly counts: (table: number) => boolean;
  /** The table of a permission, which may name session variables, its own row and other tables; null for clients. */
  readonly root: number | null;
}

function permissionScope(draw: Draw, tables: readonly Table[], root: number): ExpressionScope {
  return { draw, tables, columnsOf: (at) => (tables[at] as Table).columns, counts: () => true, root };
}

/** A random filter of a table's rows. */
export function drawExpression(scope: ExpressionScope, index: number, depth: number): Expression {
  const { draw, tables, columnsOf, root } = scope;
  const table = tables[index] as Table;
  const deeper = (at: number): Expression => drawExpression(scope, at, depth - 1);
  if (root !== null && chance(draw, 25)) return drawColumnComparison(scope, index, root);
  const shape = number(draw, depth > 0 ? 8 : 4);
  if (shape === 8) return { kind: 'not', of: deeper(index) };
  if (shape >= 6) {
    const of = Array.from({ length: number(draw, 2) }, () => deeper(index));
    return { kind: pick(draw, ['and', 'or'] as const), of };
  }
  const links = table.links.filter((link) => columnsOf(link.table) !== null);
  if (shape === 5 && root !== null && chance(draw, 30)) {
    const other = number(draw, tables.length - 1);
    return { kind: 'exists', table: other, where: deeper(other) };
  }
  if (shape === 5 && links.length > 0) {
    const link = pick(draw, links);
    const isCounted = link.kind === 'array' && !link.isComputed && scope.counts(link.table);
    const where = deeper(link.table);
    if (isCounted && chance(draw, 40)) return { kind: 'counted', link, where, atLeast: number(draw, 2) };
    return { kind: 'related', link, where };
  }
  const columns = columnsOf(index) ?? [];
  const column = pick(draw, columns);
  if (shape === 0) return { kind: 'null', column: column.name, isNull: chance(draw, 50) };
  if (shape === 1) {
    const values = Array.from({ length: number(draw, 3) }, () => drawValue(draw, column));
    return { kind: 'in', column: column.name, values };
  }
  if (shape === 2 && root !== null && column.type === 'int') return { kind: 'session', column: column.name };
  const operator = pick(draw, Object.keys(operators) as (keyof typeof operators)[]);
  return { kind: 'compare', column: column.name, operator, value: drawValue(draw, column) };
}

/** A column against another of its type: of the same row, or of the permission's own. */
function drawColumnComparison({ draw, tables }: ExpressionScope, index: number, root: number): Expression {
  const column = pick(draw, (tables[index] as Table).columns);
  const isOfRoot = chance(draw, 60);
  const others = (tables[isOfRoot ? root : index] as Table).columns.filter(
    ({ type }) => type === column.type,
  );
  const operator = pick(draw, Object.keys(columnOperators) as (keyof typeof columnOperators)[]);
  // A type that only the table at hand has is compared there.
  const other = others.length > 0 ? pick(draw, others).name : column.name;
  return {
    kind: 'column',
    column: column.name,
    operator,
    other,
    isOfRoot: isOfRoot && others.length > 0,
  };
}

/** What the computed field answers. */
export function labelOf({ name }: Table, row: RawRow): string {
  return `${name}-${row.parent ?? 'none'}-${row.id}`;
}
