import type { InsertLevel, InsertRow, MutationOutput, OnConflictPlan } from '../plan/types.ts';
import { isAlways } from '../predicate/types.ts';
import { StatementBuilder } from './builder.ts';
import {
  checkColumn,
  compileCheck,
  compileWhere,
  finishWrite,
  target,
  targetTable,
  type WriteStatements,
} from './compile-write.ts';
import { quoteIdentifier } from './quote.ts';

/** Postgres counts the parameters of a statement in 16 bits; some are left for checks and conflicts. */
const maxValues = 60_000;

/** The rows of a level in portions that one statement can take. */
export function portionsOf(level: InsertLevel): (readonly InsertRow[])[] {
  const size = Math.floor(maxValues / Math.max(level.columns.length, 1));
  const portions: (readonly InsertRow[])[] = [];
  for (let start = 0; start < level.rows.length; start += size) {
    portions.push(level.rows.slice(start, start + size));
  }
  return portions;
}

/** Inserts rows of one level; `output` is what of them the client is told, null for nested ones. */
export function compileInsert(
  level: InsertLevel,
  rows: readonly InsertRow[],
  output: MutationOutput | null,
): WriteStatements {
  const builder = new StatementBuilder();
  const values = compileValues(builder, level.columns, rows);
  const conflict = level.onConflict ? compileConflict(builder, level.onConflict) : '';
  const check = rowCheck(builder, level);
  const returning = ` RETURNING ${target}.*${check === null ? '' : `, ${checkColumn(check)}`}`;
  return finishWrite(builder, `INSERT INTO ${targetTable(level.table)} ${values}${conflict}${returning}`, {
    table: level.table,
    isChecked: check !== null,
    keys: level.keys,
    output,
  });
}

function compileValues(
  builder: StatementBuilder,
  columns: readonly string[],
  rows: readonly InsertRow[],
): string {
  if (columns.length === 0) return 'DEFAULT VALUES';
  const tuples = rows.map(({ values }) => {
    const list = values.map((value) => (value === 'default' ? 'DEFAULT' : builder.parameter(value)));
    return `(${list.join(', ')})`;
  });
  return `(${columns.map(quoteIdentifier).join(', ')}) VALUES ${tuples.join(', ')}`;
}

function updates(conflict: OnConflictPlan | null): conflict is OnConflictPlan {
  return conflict !== null && conflict.updateColumns.length > 0;
}

function compileConflict(builder: StatementBuilder, conflict: OnConflictPlan): string {
  const constraint = ` ON CONFLICT ${conflict.target}`;
  if (!updates(conflict)) return `${constraint} DO NOTHING`;
  const assignments = [
    ...conflict.updateColumns.map((name) => `${quoteIdentifier(name)} = EXCLUDED.${quoteIdentifier(name)}`),
    ...conflict.presets.map(
      ({ column, value }) => `${quoteIdentifier(column)} = ${builder.parameter(value)}`,
    ),
  ];
  return `${constraint} DO UPDATE SET ${assignments.join(', ')}${compileWhere(builder, conflict.where)}`;
}

/** A row that an upsert updated has to pass the check of updates; only an updated row has an `xmax`. */
function rowCheck(builder: StatementBuilder, { check, onConflict }: InsertLevel): string | null {
  const onUpdate = updates(onConflict) ? onConflict.check : null;
  if (onUpdate === null) return isAlways(check) ? null : compileCheck(builder, check);
  if (isAlways(check) && isAlways(onUpdate)) return null;
  const inserted = isAlways(check) ? 'true' : compileCheck(builder, check);
  const updated = isAlways(onUpdate) ? 'true' : compileCheck(builder, onUpdate);
  return `CASE WHEN ${target}.xmax = 0 THEN ${inserted} ELSE ${updated} END`;
}
