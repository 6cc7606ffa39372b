import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import { checkParameterCount } from '../execute/check-parameters.ts';
import type { BoundStatement } from '../execute/executable.ts';
import { resolveParameters } from '../execute/parameters.ts';
import type { Pool } from '../execute/pool.ts';
import { runMultiplexed } from '../execute/run-multiplexed.ts';
import { prepare } from '../execute/statement.ts';
import type { StatementLimits } from '../execute/statement-limits.ts';
import { objectTypeOf, type PlanContext, readArguments, type TypedField } from '../plan/context.ts';
import { planRange } from '../plan/plan-range.ts';
import { planAggregate, planSelection } from '../plan/plan-rows.ts';
import type { ActionRootPlan, RowsPlan, SqlRootPlan } from '../plan/types.ts';
import { encoderOf } from '../predicate/encode.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import { bareColumn, both, columnSubject, type Predicate } from '../predicate/types.ts';
import { isRawNumber } from '../request/exact-number.ts';
import { type FieldMeaning, meaningOf } from '../schema/meaning.ts';
import { compileMultiplexed } from '../sql/compile-query.ts';
import type { PendingRelationship } from './shape-output.ts';

type ActionRelationship = Extract<FieldMeaning, { kind: 'action_relationship' }>;

/** Who asks for relationships, and of what. */
export interface RelationshipScope {
  readonly pool: Pool;
  /** Of the role. */
  readonly limits: StatementLimits;
  readonly session: Session;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The name under which a handler's output is handed to relationship statements; no GraphQL variable can be called so. */
const outputVariable = '$output';

/** Statements of relationships by the plan they belong to, so that a hot action compiles nothing. */
const relationshipStatements = new WeakMap<ActionRootPlan, Map<string, BoundStatement>>();

/** JSON texts that go into the answer as they are, by the holder and key they belong to. */
export type Fragments = Map<Record<string, unknown>, Map<string, string>>;

/** One statement for each relationship, however many objects of the answer ask for it. */
export async function fetchRelationships(
  context: PlanContext,
  root: ActionRootPlan,
  pending: readonly PendingRelationship[],
  scope: RelationshipScope,
): Promise<Fragments> {
  const groups = new Map<string, PendingRelationship[]>();
  for (const entry of pending) {
    const key = `${entry.field.path}:${entry.field.key}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const fragments: Fragments = new Map();
  await Promise.all(
    [...groups].map(async ([key, entries]) => {
      const statement = statementFor(context, root, key, entries[0] as PendingRelationship);
      const sets = entries.map(({ values }) =>
        resolveParameters(statement.parameters, {
          session: scope.session,
          variables: { ...scope.variables, [outputVariable]: values },
        }),
      );
      const results = await runMultiplexed(scope.pool, statement, sets, scope.limits);
      for (const [index, { holder, field }] of entries.entries()) {
        const texts = fragments.get(holder) ?? new Map<string, string>();
        texts.set(field.key, results[index]?.[0] ?? 'null');
        fragments.set(holder, texts);
      }
    }),
  );
  return fragments;
}

function statementFor(
  context: PlanContext,
  root: ActionRootPlan,
  key: string,
  entry: PendingRelationship,
): BoundStatement {
  const statements = relationshipStatements.get(root) ?? new Map<string, BoundStatement>();
  relationshipStatements.set(root, statements);
  const known = statements.get(key);
  if (known) return known;
  let isReusable = true;
  const onBakedVariable = (): void => {
    isReusable = false;
  };
  const input = { ...context.input, onBakedVariable };
  const { text, parameters } = compileMultiplexed([planRelationship({ ...context, input }, entry.field)]);
  checkParameterCount(parameters.length, Number.POSITIVE_INFINITY);
  const statement = { prepared: prepare(text), parameters };
  // A variable inside a JSON literal is part of the statement, which is then this request's alone.
  if (isReusable) statements.set(key, statement);
  return statement;
}

function planRelationship(context: PlanContext, field: TypedField): SqlRootPlan {
  const meaning = meaningOf(field.definition) as ActionRelationship;
  const joined = (rows: RowsPlan): RowsPlan => ({
    ...rows,
    range: { ...rows.range, where: both(joinOutput(meaning), rows.range.where) },
  });
  if (meaning.cardinality === 'aggregate') {
    const { range, fields, columns } = planAggregate(context, meaning.table, field);
    const aggregate = {
      range: { ...range, where: both(joinOutput(meaning), range.where) },
      fields: fields.map((part) => (part.kind === 'nodes' ? { ...part, rows: joined(part.rows) } : part)),
      columns,
    };
    return { kind: 'aggregate', key: field.key, aggregate };
  }
  const args = readArguments(context, field.definition, field.node, field.path);
  const range = planRange(context, meaning.table, args, field.path, meaning.cardinality === 'array');
  const selection = planSelection(context, objectTypeOf(field), field.nodes, field.path);
  const rows = joined({ range, selection });
  return { kind: meaning.cardinality === 'object' ? 'row' : 'rows', key: field.key, rows };
}

/** `column = the handler's field`, the value being a parameter like any other. */
function joinOutput(meaning: ActionRelationship): Predicate {
  const parts = meaning.mapping.map(({ from, to }): Predicate => {
    const column = meaning.table.columnByName.get(to);
    if (!column) throw new EngineError('unexpected', `column "${to}" does not exist`);
    const source = {
      kind: 'variable',
      path: [outputVariable, from],
      encode: encoderOf(column.type),
    } as const;
    const operand = { kind: 'parameter', source, sqlType: sqlTypeOf(column.type) } as const;
    return {
      kind: 'compare',
      subject: columnSubject(bareColumn(to)),
      castTo: null,
      template: 'L = R',
      operand,
    };
  });
  return { kind: 'and', of: parts };
}

/** Like JSON.stringify, with the fetched texts put in place unparsed. */
export function stringifyWith(value: unknown, fragments: Fragments): string {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((item) => stringifyWith(item, fragments)).join(',')}]`;
  const texts = fragments.get(value as Record<string, unknown>);
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}:${texts?.get(key) ?? stringifyWith(item, fragments)}`,
  );
  return `{${members.join(',')}}`;
}
