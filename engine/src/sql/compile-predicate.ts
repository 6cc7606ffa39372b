import {
  type AggregateSubject,
  type ChoiceOperand,
  type FunctionCall,
  isAlways,
  type JoinTarget,
  type Operand,
  type Predicate,
  type ReadColumn,
  type Subject,
} from '../predicate/types.ts';
import type { StatementBuilder } from './builder.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/** The aliases a predicate may name: the row under test and the row that `$` stands for, null outside of `rooted`. */
interface PredicateAliases {
  readonly self: string;
  readonly root: string | null;
}

/** A predicate as a SQL condition on the row under the alias. */
export function compilePredicate(builder: StatementBuilder, predicate: Predicate, alias: string): string {
  return compile(builder, predicate, { self: alias, root: null });
}

function compile(builder: StatementBuilder, predicate: Predicate, aliases: PredicateAliases): string {
  switch (predicate.kind) {
    case 'and':
      return joinAll(builder, predicate.of, aliases, ' AND ', 'true');
    case 'or':
      return joinAll(builder, predicate.of, aliases, ' OR ', 'false');
    case 'not':
      return `(NOT ${compile(builder, predicate.of, aliases)})`;
    case 'null':
      return `(${compileSubject(builder, predicate.subject, aliases)} IS ${predicate.isNull ? '' : 'NOT '}NULL)`;
    case 'compare': {
      const subject = compileSubject(builder, predicate.subject, aliases);
      const left = predicate.castTo === null ? subject : `(${subject}::${predicate.castTo})`;
      const right = compileOperand(builder, predicate.operand, aliases);
      return `(${fillTemplate(predicate.template, left, right)})`;
    }
    case 'related': {
      // exists (select 1 from target where target.to = self.from and …)
      const alias = builder.alias();
      const rows = compileTarget(builder, predicate.target, predicate.where, alias, aliases);
      return `(EXISTS (SELECT 1 ${rows}))`;
    }
    case 'aggregated': {
      // Without an aggregate in it the select would answer a row for each of the rows.
      if (isAlways(predicate.test)) return 'true';
      // (select count(*) > $1 from target where target.to = self.from and …)
      const alias = builder.alias();
      const test = compile(builder, predicate.test, { self: alias, root: aliases.root });
      return `(SELECT ${test} ${compileTarget(builder, predicate.target, predicate.where, alias, aliases)})`;
    }
    case 'exists': {
      const alias = builder.alias();
      const where = compile(builder, predicate.where, { self: alias, root: aliases.root });
      return `(EXISTS (SELECT 1 FROM ${qualified(predicate.schema, predicate.name)} AS ${alias} WHERE ${where}))`;
    }
    case 'rooted':
      return compile(builder, predicate.of, { self: aliases.self, root: aliases.self });
  }
}

/** `FROM target AS alias WHERE …`: the rows that a relationship or a computed field of the row leads to. */
function compileTarget(
  builder: StatementBuilder,
  { schema, name, mapping, call }: JoinTarget,
  where: Predicate,
  alias: string,
  aliases: PredicateAliases,
): string {
  const from = call ? compileCall(builder, call, aliases.self) : qualified(schema, name);
  const joins = mapping.map(({ from, to }) => `${columnOf(alias, to)} = ${columnOf(aliases.self, from)}`);
  const condition = compile(builder, where, { self: alias, root: aliases.root });
  return `FROM ${from} AS ${alias} WHERE ${[...joins, condition].join(' AND ')}`;
}

function compileSubject(builder: StatementBuilder, subject: Subject, aliases: PredicateAliases): string {
  switch (subject.kind) {
    case 'column':
      return compileColumn(builder, subject.column, aliases.self);
    case 'computed': {
      const value = compileCall(builder, subject.call, aliases.self);
      return compileVisible(builder, value, subject.visibleWhen, aliases.self);
    }
    case 'aggregate':
      return compileAggregateOver(builder, subject, aliases.self);
  }
}

/** An aggregate over what the role sees of the columns of `alias`. */
export function compileAggregateOver(
  builder: StatementBuilder,
  subject: AggregateSubject,
  alias: string,
): string {
  const columns = subject.columns.map((column) => compileColumn(builder, column, alias));
  return compileAggregateCall(subject.function, columns, subject.distinct);
}

/** `function(columns)`; counting without columns counts rows. */
export function compileAggregateCall(name: string, columns: readonly string[], distinct: boolean): string {
  if (columns.length === 0) return `${name}(*)`;
  const list = columns.join(', ');
  // Counting several columns counts their rows; any other function takes them as its arguments.
  const args = name === 'count' && columns.length > 1 ? `(${list})` : list;
  return `${name}(${distinct ? 'DISTINCT ' : ''}${args})`;
}

/** `"schema"."function"(…)`; `outer` is the alias whose row a computed field is given. */
export function compileCall(
  builder: StatementBuilder,
  call: FunctionCall,
  outer: string | undefined,
): string {
  const args = call.args.map(({ name, value }) => {
    const sql = value === 'row' ? (outer ?? 'NULL') : builder.parameter(value);
    return name === null ? sql : `${quoteIdentifier(name)} => ${sql}`;
  });
  return `${qualified(call.schema, call.name)}(${args.join(', ')})`;
}

function joinAll(
  builder: StatementBuilder,
  predicates: readonly Predicate[],
  aliases: PredicateAliases,
  separator: string,
  empty: string,
): string {
  if (predicates.length === 0) return empty;
  const parts = predicates.map((predicate) => compile(builder, predicate, aliases));
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(separator)})`;
}

function compileOperand(builder: StatementBuilder, operand: Operand, aliases: PredicateAliases): string {
  if (operand.kind === 'parameter') return builder.parameter(operand);
  if (operand.kind === 'choice') return compileChoice(operand);
  const alias = operand.scope === 'root' ? aliases.root : aliases.self;
  if (alias === null) throw new Error(`"$" names no row for column "${operand.name}"`);
  return columnOf(alias, operand.name);
}

/** Constants, so that Postgres can choose an index for them once and keep the plan. */
function compileChoice({ texts, isList, sqlType }: ChoiceOperand): string {
  const literals = texts.map(quoteLiteral);
  return isList ? `(ARRAY[${literals.join(', ')}]::${sqlType})` : `(${literals.join('')}::${sqlType})`;
}

/** A value that is null where the row does not fit `visibleWhen`: `(CASE WHEN … THEN value END)`. */
export function compileVisible(
  builder: StatementBuilder,
  value: string,
  visibleWhen: Predicate | null,
  alias: string,
): string {
  if (visibleWhen === null || isAlways(visibleWhen)) return value;
  const condition = builder.condition(visibleWhen, alias, () =>
    compilePredicate(builder, visibleWhen, alias),
  );
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

/** A column of the table under an alias, quoted. */
export function columnOf(alias: string, column: string): string {
  return `${alias}.${quoteIdentifier(column)}`;
}

/** A name with its schema, quoted. */
export function qualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
