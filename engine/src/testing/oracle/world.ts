import fc, { type GeneratorValue } from 'fast-check';
import { type Expression, type Link, operators, type RawRow, toBoolExp, type Value } from './expression.ts';

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
    const up: Link = { name: 'up', kind: 'object', table: parent, from: 'parent', to: 'id' };
    tables.push({ name: `t${index}`, columns, links: [up], rows });
    const down: Link = { name: `down${index}`, kind: 'array', table: index, from: 'id', to: 'parent' };
    const above = tables[parent] as Table;
    tables[parent] = { ...above, links: [...above.links, down] };
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
    permissions[index] = {
      columns: ['id', ...some(draw, table.columns.slice(1), 60).map(({ name }) => name)],
      label: chance(draw, 50),
      filter: drawExpression(draw, tables, index, 2, (at) => (tables[at] as Table).columns, true),
      limit: chance(draw, 30) ? 1 + number(draw, 4) : null,
      aggregates: chance(draw, 70),
    };
  });
  return permissions;
}

/** A filter of a table's rows over the columns and tables that `columnsOf` offers; null offers none. */
export function drawExpression(
  draw: Draw,
  tables: readonly Table[],
  index: number,
  depth: number,
  columnsOf: (table: number) => readonly Column[] | null,
  hasSession: boolean,
): Expression {
  const table = tables[index] as Table;
  const deeper = (at: number): Expression =>
    drawExpression(draw, tables, at, depth - 1, columnsOf, hasSession);
  const shape = number(draw, depth > 0 ? 8 : 4);
  if (shape === 8) return { kind: 'not', of: deeper(index) };
  if (shape >= 6) {
    const of = Array.from({ length: number(draw, 2) }, () => deeper(index));
    return { kind: pick(draw, ['and', 'or'] as const), of };
  }
  const links = table.links.filter((link) => columnsOf(link.table) !== null);
  if (shape === 5 && links.length > 0) {
    const link = pick(draw, links);
    return { kind: 'related', link, where: deeper(link.table) };
  }
  const columns = columnsOf(index) ?? [];
  const column = pick(draw, columns);
  if (shape === 0) return { kind: 'null', column: column.name, isNull: chance(draw, 50) };
  if (shape === 1) {
    const values = Array.from({ length: number(draw, 3) }, () => drawValue(draw, column));
    return { kind: 'in', column: column.name, values };
  }
  if (shape === 2 && hasSession && column.type === 'int') return { kind: 'session', column: column.name };
  const operator = pick(draw, Object.keys(operators) as (keyof typeof operators)[]);
  return { kind: 'compare', column: column.name, operator, value: drawValue(draw, column) };
}

/** The world as statements. */
export function toSql(world: World): string {
  const types = { int: 'int', text: 'text collate "C"', bool: 'boolean' } as const;
  return world.tables
    .map(({ name, columns, links, rows }) => {
      const parent = world.tables[links[0]?.table ?? 0]?.name;
      const list = columns.slice(2).map((column) => `, ${column.name} ${types[column.type]}`);
      const values = rows.map((row) => `(${columns.map((column) => literal(row[column.name])).join(', ')})`);
      return `create table ${name} (id int primary key, parent int references ${parent}${list.join('')});
        insert into ${name} values ${values.join(', ')};
        create function ${name}_label(r ${name}) returns text language sql stable
          as $$ select '${name}-' || coalesce(r.parent::text, 'none') || '-' || r.id $$;`;
    })
    .join('\n');
}

function literal(value: Value | null | undefined): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** What the computed field answers. */
export function labelOf({ name }: Table, row: RawRow): string {
  return `${name}-${row.parent ?? 'none'}-${row.id}`;
}

/** The world as metadata. */
export function toMetadata(world: World): Record<string, unknown> {
  const tables = world.tables.map((table, index) => ({
    table: { schema: 'public', name: table.name },
    computed_fields: [
      { name: 'label', definition: { function: { schema: 'public', name: `${table.name}_label` } } },
    ],
    object_relationships: [{ name: 'up', using: { foreign_key_constraint_on: 'parent' } }],
    array_relationships: table.links
      .filter(({ kind }) => kind === 'array')
      .map((link) => ({
        name: link.name,
        using: {
          foreign_key_constraint_on: {
            table: { schema: 'public', name: world.tables[link.table]?.name },
            column: 'parent',
          },
        },
      })),
    select_permissions: Object.entries(world.roles).flatMap(([role, permissions]) => {
      const permission = permissions[index];
      if (!permission) return [];
      const { columns, label, filter, limit, aggregates } = permission;
      return {
        role,
        permission: {
          columns,
          computed_fields: label ? ['label'] : [],
          filter: toBoolExp(filter),
          ...(limit === null ? {} : { limit }),
          allow_aggregations: aggregates,
        },
      };
    }),
  }));
  return {
    version: 3,
    sources: [
      {
        name: 'default',
        kind: 'postgres',
        tables,
        configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
      },
    ],
    inherited_roles: Object.entries(world.inherited).map(([role_name, role_set]) => ({
      role_name,
      role_set,
    })),
  };
}
