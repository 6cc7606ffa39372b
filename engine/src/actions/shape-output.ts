import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { collectTyped, type PlanContext, type TypedField } from '../plan/context.ts';
import { meaningOf } from '../schema/meaning.ts';
import { own } from './check-output.ts';

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

/** Cuts a handler's answer, which `checkOutput` has seen, to what was asked. */
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
    return shape(context, type.ofType as GraphQLOutputType, parents, value, path, pending);
  }
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    return (value as unknown[]).map((item) =>
      shape(context, type.ofType as GraphQLOutputType, parents, item, path, pending),
    );
  }
  return isObjectType(type)
    ? shapeObject(context, type, parents, value as Record<string, unknown>, path, pending)
    : value;
}

function shapeObject(
  context: PlanContext,
  type: GraphQLObjectType,
  parents: readonly Pick<TypedField, 'nodes'>[],
  value: Record<string, unknown>,
  path: string,
  pending: PendingRelationship[],
): Record<string, unknown> {
  // Without a prototype, an alias may be called anything.
  const shaped: Record<string, unknown> = Object.create(null);
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
