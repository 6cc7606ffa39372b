import type { AggregateField, AggregatePlan, AggregateValue, RowsPlan } from '../plan/types.ts';
import type { ReadColumn } from '../predicate/types.ts';
import type { StatementBuilder } from './builder.ts';
import { columnOf, compileAggregateCall, compileColumn } from './compile-predicate.ts';
import { compileDistinct, compileRange, type RangeOptions } from './compile-range.ts';
import { type JsonEntry, jsonObject } from './json-object.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/** Compiles the rows under `nodes`; handed in because rows hold aggregates in turn. */
export type CompileNodes = (builder: StatementBuilder, rows: RowsPlan, options: RangeOptions) => string;

/**
 * The aggregates of a set of rows as one JSON object:
 *
 *   (SELECT json_build_object('aggregate', json_build_object('count', count(*))) FROM t WHERE …)
 *
 * Where the set is cut by limit, offset or distinct, it becomes a subselect first.
 */
export function compileAggregate(
  builder: StatementBuilder,
  plan: AggregatePlan,
  options: RangeOptions,
  compileNodes: CompileNodes,
): string {
  const alias = builder.alias();
  const { range } = plan;
  const isCut =
    range.limit.asked !== null ||
    range.limit.maximum !== null ||
    range.offset !== null ||
    range.distinctOn.length > 0;
  // A subselect hands on what the role may see of each row, so its columns are not to be hidden twice.
  const read = (column: ReadColumn): string =>
    isCut ? columnOf(alias, column.name) : compileColumn(builder, column, alias);
  const entries = plan.fields.map(
    (field): JsonEntry => ({
      key: field.key,
      value: compileField(builder, field, read, options, compileNodes),
    }),
  );
  const object = jsonObject(entries);
  if (!plan.fields.some(aggregatesRows)) return `(SELECT ${object})`;
  if (!isCut) return `(SELECT ${object} ${compileRange(builder, { ...range, orderBy: [] }, alias, options)})`;
  const inner = builder.alias();
  const columns =
    plan.columns.length === 0
      ? '1'
      : plan.columns.map((column) => compileInnerColumn(builder, column, inner)).join(', ');
  const select = `SELECT ${compileDistinct(builder, range, inner)}${columns} ${compileRange(builder, range, inner, options)}`;
  return `(SELECT ${object} FROM (${select}) AS ${alias})`;
}

/** Whether a field calls for an aggregate of the rows: without one, Postgres would answer once for each row. */
function aggregatesRows(field: AggregateField): boolean {
  if (field.kind !== 'values') return false;
  return field.values.some(
    (value) =>
      value.kind === 'count' ||
      (value.kind === 'function' && value.columns.some(({ column }) => column !== null)),
  );
}

function compileInnerColumn(builder: StatementBuilder, column: ReadColumn, alias: string): string {
  const value = compileColumn(builder, column, alias);
  return column.visibleWhen === null ? value : `${value} AS ${quoteIdentifier(column.name)}`;
}

function compileField(
  builder: StatementBuilder,
  field: AggregateField,
  read: (column: ReadColumn) => string,
  options: RangeOptions,
  compileNodes: CompileNodes,
): string {
  switch (field.kind) {
    case 'typename':
      return quoteLiteral(field.name);
    case 'nodes':
      return compileNodes(builder, field.rows, options);
    case 'values':
      return jsonObject(field.values.map((value) => ({ key: value.key, value: compileValue(value, read) })));
  }
}

function compileValue(value: AggregateValue, read: (column: ReadColumn) => string): string {
  switch (value.kind) {
    case 'typename':
      return quoteLiteral(value.name);
    case 'count':
      return compileAggregateCall('count', value.columns.map(read), value.distinct);
    case 'function':
      return jsonObject(
        value.columns.map(({ key, column, typename, asText }) => {
          if (column === null) return { key, value: quoteLiteral(typename ?? '') };
          const call = `${value.function}(${read(column)})`;
          return { key, value: asText ? `(${call}::text)` : call };
        }),
      );
  }
}
