import { z } from 'zod';
import { anything, comment, header, listOf, name, orUndefined, qualifiedName } from './common.ts';

/**
 * actions.yaml: what actions.graphql cannot say. Arguments and types are in the SDL; here each action has its
 * handler and roles, and each type is named once more, objects with their relationships.
 */

const action = z.strictObject({
  name,
  comment,
  definition: z.strictObject({
    // The CLI has written an empty kind for synchronous actions.
    kind: z.enum(['synchronous', 'asynchronous', '']).nullish().transform(orUndefined),
    handler: z.string().min(1),
    headers: listOf(header),
    forward_client_headers: z.boolean().nullish().transform(orUndefined),
    timeout: z.int().positive().nullish().transform(orUndefined),
    request_transform: anything,
    response_transform: anything,
  }),
  permissions: listOf(z.strictObject({ role: name })),
});

const namedType = z.strictObject({ name, description: comment });

const objectType = z.strictObject({
  name,
  description: comment,
  relationships: listOf(
    z.strictObject({
      name,
      type: z.enum(['object', 'array']),
      source: name.nullish().transform(orUndefined),
      remote_table: qualifiedName,
      field_mapping: z.record(z.string(), name),
    }),
  ),
});

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

export type ActionsFile = z.infer<typeof actionsFile>;
