import type { DocumentNode, FieldNode } from 'graphql';
import type { OperationPlan } from '../plan/plan-operation.ts';
import type {
  ActionRootPlan,
  ChangePlan,
  InsertLevel,
  InsertPlan,
  InsertRow,
  InsertStep,
  MutationOutput,
  SqlRootPlan,
  WritePlan,
} from '../plan/types.ts';
import type { ParameterSource } from '../predicate/types.ts';
import type { Operation } from '../request/parse-document.ts';
import type { VariableDefinition } from '../request/variables.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import type { Statement } from '../sql/builder.ts';
import { compileInsert, portionsOf } from '../sql/compile-insert.ts';
import { compileMultiplexed, compileQuery } from '../sql/compile-query.ts';
import { compileStream } from '../sql/compile-stream.ts';
import { compileChange, type WriteStatements } from '../sql/compile-write.ts';
import { hash, type PreparedStatement, prepare } from './statement.ts';

/** A statement ready to run: its text named for reuse, its parameters known by source. */
export interface BoundStatement {
  readonly prepared: PreparedStatement;
  readonly parameters: readonly ParameterSource[];
}

/** One member of a query's answer, in order. */
export type QueryPart =
  | { readonly kind: 'sql'; readonly key: string; readonly column: number }
  | { readonly kind: 'text'; readonly key: string; readonly json: string }
  | {
      readonly kind: 'introspection';
      readonly key: string;
      readonly document: DocumentNode;
      /** The same for the same question. */
      readonly shape: string;
    }
  | { readonly kind: 'action'; readonly key: string; readonly root: ActionRootPlan };

/** A query or subscription ready to run. */
export interface QueryExecutable {
  readonly kind: 'query' | 'subscription';
  readonly parts: readonly QueryPart[];
  /** Null when no root field needs Postgres. */
  readonly statement: BoundStatement | null;
  /** For subscriptions: the statement that serves many at once. */
  readonly multiplexed: BoundStatement | null;
  /** For streaming subscriptions: the value that the first batch comes after. */
  readonly streamFrom: ParameterSource | null;
}

/** A write with the select that follows it where the answer goes beyond the written rows. */
export interface BoundWrite {
  readonly write: BoundStatement;
  readonly reread: BoundStatement | null;
}

/** An update or delete with the statements that carry it out. */
export interface ChangeExecutable {
  readonly kind: ChangePlan['kind'];
  /** Null when there is nothing to run. */
  readonly statements: BoundWrite | null;
  readonly output: MutationOutput;
}

/** An insert with its statements. */
export interface InsertExecutable {
  readonly kind: 'insert';
  readonly plan: InsertPlan;
  /** By level: one statement for all its rows, or a few where one cannot hold them; none for no rows. */
  readonly levels: readonly (readonly BoundWrite[])[];
  /** The statement of one row alone. */
  rowStatements(step: InsertStep): BoundWrite;
}

/** A root field that writes. */
export type WriteExecutable = ChangeExecutable | InsertExecutable;

/** One root field of a mutation, or several that run as one statement. */
export type MutationPart =
  | { readonly kind: 'write'; readonly key: string; readonly write: WriteExecutable }
  | { readonly kind: 'writes'; readonly key: string; readonly writes: readonly ChangeExecutable[] }
  | { readonly kind: 'select'; readonly key: string; readonly select: BoundStatement }
  | { readonly kind: 'text'; readonly key: string; readonly json: string }
  | { readonly kind: 'action'; readonly key: string; readonly root: ActionRootPlan };

/** A mutation ready to run; its parts run in turn. */
export interface MutationExecutable {
  readonly kind: 'mutation';
  readonly parts: readonly MutationPart[];
}

/** Everything about an operation that does not change from request to request. */
export type Executable = QueryExecutable | MutationExecutable;

/** What executing needs beside the executable: the operation it came from. */
export interface PreparedOperation {
  readonly roleSchema: RoleSchema;
  readonly operation: Operation;
  readonly definitions: readonly VariableDefinition[];
}

function bind(statement: Statement): BoundStatement {
  return { prepared: prepare(statement.text), parameters: statement.parameters };
}

/** Compiles a plan once and for all. */
export function compileOperation(plan: OperationPlan, operation: Operation): Executable {
  return plan.kind === 'mutation' ? compileMutation(plan) : compileReads(plan, operation);
}

