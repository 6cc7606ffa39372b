import type {
  FieldPlan,
  MutationOutput,
  RowSelection,
  RowsPlan,
  TableName,
  WritePlan,
} from '../plan/types.ts';
import { always, isAlways, type Predicate } from '../predicate/types.ts';
import { type Statement, StatementBuilder } from './builder.ts';
import { columnOf, compilePredicate, fillTemplate, qualified } from './compile-predicate.ts';
import { compileRowList } from './compile-rows.ts';
import { quoteIdentifier } from './quote.ts';

/** Postgres' name for what a write touched. */
const mutated = '"_mutated"';
const target = '"_target"';

/**
 * A write as one statement:
 *
 *   WITH "_mutated" AS (INSERT … RETURNING *, (check) AS "_check")
 *   SELECT (all checks hold), (number of rows), (the answer's rows)
 *
 * Rows below the written ones must be read after the write, which one statement cannot (its parts share
 * a snapshot): then the written rows come back raw, and {@link compileReread} selects from them.
 */
export interface WriteStatements {
  /** Answers `check`, `count`, then one JSON list per selection, or the raw rows alone before a reread. */
  readonly write: Statement;
  /** Answers one JSON list per selection; its only parameter is the raw rows. Null where not needed. */
  readonly reread: Statement | null;
}

/** Compiles a write and, where needed, the select that follows it. */
export function compileWrite(plan: WritePlan): WriteStatements {
  const builder = new StatementBuilder();
  const change = compileChange(builder, plan);
  const selections = selectionsOf(plan.output);
  const isNested = selections.some((selection) => selection.some(({ field }) => isNestedField(field)));
  const rows = isNested
    ? [`(SELECT coalesce(json_agg(row_to_json(m)), '[]') FROM (SELECT * FROM ${mutated}) AS m)`]
    : selections.map((selection) =>
        compileRowList(builder, rowsPlan(plan.table, selection), { from: mutated }),
      );
  const check =
    plan.kind === 'delete' || isAlways(plan.check)
      ? 'true'
      : `(SELECT coalesce(bool_and("_check"), true) FROM ${mutated})`;
  const columns = [
    `${check}::text AS "check"`,
    `(SELECT count(*) FROM ${mutated})::text AS "count"`,
    ...numbered(rows),
  ];
  const write = builder.build(`WITH ${mutated} AS (${change}) SELECT ${columns.join(', ')}`);
  return { write, reread: isNested ? compileReread(plan.table, selections) : null };
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
export function selectionsOf(output: MutationOutput): RowSelection[] {
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

function compileChange(builder: StatementBuilder, plan: WritePlan): string {
  const table = `${qualified(plan.table.schema, plan.table.name)} AS ${target}`;
  switch (plan.kind) {
    case 'insert': {
      const columns = plan.columns.map(quoteIdentifier).join(', ');
      const rows = plan.rows.map(
        (row) =>
          `(${row.map((value) => (value === 'default' ? 'DEFAULT' : builder.parameter(value))).join(', ')})`,
      );
      const values = plan.columns.length > 0 ? `(${columns}) VALUES ${rows.join(', ')}` : 'DEFAULT VALUES';
      return `INSERT INTO ${table} ${values}${compileConflict(builder, plan)}${returning(builder, plan.check)}`;
    }
    case 'update': {
      const assignments = plan.assignments.map(({ column, template, value }) => {
        const parameter = builder.parameter(value);
        return `${quoteIdentifier(column)} = ${fillTemplate(template, columnOf(target, column), parameter)}`;
      });
      return `UPDATE ${table} SET ${assignments.join(', ')}${where(builder, plan.where)}${returning(builder, plan.check)}`;
    }
    case 'delete':
      return `DELETE FROM ${table}${where(builder, plan.where)} RETURNING ${target}.*`;
  }
}

function where(builder: StatementBuilder, predicate: Predicate): string {
  return isAlways(predicate)
    ? ''
    : ` WHERE ${compilePredicate(builder, predicate, { self: target, root: target })}`;
}

function returning(builder: StatementBuilder, check: Predicate): string {
  if (isAlways(check)) return ` RETURNING ${target}.*`;
  // Unknown is not a yes.
  return ` RETURNING ${target}.*, coalesce(${compilePredicate(builder, check, { self: target, root: target })}, false) AS "_check"`;
}

function compileConflict(builder: StatementBuilder, plan: Extract<WritePlan, { kind: 'insert' }>): string {
  const conflict = plan.onConflict;
  if (conflict === null) return '';
  const constraint = ` ON CONFLICT ON CONSTRAINT ${quoteIdentifier(conflict.constraint)}`;
  if (conflict.updateColumns.length === 0) return `${constraint} DO NOTHING`;
  const assignments = [
    ...conflict.updateColumns.map((name) => `${quoteIdentifier(name)} = EXCLUDED.${quoteIdentifier(name)}`),
    ...conflict.presets.map(
      ({ column, value }) => `${quoteIdentifier(column)} = ${builder.parameter(value)}`,
    ),
  ];
  return `${constraint} DO UPDATE SET ${assignments.join(', ')}${where(builder, conflict.where)}`;
}
