import { evaluate, follow, type Link, type SeenRow, toBoolExp, type Value } from './expression.ts';
import { type RoleView, rowsOf, type TableView } from './role-view.ts';
import {
  chance,
  type Draw,
  drawExpression,
  type ExpressionScope,
  number,
  pick,
  some,
  type Table,
  type World,
} from './world.ts';

/** A piece of a query with what it has to answer. */
export interface Asked<From> {
  readonly text: string;
  readonly answer: (from: From) => unknown;
}

/** Who asks, and of what world. */
export interface Scope {
  readonly draw: Draw;
  readonly world: World;
  readonly view: RoleView;
  readonly session: number;
}

/** A query over everything that the role's schema offers; undefined when that is nothing. */
export function drawQuery(scope: Scope): Asked<undefined> | undefined {
  const { draw, world, view } = scope;
  const seen = world.tables.map((_table, index) => index).filter((index) => view(index));
  if (seen.length === 0) return undefined;
  const index = pick(draw, seen);
  const target = view(index) as TableView;
  const name = (world.tables[index] as Table).name;
  const all = (): readonly SeenRow[] => target.rows;
  const isAggregate = target.aggregates && chance(draw, 40);
  const root = isAggregate ? drawAggregate(scope, index, 2) : drawList(scope, index, 2);
  const field = isAggregate ? `${name}_aggregate` : name;
  return { text: `{ root: ${field}${root.text} }`, answer: () => ({ root: root.answer(all()) }) };
}

interface Range {
  readonly text: string;
  /** Filtered and ordered. */
  readonly rows: (rows: readonly SeenRow[]) => readonly SeenRow[];
  /** Cut as the client asked, the role's limit aside. */
  readonly cut: (rows: readonly SeenRow[], most: number | null) => readonly SeenRow[];
}

/** What a client's filters may be made of. */
export function clientScope({ draw, world, view }: Scope): ExpressionScope {
  const columnsOf = (table: number) => {
    const target = view(table);
    if (!target) return null;
    const label = { name: 'label', type: 'text' } as const;
    return target.hasLabel ? [...target.columns, label] : target.columns;
  };
  const counts = (table: number) => view(table)?.aggregates ?? false;
  return { draw, tables: world.tables, columnsOf, counts, root: null };
}

function drawRange(scope: Scope, index: number): Range {
  const { draw, view, session } = scope;
  const where = drawExpression(clientScope(scope), index, 2);
  const order = drawOrder(scope, index);
  const limit = chance(draw, 40) ? number(draw, 5) : null;
  const offset = chance(draw, 30) ? number(draw, 2) : 0;
  // Rows that differ in one visible value: the first of each in the order asked for.
  const distinct = order.first !== null && chance(draw, 25) ? order.first : null;
  const parts = [
    `where: ${toGraphQL(toBoolExp(where))}`,
    `order_by: [${order.text}]`,
    ...(limit === null ? [] : [`limit: ${limit}`]),
    ...(offset === 0 ? [] : [`offset: ${offset}`]),
    ...(distinct === null ? [] : [`distinct_on: [${distinct}]`]),
  ];
  const inView = rowsOf(view);
  return {
    text: `(${parts.join(', ')})`,
    rows: (rows) => {
      const fitting = rows
        .filter((row) => evaluate(where, row, inView, session) === true)
        .sort(order.compare);
      if (distinct === null) return fitting;
      return fitting.filter(
        (row, place) => fitting.findIndex((other) => other.cells[distinct] === row.cells[distinct]) === place,
      );
    },
    cut: (rows, most) => {
      const counts = [limit, most].flatMap((count) => count ?? []);
      return rows.slice(offset, counts.length === 0 ? undefined : offset + Math.min(...counts));
    },
  };
}

interface Order {
  readonly text: string;
  /** The column that leads, when it is one of the table itself. */
  readonly first: string | null;
  readonly compare: (left: SeenRow, right: SeenRow) => number;
}

function drawOrder({ draw, world, view }: Scope, index: number): Order {
  const table = world.tables[index] as Table;
  const up = table.links.find(({ kind }) => kind === 'object') as Link;
  const own = (view(index) as TableView).columns.filter(({ name }) => name !== 'id');
  const above = view(up.table)?.columns ?? [];
  const keys = [
    ...some(draw, own, 40).map(({ name }) => ({ name, isAbove: false })),
    ...some(draw, above, 15).map(({ name }) => ({ name, isAbove: true })),
  ].map((key) => ({ ...key, direction: pick(draw, directions) }));
  const read = (row: SeenRow, name: string, isAbove: boolean): Value | null =>
    (isAbove ? follow(up, row, rowsOf(view))[0]?.cells[name] : row.cells[name]) ?? null;
  const texts = keys.map(({ name, isAbove, direction }) =>
    isAbove ? `{up: {${name}: ${direction}}}` : `{${name}: ${direction}}`,
  );
  const [leading] = keys;
  return {
    text: [...texts, '{id: asc}'].join(', '),
    first: leading && !leading.isAbove ? leading.name : null,
    compare: (left, right) => {
      for (const { name, isAbove, direction } of keys) {
        const order = compareValues(read(left, name, isAbove), read(right, name, isAbove), direction);
        if (order !== 0) return order;
      }
      return compareValues(left.cells.id ?? null, right.cells.id ?? null, 'asc');
    },
  };
}

