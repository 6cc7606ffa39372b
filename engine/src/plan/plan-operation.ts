import { isObjectType } from 'graphql';
import { EngineError } from '../errors.ts';
import { both } from '../predicate/types.ts';
import { type CollectedField, collectFields } from '../request/collect-fields.ts';
import { type FieldMeaning, meaningOf } from '../schema/meaning.ts';
import type { TrackedTable } from '../source/types.ts';
import {
  bareType,
  conditionReader,
  objectTypeOf,
  type PlanContext,
  readArguments,
  selectPermission,
  type TypedField,
  typeField,
} from './context.ts';
import { planInsert } from './plan-insert.ts';
import { planDelete, planKeyArguments, planUpdate, planUpdateMany } from './plan-mutation.ts';
import { planAggregate, planRows, planSelection } from './plan-rows.ts';
import { planStream } from './plan-stream.ts';
import type { ActionRootPlan, MutationRootPlan, QueryRootPlan, RowsPlan, SqlRootPlan } from './types.ts';

/** An operation's root fields in document order. */
export type OperationPlan =
  | { readonly kind: 'query' | 'subscription'; readonly roots: readonly QueryRootPlan[] }
  | { readonly kind: 'mutation'; readonly roots: readonly MutationRootPlan[] };

/** Plans a whole operation; every mistake in it is told here, before any SQL. */
export function planOperation(context: PlanContext): OperationPlan {
  const { definition } = context.operation;
  const { schema } = context.roleSchema;
  if (definition.operation === 'mutation') {
    const type = schema.getMutationType();
    if (!type) throw new EngineError('validation-failed', 'no mutations exist', { path: '$' });
    const fields = collectFields(
      context.operation,
      type,
      [definition.selectionSet],
      conditionReader(context.input),
      '$.selectionSet',
    );
    refuseRepeated(fields);
    const roots = fields.map((field) => planMutationRoot(context, typeField(type, field, '$')));
    return { kind: 'mutation', roots };
  }
  const type = definition.operation === 'query' ? schema.getQueryType() : schema.getSubscriptionType();
  if (!type) throw new EngineError('validation-failed', 'no subscriptions exist', { path: '$' });
  const fields = collectFields(
    context.operation,
    type,
    [definition.selectionSet],
    conditionReader(context.input),
    '$.selectionSet',
  );
  const roots = fields.map((field) => {
    const introspects =
      definition.operation === 'query' && (field.name === '__schema' || field.name === '__type');
    if (introspects) {
      checkIntrospection(context);
      return { kind: 'introspection', key: field.key, field } as const;
    }
    return planQueryRoot(context, typeField(type, field, '$'));
  });
  if (definition.operation === 'subscription') checkSubscription(context, roots);
  return { kind: definition.operation, roots };
}

/** `__typename` stays open to every role: clients need it to tell types apart. */
function checkIntrospection(context: PlanContext): void {
  const { role, introspects } = context.roleSchema;
  if (introspects) return;
  throw new EngineError('access-denied', `introspection is disabled for the role "${role}"`, {
    path: '$',
  });
}

/** Whether a write that is asked for twice under one name is meant once or twice, nobody can tell. */
function refuseRepeated(fields: readonly CollectedField[]): void {
  const repeated = fields.find((field) => field.nodes.length > 1);
  if (!repeated) return;
  throw new EngineError(
    'validation-failed',
    `selection of both "${repeated.name}" and "${repeated.name}" specify the same response name, "${repeated.key}"`,
    { path: '$.selectionSet' },
  );
}

/** Several roots need the directive by which a client says that it knows what it asks. */
function checkSubscription(context: PlanContext, roots: readonly QueryRootPlan[]): void {
  const allowed = context.operation.definition.directives?.some(
    (directive) => directive.name.value === '_multiple_top_level_fields',
  );
  if (roots.length > 1 && !allowed) {
    throw new EngineError('validation-failed', 'subscriptions must select one top level field', {
      path: '$',
    });
  }
  // Two streams of one subscription would move on at their own pace, each answer holding old rows of the other.
  if (roots.length > 1 && roots.some((root) => root.kind === 'stream')) {
    throw new EngineError(
      'validation-failed',
      'exactly one root field is allowed for streaming subscriptions',
      { path: '$' },
    );
  }
}

