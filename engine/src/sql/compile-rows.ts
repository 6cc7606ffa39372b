import type { FieldPlan, RowSelection, RowsPlan } from '../plan/types.ts';
import { isAlias, type StatementBuilder } from './builder.ts';
import { compileAggregate } from './compile-aggregate.ts';
import { columnOf, compileCall, compileVisible } from './compile-predicate.ts';
import { compileDistinct, compileRange, type RangeOptions } from './compile-range.ts';
import { type JsonEntry, jsonObject, longestKeyBytes, postgresNameBytes } from './json-object.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';
import { withinBudget } from './row-budget.ts';

/**
 * A list of rows as one JSON value:
 *
 *   (SELECT coalesce(json_agg(r), '[]') FROM (SELECT t.id AS "id", (…) AS "vendor" FROM t WHERE … LIMIT …) AS r)
 */
export function compileRowList(
  builder: StatementBuilder,
  rows: RowsPlan,
  options: RangeOptions = {},
): string {
  const row = builder.alias();
  const { select, value } = builder.within('list', () => compileRowSelect(builder, rows, row, options));
  const list = `coalesce(json_agg(${value}), '[]')`;
  const { budget } = rows;
  if (!budget || !builder.repeatsRows(budget.isShared)) return `(SELECT ${list} FROM (${select}) AS ${row})`;
  return `(SELECT ${withinBudget(builder, list, budget)} FROM (${select}) AS ${row})`;
}

/** The only row, or null. */
export function compileSingleRow(
  builder: StatementBuilder,
  rows: RowsPlan,
  options: RangeOptions = {},
): string {
  const row = builder.alias();
  const { select, value } = builder.within('row', () => compileRowSelect(builder, rows, row, options));
  const object = value === row ? `row_to_json(${row})` : value;
  return `(SELECT ${object} FROM (${select}) AS ${row} LIMIT 1)`;
}

function compileRowSelect(
  builder: StatementBuilder,
  rows: RowsPlan,
  row: string,
  options: RangeOptions,
): { select: string; value: string } {
  const alias = builder.alias();
  const entries = compileSelection(builder, rows.selection, alias);
  const distinct = compileDistinct(builder, rows.range, alias);
  if (longestKeyBytes(entries) <= postgresNameBytes && !entries.some(({ key }) => isAlias(key))) {
    const list = entries.map(({ key, value }) => `${value} AS ${quoteIdentifier(key)}`).join(', ');
    return {
      select: `SELECT ${distinct}${list} ${compileRange(builder, rows.range, alias, options)}`,
      value: row,
    };
  }
  // Column names end at 63 bytes, response keys do not, and one like an alias would be read for the whole row:
  // such a row is put together as an object.
  const select = `SELECT ${distinct}${jsonObject(entries)} AS "object" ${compileRange(builder, rows.range, alias, options)}`;
  return { select, value: `${row}."object"` };
}

/** The fields of a row as JSON entries, read from `alias`. */
export function compileSelection(
  builder: StatementBuilder,
  selection: RowSelection,
  alias: string,
): JsonEntry[] {
  return selection.map(({ key, field }) => ({ key, value: compileField(builder, field, alias) }));
}

function compileField(builder: StatementBuilder, field: FieldPlan, alias: string): string {
  switch (field.kind) {
    case 'typename':
      return `${quoteLiteral(field.name)}::text`;
    case 'column':
      return shapeValue(builder, columnOf(alias, field.name), field, alias);
    case 'computed':
      return shapeValue(builder, compileCall(builder, field.call, alias), field, alias);
    case 'object':
      return compileSingleRow(builder, field.rows, { join: { outer: alias, mapping: field.mapping } });
    case 'array':
      return compileRowList(builder, field.rows, { join: { outer: alias, mapping: field.mapping } });
    case 'aggregate':
      return compileAggregate(
        builder,
        field.aggregate,
        { join: { outer: alias, mapping: field.mapping } },
        compileRowList,
      );
  }
}

/** A value as it leaves: null where it is hidden, a part of it where a JSON path asks, text where numbers are written as such. */
function shapeValue(
  builder: StatementBuilder,
  value: string,
  {
    jsonPath,
    asText,
    visibleWhen,
  }: Pick<Extract<FieldPlan, { kind: 'column' | 'computed' }>, 'jsonPath' | 'asText' | 'visibleWhen'>,
  alias: string,
): string {
  const part = jsonPath === null ? value : `(${value} #> ${builder.parameter(jsonPath)})`;
  return compileVisible(builder, asText ? `(${part}::text)` : part, visibleWhen, alias);
}
