import { z } from 'zod';
import {
  anything,
  comment,
  graphqlName,
  graphqlType,
  header,
  listOf,
  name,
  orUndefined,
  qualifiedName,
} from './common.ts';

/**
 * actions.yaml: what actions.graphql cannot say. Arguments and types are in the SDL; here each action has its
 * handler and roles, and each type is named once more, objects with their relationships.
 */

const definition = z.strictObject({
  // The CLI has written an empty kind for synchronous actions.
  kind: z.enum(['synchronous', 'asynchronous', '']).nullish().transform(orUndefined),
  handler: z.string().min(1),
  headers: listOf(header),
  forward_client_headers: z.boolean().nullish().transform(orUndefined),
  timeout: z.int().positive().nullish().transform(orUndefined),
  request_transform: anything,
  response_transform: anything,
});

const permissions = listOf(z.strictObject({ role: name }));

/** Some tools write the types here as well: they count where actions.graphql does not speak of them. */
const inlineDefinition = definition.extend({
  type: anything,
  arguments: anything,
  output_type: anything,
  ignored_client_headers: anything,
});

const action = z.strictObject({ name, comment, definition: inlineDefinition, permissions });

/** An action with its types beside it, as the metadata API speaks of it. */
export const wholeAction = z.strictObject({
  name: graphqlName,
  comment,
  definition: definition.extend({
    type: z.enum(['query', 'mutation']).nullish(),
    arguments: listOf(z.strictObject({ name: graphqlName, type: graphqlType, description: comment })),
    output_type: graphqlType,
    ignored_client_headers: anything,
  }),
  permissions,
});

const relationships = listOf(
  z.strictObject({
    name,
    type: z.enum(['object', 'array']),
    source: name.nullish().transform(orUndefined),
    remote_table: qualifiedName,
    field_mapping: z.record(z.string(), name),
  }),
);

const field = z.strictObject({
  name: graphqlName,
  type: graphqlType,
  description: comment,
  arguments: anything,
});
const fields = z.array(field).min(1);

/** One type of actions of each kind, whole. */
export const wholeTypes = {
  enums: z.strictObject({
    name: graphqlName,
    description: comment,
    values: z
      .array(z.strictObject({ value: graphqlName, description: comment, is_deprecated: anything }))
      .min(1),
  }),
  input_objects: z.strictObject({ name: graphqlName, description: comment, fields }),
  objects: z.strictObject({ name: graphqlName, description: comment, fields, relationships }),
  scalars: z.strictObject({ name: graphqlName, description: comment }),
} as const;

/** The types of actions as the metadata API speaks of them. */
export const wholeCustomTypes = z.strictObject({
  enums: listOf(wholeTypes.enums),
  input_objects: listOf(wholeTypes.input_objects),
  objects: listOf(wholeTypes.objects),
  scalars: listOf(wholeTypes.scalars),
});

const namedType = z.strictObject({ name, description: comment });
const enumType = namedType.extend({ values: anything });
const inputType = namedType.extend({ fields: anything });
const objectType = namedType.extend({ fields: anything, relationships });

/** `actions.yaml`. */
export const actionsFile = z.strictObject({
  actions: listOf(action),
  custom_types: z
    .strictObject({
      enums: listOf(enumType),
      input_objects: listOf(inputType),
      objects: listOf(objectType),
      scalars: listOf(namedType),
    })
    .nullish(),
});

/** What `actions.yaml` holds. */
export type ActionsFile = z.infer<typeof actionsFile>;
