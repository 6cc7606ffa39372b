import type { ColumnPair, OrderTarget, RangePlan } from '../plan/types.ts';
import { isAlways } from '../predicate/types.ts';
import type { StatementBuilder } from './builder.ts';
import {
  columnOf,
  compileAggregateOver,
  compileCall,
  compileColumn,
  compilePredicate,
  compileVisible,
  qualified,
} from './compile-predicate.ts';

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
  if (!isAlways(range.where)) conditions.push(compilePredicate(builder, range.where, alias));
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

/** `DISTINCT ON (…)`, which stands before the select list. */
export function compileDistinct(builder: StatementBuilder, range: RangePlan, alias: string): string {
  if (range.distinctOn.length === 0) return '';
  return `DISTINCT ON (${range.distinctOn.map((column) => compileColumn(builder, column, alias)).join(', ')}) `;
}

/** What follows `LIMIT`: the smaller of what was asked and what is allowed; null for no limit. */
export function compileLimit(builder: StatementBuilder, range: RangePlan): string | null {
  const { asked, maximum } = range.limit;
  if (asked === null) return maximum === null ? null : String(maximum);
  if (typeof asked === 'number') return String(maximum === null ? asked : Math.min(asked, maximum));
  return maximum === null ? builder.parameter(asked) : `LEAST(${builder.parameter(asked)}, ${maximum})`;
}

/** A value of the row, or a scalar subselect through a relationship. */
function compileOrderTarget(builder: StatementBuilder, target: OrderTarget, alias: string): string {
  if (target.kind === 'column') return compileColumn(builder, target.column, alias);
  if (target.kind === 'computed')
    return compileVisible(builder, compileCall(builder, target.call, alias), target.visibleWhen, alias);
  const inner = builder.alias();
  const { mapping, call } = target.from;
  const conditions = mapping.map(({ from, to }) => `${columnOf(inner, to)} = ${columnOf(alias, from)}`);
  if (!isAlways(target.where)) conditions.push(compilePredicate(builder, target.where, inner));
  const rows = call ? compileCall(builder, call, alias) : qualified(target.from.schema, target.from.name);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  if (target.kind === 'related')
    return `(SELECT ${compileOrderTarget(builder, target.target, inner)} FROM ${rows} AS ${inner}${where} LIMIT 1)`;
  return `(SELECT ${compileAggregateOver(builder, target.aggregate, inner)} FROM ${rows} AS ${inner}${where})`;
}
