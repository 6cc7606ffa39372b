import type { Operand, Predicate, ReadColumn } from '../predicate/types.ts';
import type { StatementBuilder } from './builder.ts';
import { quoteIdentifier } from './quote.ts';

/** The aliases a predicate may name: the row under test and the row it all started from. */
export interface PredicateAliases {
  readonly self: string;
  readonly root: string;
}

/** A predicate as a SQL condition. */
export function compilePredicate(
  builder: StatementBuilder,
  predicate: Predicate,
  aliases: PredicateAliases,
): string {
  switch (predicate.kind) {
    case 'and':
      return joinAll(builder, predicate.of, aliases, ' AND ', 'true');
    case 'or':
      return joinAll(builder, predicate.of, aliases, ' OR ', 'false');
    case 'not':
      return `(NOT ${compilePredicate(builder, predicate.of, aliases)})`;
    case 'null':
      return `(${compileColumn(builder, predicate.column, aliases.self)} IS ${predicate.isNull ? '' : 'NOT '}NULL)`;
    case 'compare': {
      const column = compileColumn(builder, predicate.column, aliases.self);
      const left = predicate.castTo === null ? column : `(${column}::${predicate.castTo})`;
      const right = compileOperand(builder, predicate.operand, aliases);
      return `(${fillTemplate(predicate.template, left, right)})`;
    }
    case 'related': {
      // exists (select 1 from target where target.to = self.from and …)
      const alias = builder.alias();
      const { schema, name, mapping } = predicate.target;
      const joins = mapping.map(({ from, to }) => `${columnOf(alias, to)} = ${columnOf(aliases.self, from)}`);
      const where = compilePredicate(builder, predicate.where, { self: alias, root: aliases.root });
      return `(EXISTS (SELECT 1 FROM ${qualified(schema, name)} AS ${alias} WHERE ${[...joins, where].join(' AND ')}))`;
    }
    case 'exists': {
      const alias = builder.alias();
      const where = compilePredicate(builder, predicate.where, { self: alias, root: aliases.root });
      return `(EXISTS (SELECT 1 FROM ${qualified(predicate.schema, predicate.name)} AS ${alias} WHERE ${where}))`;
    }
  }
}

function joinAll(
  builder: StatementBuilder,
  predicates: readonly Predicate[],
  aliases: PredicateAliases,
  separator: string,
  empty: string,
): string {
  if (predicates.length === 0) return empty;
  const parts = predicates.map((predicate) => compilePredicate(builder, predicate, aliases));
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(separator)})`;
}

function compileOperand(builder: StatementBuilder, operand: Operand, aliases: PredicateAliases): string {
  if (operand.kind === 'parameter') return builder.parameter(operand);
  return columnOf(operand.scope === 'root' ? aliases.root : aliases.self, operand.name);
}

/** A value that is null where the row does not fit `visibleWhen`: `(CASE WHEN … THEN value END)`. */
export function compileVisible(
  builder: StatementBuilder,
  value: string,
  visibleWhen: Predicate | null,
  alias: string,
): string {
  if (visibleWhen === null) return value;
  const condition = compilePredicate(builder, visibleWhen, { self: alias, root: alias });
  return `(CASE WHEN ${condition} THEN ${value} END)`;
}

/** A column as the role reads it. */
export function compileColumn(builder: StatementBuilder, column: ReadColumn, alias: string): string {
  return compileVisible(builder, columnOf(alias, column.name), column.visibleWhen, alias);
}

/** Puts both sides into an operator's template. */
export function fillTemplate(template: string, left: string, right: string): string {
  return template.replaceAll(/\b[LR]\b/g, (side) => (side === 'L' ? left : right));
}

export function columnOf(alias: string, column: string): string {
  return `${alias}.${quoteIdentifier(column)}`;
}

export function qualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