const directions = ['asc', 'desc', 'asc_nulls_first', 'desc_nulls_last'] as const;

function compareValues(
  left: Value | null,
  right: Value | null,
  direction: (typeof directions)[number],
): number {
  if (left === right) return 0;
  const nullsFirst = direction === 'desc' || direction === 'asc_nulls_first';
  if (left === null) return nullsFirst ? -1 : 1;
  if (right === null) return nullsFirst ? 1 : -1;
  return left < right === direction.startsWith('asc') ? -1 : 1;
}

function drawList(scope: Scope, index: number, depth: number): Asked<readonly SeenRow[]> {
  const range = drawRange(scope, index);
  const selection = drawSelection(scope, index, depth);
  const { limit } = scope.view(index) as TableView;
  return {
    text: `${range.text} { ${selection.text} }`,
    answer: (rows) => range.cut(range.rows(rows), limit).map(selection.answer),
  };
}

function drawSelection(scope: Scope, index: number, depth: number): Asked<SeenRow> {
  const { draw, view, world } = scope;
  const target = view(index) as TableView;
  const names = ['id', ...some(draw, target.columns.slice(1), 60).map(({ name }) => name)];
  if (target.hasLabel && chance(draw, 50)) names.push('label');
  const parts: { readonly key: string; readonly asked: Asked<SeenRow> }[] = names.map((name) => ({
    key: name,
    asked: { text: '', answer: (row) => row.cells[name] ?? null },
  }));
  const links = depth > 0 ? (world.tables[index] as Table).links : [];
  for (const link of links) {
    const other = view(link.table);
    if (!other || !chance(draw, 50)) continue;
    parts.push({ key: link.name, asked: drawRelated(scope, link, depth) });
    if (link.kind === 'object' || link.isComputed || !other.aggregates || !chance(draw, 50)) continue;
    const aggregate = drawAggregate(scope, link.table, depth - 1);
    const answer = (row: SeenRow): unknown => aggregate.answer(follow(link, row, rowsOf(view)));
    parts.push({ key: `${link.name}_aggregate`, asked: { text: aggregate.text, answer } });
  }
  return {
    text: parts.map(({ key, asked }) => `${key}${asked.text}`).join(' '),
    answer: (row) => Object.fromEntries(parts.map(({ key, asked }) => [key, asked.answer(row)])),
  };
}

function drawRelated(scope: Scope, link: Link, depth: number): Asked<SeenRow> {
  const inView = rowsOf(scope.view);
  if (link.kind === 'array') {
    const list = drawList(scope, link.table, depth - 1);
    return { text: list.text, answer: (row) => list.answer(follow(link, row, inView)) };
  }
  const selection = drawSelection(scope, link.table, depth - 1);
  return {
    text: ` { ${selection.text} }`,
    answer: (row) => {
      const [above] = follow(link, row, inView);
      return above ? selection.answer(above) : null;
    },
  };
}

function drawAggregate(scope: Scope, index: number, depth: number): Asked<readonly SeenRow[]> {
  const { draw, view } = scope;
  const target = view(index) as TableView;
  const range = drawRange(scope, index);
  const nodes = drawSelection(scope, index, depth - 1);
  const column = pick(draw, target.columns).name;
  const isDistinct = chance(draw, 50);
  const compared = target.columns.filter(({ type }) => type !== 'bool').map(({ name }) => name);
  const summed = target.columns.filter(({ type }) => type === 'int').map(({ name }) => name);
  const each = (names: readonly string[], of: (values: Value[]) => unknown, rows: readonly SeenRow[]) =>
    Object.fromEntries(names.map((name) => [name, of(valuesOf(rows, name))]));
  return {
    text: `${range.text} {
      aggregate {
        count
        some: count(columns: [${column}], distinct: ${isDistinct})
        max { ${compared.join(' ')} }
        min { ${compared.join(' ')} }
        sum { ${summed.join(' ')} }
      }
      nodes { ${nodes.text} }
    }`,
    answer: (rows) => {
      const ordered = range.rows(rows);
      const counted = range.cut(ordered, null);
      const values = valuesOf(counted, column);
      return {
        aggregate: {
          count: counted.length,
          some: isDistinct ? new Set(values).size : values.length,
          max: each(compared, (found) => extreme(found, (left, right) => left > right), counted),
          min: each(compared, (found) => extreme(found, (left, right) => left < right), counted),
          sum: each(summed, total, counted),
        },
        nodes: range.cut(ordered, target.limit).map(nodes.answer),
      };
    },
  };
}

function valuesOf(rows: readonly SeenRow[], column: string): Value[] {
  return rows.flatMap((row) => row.cells[column] ?? []);
}

function extreme(values: readonly Value[], wins: (left: Value, right: Value) => boolean): Value | null {
  return values.reduce<Value | null>(
    (best, value) => (best === null || wins(value, best) ? value : best),
    null,
  );
}

function total(values: readonly Value[]): number | null {
  return values.length === 0 ? null : values.reduce<number>((sum, value) => sum + Number(value), 0);
}

/** JSON as GraphQL writes it: keys without quotes. */
export function toGraphQL(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toGraphQL).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}: ${toGraphQL(part)}`)
    .join(', ')}}`;
}
