import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { EngineError } from '../errors.ts';
import { collectTyped, type PlanContext, type TypedField } from '../plan/context.ts';
import { meaningOf } from '../schema/meaning.ts';

/** A relationship found on the way: which rows to fetch for which place of the answer. */
export interface PendingRelationship {
  readonly field: TypedField;
  readonly values: Readonly<Record<string, unknown>>;
  /** The object of the answer that waits for it. */
  readonly holder: Record<string, unknown>;
}

/** A handler's answer cut to the selection, and the relationships still to be filled in. */
export interface ShapedOutput {
  readonly value: unknown;
  readonly pending: readonly PendingRelationship[];
}

/** Cuts a handler's answer to what was asked and checks it against the output type. */
export function shapeOutput(context: PlanContext, field: TypedField, body: unknown): ShapedOutput {
  const pending: PendingRelationship[] = [];
  const value = shape(context, field.definition.type, [field], body, field.path, pending);
  return { value, pending };
}

function shape(
  context: PlanContext,
  type: GraphQLOutputType,
  parents: readonly Pick<TypedField, 'nodes'>[],
  value: unknown,
  path: string,
  pending: PendingRelationship[],
): unknown {
  if (isNonNullType(type)) {
    if (value === null || value === undefined)
      throw unexpected('expecting not null value for the action webhook response');
    return shape(context, type.ofType as GraphQLOutputType, parents, value, path, pending);
  }
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    if (!Array.isArray(value)) throw unexpected('expecting array for action webhook response but got object');
    return value.map((item) =>
      shape(context, type.ofType as GraphQLOutputType, parents, item, path, pending),
    );
  }
  if (isObjectType(type)) {
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw unexpected(
        Array.isArray(value)
          ? 'expecting object for action webhook response but got array'
          : 'expecting object or array of objects for action webhook response',
      );
    }
    return shapeObject(context, type, parents, value as Record<string, unknown>, path, pending);
  }
  if (isEnumType(type) && !type.getValue(String(value))) {
    throw unexpected(
      `"${String(value)}" is no value of the enum ${type.name} in the action webhook response`,
    );
  }
  return value;
}

function shapeObject(
  context: PlanContext,
  type: GraphQLObjectType,
  parents: readonly Pick<TypedField, 'nodes'>[],
  value: Record<string, unknown>,
  path: string,
  pending: PendingRelationship[],
): Record<string, unknown> {
  checkRequired(type, value);
  const shaped: Record<string, unknown> = {};
  for (const field of collectTyped(
    context,
    type,
    parents.flatMap((parent) => parent.nodes),
    path,
  )) {
    if ('typename' in field) shaped[field.key] = field.typename;
    else if (meaningOf(field.definition)?.kind === 'action_relationship') {
      // Its place is kept, so that the answer's keys stay in the order they were asked for.
      shaped[field.key] = null;
      pending.push({ field, values: value, holder: shaped });
    } else
      shaped[field.key] = shape(
        context,
        field.definition.type,
        [field],
        own(value, field.name),
        field.path,
        pending,
      );
  }
  return shaped;
}

/** A non-null field that the handler left out is an error even where it was not asked for. */
function checkRequired(type: GraphQLObjectType, value: Record<string, unknown>): void {
  for (const field of Object.values(type.getFields())) {
    if (meaningOf(field)?.kind !== 'action_output' || !isNonNullType(field.type)) continue;
    const given = own(value, field.name);
    if (given === undefined)
      throw unexpected(`field "${field.name}" expected in webhook response, but not found`);
    if (given === null) throw unexpected(`expecting not null value for field "${field.name}"`);
  }
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function unexpected(message: string): EngineError {
  return new EngineError('unexpected', message, { status: 500 });
}
