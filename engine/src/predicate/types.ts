/**
 * Filters as data: the same tree serves a client's `where` and a role's permission.
 * Columns are those of the row at hand ("self"); those marked `root` are of the row that the nearest `rooted` around
 * them is applied to. A filter is thereby whole: wherever it is put, within whatever other filter, `$` stays its own.
 */

/** Where a parameter's value comes from when the statement runs. */
export type ParameterSource =
  | { readonly kind: 'literal'; readonly text: string | null }
  | { readonly kind: 'variable'; readonly path: readonly (string | number)[]; readonly encode: Encoder }
  | { readonly kind: 'session'; readonly name: string }
  | { readonly kind: 'session-json' }
  /** A part of where a stream has come to: first the cursor column's value, then the primary key's. */
  | { readonly kind: 'cursor'; readonly part: number }
  /** The rows that the write before has answered, as a JSON list. */
  | { readonly kind: 'written-rows' }
  /** A column of a row that the same insert has written: `column` counts in the level's keys. */
  | { readonly kind: 'written-key'; readonly level: number; readonly row: number; readonly column: number }
  | { readonly kind: 'list'; readonly items: readonly ParameterSource[] };

/** Turns a JSON value of a variable into the text that Postgres reads. */
export type Encoder = (value: unknown) => string | null;

/** A parameter with the Postgres type it is cast to, spelled as SQL (`"uuid"`, `"text"[]`). */
export interface Parameter {
  readonly kind: 'parameter';
  readonly source: ParameterSource;
  readonly sqlType: string;
}

/** A column of the row under test, or of the row that the `rooted` predicate around it is applied to. */
export interface ColumnOperand {
  readonly kind: 'column';
  readonly scope: 'self' | 'root';
  readonly name: string;
}

/**
 * Values that the table's own definition names, as one of them or as a list. What a client wrote only picks them,
 * as it picks columns; its own text stays out of the statement.
 */
export interface ChoiceOperand {
  readonly kind: 'choice';
  readonly texts: readonly string[];
  readonly isList: boolean;
  readonly sqlType: string;
}

/** What a column is compared with. */
export type Operand = Parameter | ColumnOperand | ChoiceOperand;

/**
 * A column as a role reads it: null in every row where `visibleWhen` does not hold. Only inherited roles
 * have such columns; for all others, and for a permission's own filter, it is null and the column is read as it is.
 */
export interface ReadColumn {
  readonly name: string;
  readonly visibleWhen: Predicate | null;
}

/** A function call with its arguments in order. */
export interface FunctionCall {
  readonly schema: string;
  readonly name: string;
  readonly args: readonly FunctionCallArgument[];
}

/** An argument of a function call. */
export interface FunctionCallArgument {
  /** Given by name (`"name" => value`) where an argument before it is left to its default. */
  readonly name: string | null;
  /** `row` is the row around: a computed field's table argument. */
  readonly value: Parameter | 'row';
}

/** What a comparison looks at: something of the row under test, or of all the rows under an aggregate. */
export type Subject =
  | { readonly kind: 'column'; readonly column: ReadColumn }
  /** A computed field that returns a value, null in the rows where the role does not see it. */
  | { readonly kind: 'computed'; readonly call: FunctionCall; readonly visibleWhen: Predicate | null }
  | AggregateSubject;

/** An aggregate of the rows that an `aggregated` predicate leads to. */
export interface AggregateSubject {
  readonly kind: 'aggregate';
  /** The SQL function; `count` without columns counts rows. */
  readonly function: string;
  readonly columns: readonly ReadColumn[];
  readonly distinct: boolean;
}

/** A table with the pairs of columns that lead to it. */
export interface JoinTarget {
  readonly schema: string;
  readonly name: string;
  readonly mapping: readonly { readonly from: string; readonly to: string }[];
  /** The rows come out of this function of the row under test instead of the table itself. */
  readonly call?: FunctionCall;
}

/** A boolean expression over a row: what a filter, a permission or a check asks. */
export type Predicate =
  | { readonly kind: 'and'; readonly of: readonly Predicate[] }
  | { readonly kind: 'or'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'null'; readonly subject: Subject; readonly isNull: boolean }
  | {
      readonly kind: 'compare';
      readonly subject: Subject;
      /** SQL type that the subject is cast to first, as `_cast` asks. */
      readonly castTo: string | null;
      /** SQL with `L` and `R` for the two sides, from the operator table. */
      readonly template: string;
      readonly operand: Operand;
    }
  /** Some row at the other end of a relationship fits. */
  | { readonly kind: 'related'; readonly target: JoinTarget; readonly where: Predicate }
  /** An aggregate of those rows at the other end of a relationship that fit `where` passes `test`. */
  | {
      readonly kind: 'aggregated';
      readonly target: JoinTarget;
      readonly where: Predicate;
      readonly test: Predicate;
    }
  /** Some row of a table fits, whatever row is under test (`_exists`). */
  | { readonly kind: 'exists'; readonly schema: string; readonly name: string; readonly where: Predicate }
  /** The row at hand is what `$` names in `of`: a permission that names it, at its own table. */
  | { readonly kind: 'rooted'; readonly of: Predicate };

/** A column read as it is. */
export function bareColumn(name: string): ReadColumn {
  return { name, visibleWhen: null };
}

/** A column as the subject of a comparison. */
export function columnSubject(column: ReadColumn): Subject {
  return { kind: 'column', column };
}

/** Lets every row pass. */
export const always: Predicate = Object.freeze({ kind: 'and', of: [] });

/** True when the predicate lets every row pass. */
export function isAlways(predicate: Predicate): boolean {
  return predicate.kind === 'and' && predicate.of.every(isAlways);
}

/**
 * Makes the row that a filter is applied to the one that its `$` names. Filters without `$` are left as they are.
 * Every permission goes through here once, when it is read, and not where it is applied.
 */
export function rooted(of: Predicate): Predicate {
  return namesRoot(of) ? { kind: 'rooted', of } : of;
}

function namesRoot(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return predicate.of.some(namesRoot);
    case 'not':
      return namesRoot(predicate.of);
    case 'related':
    case 'exists':
      return namesRoot(predicate.where);
    case 'aggregated':
      return namesRoot(predicate.where) || namesRoot(predicate.test);
    case 'compare':
      return predicate.operand.kind === 'column' && predicate.operand.scope === 'root';
    // What an inner one names is its own, not what is around it.
    case 'null':
    case 'rooted':
      return false;
  }
}

/** Both must hold; trivial parts are dropped so that SQL stays readable. */
export function both(left: Predicate, right: Predicate): Predicate {
  if (isAlways(left)) return right;
  if (isAlways(right)) return left;
  return { kind: 'and', of: [left, right] };
}
