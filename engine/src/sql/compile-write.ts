import type {
  ChangePlan,
  DeletePlan,
  FieldPlan,
  MutationOutput,
  RowSelection,
  RowsPlan,
  TableName,
  UpdatePlan,
} from '../plan/types.ts';
import { always, isAlways, type Predicate } from '../predicate/types.ts';
import { type Statement, StatementBuilder } from './builder.ts';
import { columnOf, compilePredicate, fillTemplate, qualified } from './compile-predicate.ts';
import { compileRowList } from './compile-rows.ts';
import { quoteIdentifier } from './quote.ts';

/** Postgres' name for what a write touched. */
const mutated = '"_mutated"';
/** A column beside the table's own: with a space, since none of theirs that GraphQL can name has one. */
const checkName = '"_permission check"';
/** The row that is written, in the statement that writes it. */
export const target = '"_target"';

/**
 * A write as one statement:
 *
 *   WITH "_mutated" AS (INSERT … RETURNING *, (check) AS "_permission check")
 *   SELECT (all checks hold), (number of rows), (the answer's rows)
 *
 * Rows below the written ones must be read after the write, which one statement cannot (its parts share
 * a snapshot): then the written rows come back raw, and {@link compileReread} selects from them.
 */
export interface WriteStatements {
  /**
   * Answers `check`, `count`, `keys` where rows have any to tell, then one JSON list per selection, or the raw
   * rows alone before a reread.
   */
  readonly write: Statement;
  /** Answers one JSON list per selection; its only parameter is the raw rows. Null where not needed. */
  readonly reread: Statement | null;
}

/** Compiles an update or delete and, where needed, the select that follows it. */
export function compileChange(plan: ChangePlan): WriteStatements {
  const builder = new StatementBuilder();
  const text = plan.kind === 'update' ? updateText(builder, plan) : deleteText(builder, plan);
  const isChecked = plan.kind === 'update' && !isAlways(plan.check);
  return finishWrite(builder, text, { table: plan.table, isChecked, keys: [], output: plan.output });
}

/** What a written table's rows have to tell. */
export interface WrittenRows {
  readonly table: TableName;
  /** Whether each row says in {@link checkName} if it may stay. */
  readonly isChecked: boolean;
  /** Columns that other writes take over, answered as a list of lists of texts. */
  readonly keys: readonly string[];
  /** Null where the rows are no part of the answer. */
  readonly output: MutationOutput | null;
}

/** The statement around a change of rows that returns what it wrote. */
export function finishWrite(
  builder: StatementBuilder,
  change: string,
  { table, isChecked, keys, output }: WrittenRows,
): WriteStatements {
  const selections = output ? selectionsOf(output) : [];
  const isNested = selections.some((selection) => selection.some(({ field }) => isNestedField(field)));
  const rows = isNested
    ? [`(SELECT coalesce(json_agg(row_to_json(m.*)), '[]') FROM (SELECT * FROM ${mutated}) AS m)`]
    : selections.map((selection) => compileRowList(builder, rowsPlan(table, selection), { from: mutated }));
  const check = isChecked ? `(SELECT coalesce(bool_and(${checkName}), true) FROM ${mutated})` : 'true';
  const columns = [
    `${check}::text AS "check"`,
    `(SELECT count(*) FROM ${mutated})::text AS "count"`,
    ...(keys.length > 0 ? [`${keyLists(keys)}::text AS "keys"`] : []),
    ...numbered(rows),
  ];
  const write = builder.build(`WITH ${mutated} AS (${change}) SELECT ${columns.join(', ')}`);
  return { write, reread: isNested ? compileReread(table, selections) : null };
}

function keyLists(keys: readonly string[]): string {
  const texts = keys.map((key) => `${columnOf(mutated, key)}::text`);
  return `(SELECT coalesce(json_agg(json_build_array(${texts.join(', ')})), '[]') FROM ${mutated})`;
}

function numbered(values: readonly string[]): string[] {
  return values.map((value, index) => `${value}::text AS "rows_${index}"`);
}

/** `SELECT … FROM json_populate_recordset(null::table, $n)`: the same rows with what hangs on them. */
function compileReread(table: TableName, selections: readonly RowSelection[]): Statement {
  const builder = new StatementBuilder();
  const lists = selections.map((selection) => {
    const rows = builder.parameter({
      kind: 'parameter',
      source: { kind: 'written-rows' },
      sqlType: '"json"',
    });
    const from = `json_populate_recordset(NULL::${qualified(table.schema, table.name)}, ${rows})`;
    return compileRowList(builder, rowsPlan(table, selection), { from });
  });
  return builder.build(`SELECT ${numbered(lists).join(', ')}`);
}

function rowsPlan(table: TableName, selection: RowSelection): RowsPlan {
  return {
    range: {
      table,
      where: always,
      orderBy: [],
      distinctOn: [],
      limit: { asked: null, maximum: null },
      offset: null,
    },
    selection,
  };
}

/** The rows asked for, once per place that asks. */
function selectionsOf(output: MutationOutput): RowSelection[] {
  if (output.kind === 'row') return [output.selection];
  return output.fields.flatMap((field) => (field.kind === 'returning' ? [field.selection] : []));
}

/**
 * Computed fields too: their functions want a row of the table's own type. And columns that only some rows show:
 * what decides may lie in other tables.
 */
function isNestedField(field: FieldPlan): boolean {
  return field.kind === 'column' ? field.visibleWhen !== null : field.kind !== 'typename';
}

function updateText(builder: StatementBuilder, plan: UpdatePlan): string {
  const assignments = plan.assignments.map(({ column, template, value }) => {
    const parameter = builder.parameter(value);
    return `${quoteIdentifier(column)} = ${fillTemplate(template, columnOf(target, column), parameter)}`;
  });
  const where = compileWhere(builder, plan.where);
  const checked = isAlways(plan.check) ? '' : `, ${checkColumn(compileCheck(builder, plan.check))}`;
  return `UPDATE ${targetTable(plan.table)} SET ${assignments.join(', ')}${where} RETURNING ${target}.*${checked}`;
}

function deleteText(builder: StatementBuilder, plan: DeletePlan): string {
  return `DELETE FROM ${targetTable(plan.table)}${compileWhere(builder, plan.where)} RETURNING ${target}.*`;
}

/** The table under the alias by which a write speaks of its row. */
export function targetTable({ schema, name }: TableName): string {
  return `${qualified(schema, name)} AS ${target}`;
}

/** ` WHERE …` over the row that is written, or nothing. */
export function compileWhere(builder: StatementBuilder, predicate: Predicate): string {
  return isAlways(predicate) ? '' : ` WHERE ${compileCheck(builder, predicate)}`;
}

/** A condition on the row that is written. */
export function compileCheck(builder: StatementBuilder, check: Predicate): string {
  return compilePredicate(builder, check, target);
}

/** What a written row returns about its check; unknown is not a yes. */
export function checkColumn(check: string): string {
  return `coalesce(${check}, false) AS ${checkName}`;
}
