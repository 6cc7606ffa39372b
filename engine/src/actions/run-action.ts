import { type GraphQLOutputType, getNamedType, isScalarType } from 'graphql';
import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { ReadyOperation } from '../execute/operation-cache.ts';
import type { Pool } from '../execute/pool.ts';
import { type PlanContext, readArguments, type TypedField, typeField } from '../plan/context.ts';
import type { ActionRootPlan } from '../plan/types.ts';
import { encodeScalar } from '../predicate/encode.ts';
import { meaningOf } from '../schema/meaning.ts';
import { forwardedHeaders } from '../webhook/client-headers.ts';
import { findActionRun, startActionRun } from './action-log.ts';
import { callHandler } from './call-handler.ts';
import { checkOutput } from './check-output.ts';
import { fetchRelationships, stringifyWith } from './fetch-relationships.ts';
import { toPlainInput } from './plain-input.ts';
import { shapeOutput } from './shape-output.ts';
import { toResult } from './to-result.ts';
import type { HandlerDeps } from './types.ts';

/** The request around an action. */
export interface ActionScope {
  readonly pool: Pool;
  readonly ready: ReadyOperation;
  readonly session: Session;
  readonly clientHeaders: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly requestQuery: string;
  readonly handlers: HandlerDeps;
  readonly stringifyNumeric: boolean;
  /** Whether the session may see what went wrong inside. */
  readonly showsInternal: boolean;
  readonly onSetCookie: (cookie: string) => void;
  /** Told of an asynchronous action that waits for its handler. */
  readonly onStarted: () => void;
}

/** Answers an action's root field with JSON text. */
export async function runAction(root: ActionRootPlan, scope: ActionScope): Promise<string> {
  const { ready } = scope;
  const context: PlanContext = {
    roleSchema: ready.roleSchema,
    operation: ready.operation,
    input: {
      definitions: ready.definitions,
      variables: ready.variables,
      budget: ready.budget(),
      onBakedVariable: () => undefined,
    },
    stringifyNumeric: scope.stringifyNumeric,
    bounds: ready.bounds,
  };
  const field = rootField(context, root);
  const input = toPlainInput(readArguments(context, field.definition, field.node, field.path));
  switch (root.mode) {
    case 'call':
      return call(context, root, field, input, scope);
    case 'start':
      return start(root, input, scope);
    case 'result':
      return lookUp(context, root, field, encodeScalar(input.id) ?? '', scope);
  }
}

/** Calls the handler, checks its answer, fills in relationships under the role's own permissions. */
async function call(
  context: PlanContext,
  root: ActionRootPlan,
  field: TypedField,
  input: Readonly<Record<string, unknown>>,
  scope: ActionScope,
): Promise<string> {
  const { body, setCookie } = await callHandler(
    {
      action: root.action,
      input,
      session: scope.session,
      clientHeaders: scope.clientHeaders,
      requestQuery: scope.requestQuery,
      requestId: scope.requestId,
      checkOutput: (answer) => checkOutput(outputOf(field), answer),
    },
    scope.handlers,
  );
  const json = await render(context, root, field, body, scope);
  for (const cookie of setCookie) scope.onSetCookie(cookie);
  return json;
}

/** What the handler has to answer: of a scalar the field shows less than the action declares. */
function outputOf({ definition }: TypedField): GraphQLOutputType {
  const meaning = meaningOf(definition);
  return meaning?.kind === 'action' && isScalarType(getNamedType(definition.type))
    ? meaning.output
    : definition.type;
}

/** Leaves the call to the background and answers its id. */
async function start(
  root: ActionRootPlan,
  input: Readonly<Record<string, unknown>>,
  scope: ActionScope,
): Promise<string> {
  const { definition, name } = root.action;
  const id = await startActionRun(scope.pool, {
    actionName: name,
    input,
    sessionVariables: scope.session.variables,
    requestHeaders: definition.forward_client_headers ? forwardedHeaders(scope.clientHeaders) : {},
  });
  scope.onStarted();
  return JSON.stringify(id);
}

/** What has become of a call in the background; null for whoever did not start it. */
async function lookUp(
  context: PlanContext,
  root: ActionRootPlan,
  field: TypedField,
  id: string,
  scope: ActionScope,
): Promise<string> {
  const run = await findActionRun(scope.pool, root.action.name, id, scope.session);
  const result = run ? toResult(run, field.definition.type, scope.showsInternal) : null;
  return render(context, root, field, result, scope);
}

async function render(
  context: PlanContext,
  root: ActionRootPlan,
  field: TypedField,
  body: unknown,
  scope: ActionScope,
): Promise<string> {
  const { value, pending } = shapeOutput(context, field, body);
  const { pool, session, ready } = scope;
  const fragments = await fetchRelationships(context, root, pending, {
    pool,
    limits: ready.limits,
    session,
    variables: ready.variables,
  });
  return stringifyWith(value, fragments);
}

function rootField(context: PlanContext, root: ActionRootPlan): TypedField {
  const { schema } = context.roleSchema;
  const types = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  const type = types[context.operation.definition.operation];
  const field = type ? typeField(type, root.field, '$') : undefined;
  if (!field || 'typename' in field)
    throw new EngineError('unexpected', `"${root.field.name}" is no action`, { path: root.path });
  return field;
}
