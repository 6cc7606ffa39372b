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

const action = z.strictObject({ name, comment, definition, permissions });

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

/** The types of actions as the metadata API speaks of them. */
export const wholeCustomTypes = z.strictObject({
  enums: listOf(
    z.strictObject({
      name: graphqlName,
      description: comment,
      values: z
        .array(z.strictObject({ value: graphqlName, description: comment, is_deprecated: anything }))
        .min(1),
    }),
  ),
  input_objects: listOf(z.strictObject({ name: graphqlName, description: comment, fields })),
  objects: listOf(z.strictObject({ name: graphqlName, description: comment, fields, relationships })),
  scalars: listOf(z.strictObject({ name: graphqlName, description: comment })),
});

const namedType = z.strictObject({ name, description: comment });

const objectType = z.strictObject({ name, description: comment, relationships });

/** `actions.yaml`. */
export const actionsFile = z.strictObject({
  actions: listOf(action),
  custom_types: z
    .strictObject({
      enums: listOf(namedType),
      input_objects: listOf(namedType),
      objects: listOf(objectType),
      scalars: listOf(namedType),
    })
    .nullish(),
});

/** What `actions.yaml` holds. */
export type ActionsFile = z.infer<typeof actionsFile>;
