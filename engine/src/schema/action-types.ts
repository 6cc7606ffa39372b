import {
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isScalarType,
  parseType,
  type TypeNode,
} from 'graphql';
import type { ActionMetadata, CustomObjectType } from '../metadata/types.ts';
import { keyOf } from '../source/qualified-name.ts';
import { type BuildContext, selectOf, sortedFields } from './build-context.ts';
import { meaning } from './meaning.ts';
import { rowType, selectArguments, tableAggregateType } from './object-types.ts';
import { scalarByName } from './scalars.ts';

/** Whether the role may call an action. */
export function mayCall(context: BuildContext, action: ActionMetadata): boolean {
  return context.role === 'admin' || (action.permissions ?? []).some(({ role }) => context.lineage.has(role));
}

/** Whether an action answers with an id at once and with its output later. */
export function isAsynchronous({ definition }: ActionMetadata): boolean {
  return definition.kind === 'asynchronous';
}

/** The root field that calls an action: it answers the output, or the id of an asynchronous one. */
export function actionField(
  context: BuildContext,
  action: ActionMetadata,
): GraphQLFieldConfig<unknown, unknown> {
  const args = actionArguments(context, action);
  const description = action.comment ?? null;
  if (isAsynchronous(action)) {
    const type = new GraphQLNonNull(scalarByName('uuid'));
    return { type, args, description, extensions: meaning({ kind: 'async_action', action }) };
  }
  const output = outputType(context, parseType(action.definition.output_type));
  return {
    type: shownOutput(output),
    args,
    description,
    extensions: meaning({ kind: 'action', action, output }),
  };
}

/** An output of objects as it is declared; a scalar is shown bare and not null, lists or not, as by the reference. */
function shownOutput(declared: GraphQLOutputType): GraphQLOutputType {
  const bare = getNamedType(declared);
  return isScalarType(bare) ? new GraphQLNonNull(bare) : declared;
}

/** The field of queries and subscriptions that tells what has become of an asynchronous action. */
export function actionResultField(
  context: BuildContext,
  action: ActionMetadata,
): GraphQLFieldConfig<unknown, unknown> {
  const id = new GraphQLNonNull(scalarByName('uuid'));
  return {
    type: context.object(action.name, () => {
      const output = outputType(context, parseType(action.definition.output_type));
      return new GraphQLObjectType({
        name: action.name,
        description: `fields of action: "${action.name}"`,
        fields: {
          created_at: {
            type: new GraphQLNonNull(scalarByName('timestamptz')),
            description: 'the time at which this action was created',
          },
          errors: { type: scalarByName('json'), description: 'errors related to the invocation' },
          id: { type: id, description: 'the unique id of an action' },
          output: {
            type: getNullableType(output),
            description: 'the output fields of this action',
            extensions: meaning({ kind: 'async_action_output', type: output }),
          },
        },
      });
    }),
    args: { id: { type: id, description: 'the unique id of an action' } },
    description: action.comment ?? null,
    extensions: meaning({ kind: 'async_action_result', action }),
  };
}

function actionArguments(context: BuildContext, action: ActionMetadata): GraphQLFieldConfigArgumentMap {
  return sortedFields(
    Object.fromEntries(
      (action.definition.arguments ?? []).map((argument) => [
        argument.name,
        { type: inputType(context, parseType(argument.type)), description: argument.description ?? null },
      ]),
    ),
  );
}

function outputType(context: BuildContext, node: TypeNode): GraphQLOutputType {
  if (node.kind === 'NonNullType')
    return new GraphQLNonNull(outputType(context, node.type) as GraphQLObjectType);
  if (node.kind === 'ListType') return new GraphQLList(outputType(context, node.type));
  const name = node.name.value;
  const { objects, enums, scalars } = context.source.customTypes;
  const object = objects?.find((type) => type.name === name);
  if (object) return objectType(context, object);
  if (enums?.some((type) => type.name === name)) return enumType(context, name);
  return scalarByName(name, scalars?.find((type) => type.name === name)?.description);
}

function inputType(context: BuildContext, node: TypeNode): GraphQLInputType {
  if (node.kind === 'NonNullType')
    return new GraphQLNonNull(inputType(context, node.type) as GraphQLInputObjectType);
  if (node.kind === 'ListType') return new GraphQLList(inputType(context, node.type));
  const name = node.name.value;
  const { input_objects: inputObjects, enums, scalars } = context.source.customTypes;
  const inputObject = inputObjects?.find((type) => type.name === name);
  if (inputObject) {
    return context.custom(name, () => {
      return new GraphQLInputObjectType({
        name,
        description: inputObject.description ?? null,
        fields: () =>
          sortedFields(
            Object.fromEntries(
              inputObject.fields.map((field) => [
                field.name,
                { type: inputType(context, parseType(field.type)), description: field.description ?? null },
              ]),
            ),
          ),
      });
    });
  }
  if (enums?.some((type) => type.name === name)) return enumType(context, name);
  return scalarByName(name, scalars?.find((type) => type.name === name)?.description);
}

function enumType(context: BuildContext, name: string): GraphQLEnumType {
  return context.custom(name, () => {
    const type = context.source.customTypes.enums?.find((candidate) => candidate.name === name);
    const values = (type?.values ?? []).map((value) => [
      value.value,
      {
        description: value.description ?? null,
        ...(value.is_deprecated ? { deprecationReason: 'No longer supported' } : {}),
      },
    ]);
    return new GraphQLEnumType({
      name,
      description: type?.description ?? null,
      values: sortedFields(Object.fromEntries(values)),
    });
  });
}

function objectType(context: BuildContext, type: CustomObjectType): GraphQLObjectType {
  return context.custom(type.name, () => {
    return new GraphQLObjectType({
      name: type.name,
      description: type.description ?? null,
      fields: () => {
        const fields: Record<string, GraphQLFieldConfig<unknown, unknown>> = {};
        for (const field of type.fields) {
          fields[field.name] = {
            type: outputType(context, parseType(field.type)),
            description: field.description ?? null,
            extensions: meaning({ kind: 'action_output' }),
          };
        }
        Object.assign(fields, relationshipFields(context, type));
        return sortedFields(fields);
      },
    });
  });
}

function relationshipFields(
  context: BuildContext,
  type: CustomObjectType,
): Record<string, GraphQLFieldConfig<unknown, unknown>> {
  const fields: Record<string, GraphQLFieldConfig<unknown, unknown>> = {};
  for (const relationship of type.relationships ?? []) {
    const table = context.source.tables.get(keyOf(relationship.remote_table));
    if (!table || !selectOf(context, table)) continue;
    const mapping = Object.entries(relationship.field_mapping).map(([from, to]) => ({ from, to }));
    const row = rowType(context, table);
    const isArray = relationship.type === 'array';
    fields[relationship.name] = {
      type: isArray ? new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(row))) : row,
      ...(isArray ? { args: selectArguments(context, table) } : {}),
      description: isArray ? 'An array relationship' : 'An object relationship',
      extensions: meaning({ kind: 'action_relationship', cardinality: relationship.type, table, mapping }),
    };
    if (!isArray || !selectOf(context, table)?.allowAggregations) continue;
    fields[`${relationship.name}_aggregate`] = {
      type: new GraphQLNonNull(tableAggregateType(context, table)),
      args: selectArguments(context, table),
      description: 'An aggregate relationship',
      extensions: meaning({ kind: 'action_relationship', cardinality: 'aggregate', table, mapping }),
    };
  }
  return fields;
}
