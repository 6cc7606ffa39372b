/** Filters as data, with what they mean: for permissions over the rows as they are, for clients over what a role sees. */

export type Value = number | string | boolean;
/** SQL's three values; null is unknown. */
export type Truth = boolean | null;

/** A boolean expression as a client or a permission writes it. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'compare'; readonly column: string; readonly operator: Operator; readonly value: Value }
  /** Equal to the session variable `x-hasura-number`; in permissions alone. */
  | { readonly kind: 'session'; readonly column: string }
  | { readonly kind: 'null'; readonly column: string; readonly isNull: boolean }
  | { readonly kind: 'in'; readonly column: string; readonly values: readonly Value[] }
  | { readonly kind: 'related'; readonly link: Link; readonly where: Expression }
  /** At least so many rows at the other end fit. */
  | { readonly kind: 'counted'; readonly link: Link; readonly where: Expression; readonly atLeast: number }
  /** Against a column of the row at hand, or of the row that the permission is asked about; in permissions alone. */
  | {
      readonly kind: 'column';
      readonly column: string;
      readonly operator: ColumnOperator;
      readonly other: string;
      readonly isOfRoot: boolean;
    }
  /** Some row of a table fits, whatever the row at hand; in permissions alone. */
  | { readonly kind: 'exists'; readonly table: number; readonly where: Expression };

/** What each comparison means for values that are both there. */
export const operators = {
  _eq: (left: Value, right: Value) => left === right,
  _neq: (left: Value, right: Value) => left !== right,
  _gt: (left: Value, right: Value) => left > right,
  _lte: (left: Value, right: Value) => left <= right,
} as const;
/** The comparisons that are tried. */
export type Operator = keyof typeof operators;

/** What each comparison of columns means for values that are both there. */
export const columnOperators = {
  _ceq: (left: Value, right: Value) => left === right,
  _cneq: (left: Value, right: Value) => left !== right,
  _cgt: (left: Value, right: Value) => left > right,
  _cgte: (left: Value, right: Value) => left >= right,
  _clt: (left: Value, right: Value) => left < right,
  _clte: (left: Value, right: Value) => left <= right,
} as const;
/** The comparisons of columns that are tried. */
export type ColumnOperator = keyof typeof columnOperators;

/** The name of a table by its number. */
export const tableName = (table: number): string => `t${table}`;

/** A relationship: rows of `table` whose `to` equals the `from` of the row at hand. */
export interface Link {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly table: number;
  readonly from: string;
  readonly to: string;
  /** The rows come out of a computed field. */
  readonly isComputed: boolean;
}

/** A row as it is stored. */
export type RawRow = Readonly<Record<string, Value | null>>;

/** A row as somebody sees it. Relationships go by the row itself, values by what is shown. */
export interface SeenRow {
  readonly raw: RawRow;
  readonly cells: RawRow;
}

/** The rows that somebody sees of each table. */
export type View = (table: number) => readonly SeenRow[];

/** Rows at the other end of a relationship. */
export function follow(link: Link, row: SeenRow, view: View): readonly SeenRow[] {
  const from = row.raw[link.from] ?? null;
  return from === null ? [] : view(link.table).filter((other) => other.raw[link.to] === from);
}

/** What a filter says of a row, by SQL's three-valued logic; `root` is the row it was first asked about. */
export function evaluate(
  expression: Expression,
  row: SeenRow,
  view: View,
  session: number,
  root: SeenRow = row,
): Truth {
  const inner = (part: Expression, other: SeenRow): Truth => evaluate(part, other, view, session, root);
  const cell = (column: string): Value | null => row.cells[column] ?? null;
  switch (expression.kind) {
    case 'and':
      return all(expression.of.map((part) => inner(part, row)));
    case 'or':
      return not(all(expression.of.map((part) => not(inner(part, row)))));
    case 'not':
      return not(inner(expression.of, row));
    case 'null':
      return (cell(expression.column) === null) === expression.isNull;
    case 'in': {
      const left = cell(expression.column);
      if (expression.values.length === 0) return false;
      return left === null ? null : expression.values.includes(left);
    }
    case 'session':
      return compare(operators._eq, cell(expression.column), session);
    case 'compare':
      return compare(operators[expression.operator], cell(expression.column), expression.value);
    case 'column': {
      const of = expression.isOfRoot ? root : row;
      const other = of.cells[expression.other] ?? null;
      return compare(columnOperators[expression.operator], cell(expression.column), other);
    }
    case 'related':
      return follow(expression.link, row, view).some((other) => inner(expression.where, other) === true);
    case 'counted': {
      const fitting = follow(expression.link, row, view).filter(
        (other) => inner(expression.where, other) === true,
      );
      return fitting.length >= expression.atLeast;
    }
    case 'exists':
      return view(expression.table).some((other) => inner(expression.where, other) === true);
  }
}

function compare(
  holds: (left: Value, right: Value) => boolean,
  left: Value | null,
  right: Value | null,
): Truth {
  return left === null || right === null ? null : holds(left, right);
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth);
const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;

/** The same as Hasura writes it, in metadata and in GraphQL alike. */
export function toBoolExp(expression: Expression): Record<string, unknown> {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { [`_${expression.kind}`]: expression.of.map(toBoolExp) };
    case 'not':
      return { _not: toBoolExp(expression.of) };
    case 'null':
      return { [expression.column]: { _is_null: expression.isNull } };
    case 'in':
      return { [expression.column]: { _in: expression.values } };
    case 'session':
      return { [expression.column]: { _eq: 'X-Hasura-Number' } };
    case 'compare':
      return { [expression.column]: { [expression.operator]: expression.value } };
    case 'related':
      return { [expression.link.name]: toBoolExp(expression.where) };
    case 'counted': {
      const count = { predicate: { _gte: expression.atLeast }, filter: toBoolExp(expression.where) };
      return { [`${expression.link.name}_aggregate`]: { count } };
    }
    case 'column': {
      const other = expression.isOfRoot ? ['$', expression.other] : expression.other;
      return { [expression.column]: { [expression.operator]: other } };
    }
    case 'exists':
      return {
        _exists: {
          _table: { schema: 'public', name: tableName(expression.table) },
          _where: toBoolExp(expression.where),
        },
      };
  }
}