function planQueryRoot(
  context: PlanContext,
  field: TypedField | { readonly key: string; readonly typename: string },
): QueryRootPlan {
  if ('typename' in field) return { kind: 'typename', key: field.key, name: field.typename };
  const meaning = meaningOf(field.definition);
  switch (meaning?.kind) {
    case 'select':
      return { kind: 'rows', key: field.key, rows: planRows(context, meaning.table, field) };
    case 'select_by_pk':
      return { kind: 'row', key: field.key, rows: planRowByKey(context, meaning.table, field) };
    case 'select_aggregate':
      return { kind: 'aggregate', key: field.key, aggregate: planAggregate(context, meaning.table, field) };
    case 'select_stream':
      return { kind: 'stream', key: field.key, stream: planStream(context, meaning.table, field) };
    case 'function':
      return planFunctionRoot(context, meaning, field);
    case 'action':
    case 'async_action_result':
      return planAction(context, field);
    case undefined:
      // Only `no_queries_available` has no meaning of its own.
      return {
        kind: 'typename',
        key: field.key,
        name: 'There are no queries available to the current role.',
      };
    default:
      throw new EngineError('unexpected', `cannot plan query field "${field.name}"`, { path: field.path });
  }
}

function planFunctionRoot(
  context: PlanContext,
  { function: fn, table, answers }: Extract<FieldMeaning, { kind: 'function' }>,
  field: TypedField,
): SqlRootPlan {
  const { key } = field;
  if (answers === 'aggregate')
    return { kind: 'aggregate', key, aggregate: planAggregate(context, table, field, fn.signature) };
  return { kind: answers, key, rows: planRows(context, table, field, fn.signature) };
}

function planRowByKey(context: PlanContext, table: TrackedTable, field: TypedField): RowsPlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  return {
    range: {
      table: { schema: table.catalog.schema, name: table.catalog.name },
      where: both(planKeyArguments(field, args), selectPermission(context, table).filter),
      orderBy: [],
      distinctOn: [],
      limit: { asked: null, maximum: null },
      offset: null,
    },
    selection: planSelection(context, objectTypeOf(field), field.nodes, field.path),
  };
}

function planMutationRoot(
  context: PlanContext,
  field: TypedField | { readonly key: string; readonly typename: string },
): MutationRootPlan {
  if ('typename' in field) return { kind: 'typename', key: field.key, name: field.typename };
  const meaning = meaningOf(field.definition);
  const { key } = field;
  switch (meaning?.kind) {
    case 'insert':
      return { kind: 'write', key, write: planInsert(context, meaning.table, field, meaning.single) };
    case 'update':
      return { kind: 'write', key, write: planUpdate(context, meaning.table, field, false) };
    case 'update_by_pk':
      return { kind: 'write', key, write: planUpdate(context, meaning.table, field, true) };
    case 'update_many':
      return { kind: 'writes', key, writes: planUpdateMany(context, meaning.table, field) };
    case 'delete':
      return { kind: 'write', key, write: planDelete(context, meaning.table, field, false) };
    case 'delete_by_pk':
      return { kind: 'write', key, write: planDelete(context, meaning.table, field, true) };
    case 'function':
      return { kind: 'select', key, select: planFunctionRoot(context, meaning, field) };
    case 'action':
    case 'async_action':
      return planAction(context, field);
    default:
      throw new EngineError('unexpected', `cannot plan mutation field "${field.name}"`, { path: field.path });
  }
}

const ACTION_MODES: Readonly<Partial<Record<FieldMeaning['kind'], ActionRootPlan['mode']>>> = {
  action: 'call',
  async_action: 'start',
  async_action_result: 'result',
};

/** Arguments are checked now, so that a handler is never called with a mistake the schema knows of. */
function planAction(context: PlanContext, field: TypedField): ActionRootPlan {
  const meaning = meaningOf(field.definition);
  const mode = meaning ? ACTION_MODES[meaning.kind] : undefined;
  if (!meaning || !('action' in meaning) || !mode)
    throw new EngineError('unexpected', `"${field.name}" is no action`, { path: field.path });
  readArguments(context, field.definition, field.node, field.path);
  const bare = bareType(field.definition.type);
  return {
    kind: 'action',
    mode,
    key: field.key,
    action: meaning.action,
    outputType: isObjectType(bare) ? bare : null,
    field,
    path: field.path,
  };
}
