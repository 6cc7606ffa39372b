import type { ColumnPair, FunctionCallPlan, OrderTarget, RangePlan } from '../plan/types.ts';
import { isAlways } from '../predicate/types.ts';
import type { StatementBuilder } from './builder.ts';
import { columnOf, compileColumn, compilePredicate, qualified } from './compile-predicate.ts';
import { quoteIdentifier } from './quote.ts';

/** What ties a range to the row around it, and the relation it reads from when that is not the table. */
export interface RangeOptions {
  readonly join?: JoinToOuter;
  readonly from?: string;
}

/** The alias of the row around and the columns that lead from it. */
export interface JoinToOuter {
  readonly outer: string;
  readonly mapping: readonly ColumnPair[];
}

/** `FROM … WHERE … ORDER BY … LIMIT … OFFSET …` */
export function compileRange(
  builder: StatementBuilder,
  range: RangePlan,
  alias: string,
  options: RangeOptions = {},
): string {
  const { join } = options;
  const conditions = join
    ? join.mapping.map(({ from, to }) => `${columnOf(alias, to)} = ${columnOf(join.outer, from)}`)
    : [];
  if (!isAlways(range.where))
    conditions.push(compilePredicate(builder, range.where, { self: alias, root: alias }));
  const from = options.from ?? compileFrom(builder, range, join?.outer);
  const parts = [`FROM ${from} AS ${alias}`];
  if (conditions.length > 0) parts.push(`WHERE ${conditions.join(' AND ')}`);
  if (range.orderBy.length > 0) {
    const items = range.orderBy.map(
      (item) => `${compileOrderTarget(builder, item.target, alias)} ${item.direction} NULLS ${item.nulls}`,
    );
    parts.push(`ORDER BY ${items.join(', ')}`);
  }
  const limit = compileLimit(builder, range);
  if (limit !== null) parts.push(`LIMIT ${limit}`);
  if (range.offset !== null)
    parts.push(`OFFSET ${typeof range.offset === 'number' ? range.offset : builder.parameter(range.offset)}`);
  return parts.join(' ');
}

function compileFrom(builder: StatementBuilder, range: RangePlan, outer: string | undefined): string {
  return range.call
    ? compileCall(builder, range.call, outer)
    : qualified(range.table.schema, range.table.name);
}

/** `"schema"."function"(…)`; `outer` is the alias whose row a computed field is given. */
export function compileCall(
  builder: StatementBuilder,
  call: FunctionCallPlan,
  outer: string | undefined,
): string {
  const args = call.args.map(({ name, value }) => {
    const sql = value === 'row' ? (outer ?? 'NULL') : builder.parameter(value);
    return name === null ? sql : `${quoteIdentifier(name)} => ${sql}`;
  });
  return `${qualified(call.schema, call.name)}(${args.join(', ')})`;
}

/** `DISTINCT ON (…)`, which stands before the select list. */
export function compileDistinct(builder: StatementBuilder, range: RangePlan, alias: string): string {
  if (range.distinctOn.length === 0) return '';
  return `DISTINCT ON (${range.distinctOn.map((column) => compileColumn(builder, column, alias)).join(', ')}) `;
}

function compileLimit(builder: StatementBuilder, range: RangePlan): string | null {
  const { asked, maximum } = range.limit;
  if (asked === null) return maximum === null ? null : String(maximum);
  if (typeof asked === 'number') return String(maximum === null ? asked : Math.min(asked, maximum));
  return maximum === null ? builder.parameter(asked) : `LEAST(${builder.parameter(asked)}, ${maximum})`;
}

/** A column, or a scalar subselect through a relationship. */
function compileOrderTarget(builder: StatementBuilder, target: OrderTarget, alias: string): string {
  if (target.kind === 'column') return compileColumn(builder, target.column, alias);
  const inner = builder.alias();
  const joins = target.mapping.map(({ from, to }) => `${columnOf(inner, to)} = ${columnOf(alias, from)}`);
  if (!isAlways(target.where))
    joins.push(compilePredicate(builder, target.where, { self: inner, root: inner }));
  const from = `FROM ${qualified(target.table.schema, target.table.name)} AS ${inner} WHERE ${joins.join(' AND ')}`;
  if (target.kind === 'related')
    return `(SELECT ${compileOrderTarget(builder, target.target, inner)} ${from} LIMIT 1)`;
  const argument = target.column === null ? '*' : compileColumn(builder, target.column, inner);
  return `(SELECT ${target.function}(${argument}) ${from})`;
}
