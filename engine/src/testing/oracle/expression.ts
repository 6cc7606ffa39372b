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
  | { readonly kind: 'related'; readonly link: Link; readonly where: Expression };

/** What each comparison means for values that are both there. */
export const operators = {
  _eq: (left: Value, right: Value) => left === right,
  _neq: (left: Value, right: Value) => left !== right,
  _gt: (left: Value, right: Value) => left > right,
  _lte: (left: Value, right: Value) => left <= right,
} as const;
/** The comparisons that are tried. */
export type Operator = keyof typeof operators;

/** A relationship: rows of `table` whose `to` equals the `from` of the row at hand. */
export interface Link {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly table: number;
  readonly from: string;
  readonly to: string;
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

/** What a filter says of a row, by SQL's three-valued logic. */
export function evaluate(expression: Expression, row: SeenRow, view: View, session: number): Truth {
  const cell = (column: string): Value | null => row.cells[column] ?? null;
  switch (expression.kind) {
    case 'and':
      return all(expression.of.map((part) => evaluate(part, row, view, session)));
    case 'or':
      return not(all(expression.of.map((part) => not(evaluate(part, row, view, session)))));
    case 'not':
      return not(evaluate(expression.of, row, view, session));
    case 'null':
      return (cell(expression.column) === null) === expression.isNull;
    case 'in': {
      const left = cell(expression.column);
      if (expression.values.length === 0) return false;
      return left === null ? null : expression.values.includes(left);
    }
    case 'session':
      return compare('_eq', cell(expression.column), session);
    case 'compare':
      return compare(expression.operator, cell(expression.column), expression.value);
    case 'related':
      return follow(expression.link, row, view).some(
        (other) => evaluate(expression.where, other, view, session) === true,
      );
  }
}

function compare(operator: Operator, left: Value | null, right: Value): Truth {
  return left === null ? null : operators[operator](left, right);
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
  }
}