function compileReads(
  plan: Extract<OperationPlan, { kind: 'query' | 'subscription' }>,
  operation: Operation,
): QueryExecutable {
  const roots: SqlRootPlan[] = [];
  const stream = plan.roots.find((root) => root.kind === 'stream')?.stream;
  // What all introspection fields have in common is looked at once: there may be as many as there are fragments.
  let common: string | undefined;
  const parts = plan.roots.map((root): QueryPart => {
    switch (root.kind) {
      case 'typename':
        return { kind: 'text', key: root.key, json: JSON.stringify(root.name) };
      case 'introspection': {
        const { nodes } = root.field;
        common ??= hash(JSON.stringify(introspectionDocument(operation, [])));
        const shape = common + hash(JSON.stringify(nodes));
        return {
          kind: 'introspection',
          key: root.key,
          document: introspectionDocument(operation, nodes),
          shape,
        };
      }
      case 'action':
        return { kind: 'action', key: root.key, root };
      case 'stream':
        return { kind: 'sql', key: root.key, column: 0 };
      default:
        roots.push(root);
        return { kind: 'sql', key: root.key, column: roots.length - 1 };
    }
  });
  const isSubscription = plan.kind === 'subscription';
  return {
    kind: plan.kind,
    parts,
    statement: roots.length > 0 && !isSubscription ? bind(compileQuery(roots)) : null,
    multiplexed: stream
      ? bind(compileStream(stream))
      : roots.length > 0 && isSubscription
        ? bind(compileMultiplexed(roots))
        : null,
    streamFrom: stream?.initial ?? null,
  };
}

/** The operation with nothing but one introspection field in it, for graphql-js to answer. */
function introspectionDocument(operation: Operation, nodes: readonly FieldNode[]): DocumentNode {
  const { definition } = operation;
  const only = { ...definition, selectionSet: { kind: definition.selectionSet.kind, selections: nodes } };
  return {
    kind: operation.document.kind,
    definitions: [only, ...operation.fragments.values()],
  } as DocumentNode;
}

function compileMutation(plan: Extract<OperationPlan, { kind: 'mutation' }>): MutationExecutable {
  const parts = plan.roots.map((root): MutationPart => {
    switch (root.kind) {
      case 'typename':
        return { kind: 'text', key: root.key, json: JSON.stringify(root.name) };
      case 'write':
        return { kind: 'write', key: root.key, write: writeExecutable(root.write) };
      case 'select':
        return { kind: 'select', key: root.key, select: bind(compileQuery([root.select])) };
      case 'writes':
        return { kind: 'writes', key: root.key, writes: root.writes.map(changeExecutable) };
      case 'action':
        return { kind: 'action', key: root.key, root };
    }
  });
  return { kind: 'mutation', parts };
}

function writeExecutable(plan: WritePlan): WriteExecutable {
  return plan.kind === 'insert' ? insertExecutable(plan) : changeExecutable(plan);
}

/** An update that sets nothing touches and answers nothing, as on the reference. */
function changeExecutable(plan: ChangePlan): ChangeExecutable {
  const isEmpty = plan.kind === 'update' && plan.assignments.length === 0;
  return {
    kind: plan.kind,
    statements: isEmpty ? null : bindWrite(compileChange(plan)),
    output: plan.output,
  };
}

function insertExecutable(plan: InsertPlan): InsertExecutable {
  const compile = (level: InsertLevel, rows: readonly InsertRow[]): BoundWrite =>
    bindWrite(compileInsert(level, rows, level.id === plan.top ? plan.output : null));
  const single = new Map<InsertRow, BoundWrite>();
  return {
    kind: 'insert',
    plan,
    levels: plan.levels.map((level) => portionsOf(level).map((rows) => compile(level, rows))),
    rowStatements(step) {
      const level = plan.levels[step.level] as InsertLevel;
      const row = level.rows[step.row] as InsertRow;
      const statements = single.get(row) ?? compile(level, [row]);
      single.set(row, statements);
      return statements;
    },
  };
}

function bindWrite({ write, reread }: WriteStatements): BoundWrite {
  return { write: bind(write), reread: reread ? bind(reread) : null };
}
