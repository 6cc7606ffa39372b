import { z } from 'zod';
import {
  anything,
  boolExp,
  columnList,
  comment,
  fromEnv,
  graphqlName,
  listOf,
  name,
  orUndefined,
  qualifiedName,
} from './common.ts';
import { eventTrigger } from './event-triggers.ts';

/** databases/databases.yaml with the table and function files it includes. */

const rootField = z.union([graphqlName, z.null(), z.strictObject({ name: graphqlName.nullish(), comment })], {
  error: 'expected a name, or { name, comment }',
});

const tableConfiguration = z.strictObject({
  custom_name: graphqlName.nullish().transform(orUndefined),
  comment,
  custom_root_fields: z
    .strictObject({
      select: rootField.nullish().transform(orUndefined),
      select_by_pk: rootField.nullish().transform(orUndefined),
      select_aggregate: rootField.nullish().transform(orUndefined),
      select_stream: rootField.nullish().transform(orUndefined),
      insert: rootField.nullish().transform(orUndefined),
      insert_one: rootField.nullish().transform(orUndefined),
      update: rootField.nullish().transform(orUndefined),
      update_by_pk: rootField.nullish().transform(orUndefined),
      update_many: rootField.nullish().transform(orUndefined),
      delete: rootField.nullish().transform(orUndefined),
      delete_by_pk: rootField.nullish().transform(orUndefined),
    })
    .nullish()
    .transform(orUndefined),
  custom_column_names: z.record(z.string(), graphqlName).nullish().transform(orUndefined),
  column_config: z
    .record(z.string(), z.strictObject({ custom_name: graphqlName.nullish(), comment }))
    .nullish()
    .transform(orUndefined),
});

const manualConfiguration = z.strictObject({
  remote_table: qualifiedName,
  source: name.nullish().transform(orUndefined),
  column_mapping: z.record(z.string(), name),
  insertion_order: z.enum(['before_parent', 'after_parent']).nullish(),
});

const remoteColumns = z
  .strictObject({
    table: qualifiedName,
    column: name.nullish().transform(orUndefined),
    columns: z.array(name).min(1).nullish().transform(orUndefined),
  })
  .refine((given) => (given.column === undefined) !== (given.columns === undefined), {
    error: 'expected either column or columns',
  });

const oneOfBoth = {
  check: (using: { foreign_key_constraint_on?: unknown; manual_configuration?: unknown }): boolean =>
    (using.foreign_key_constraint_on === undefined) !== (using.manual_configuration === undefined),
  error: 'expected either foreign_key_constraint_on or manual_configuration',
};

const objectRelationship = z.strictObject({
  name,
  comment,
  using: z
    .strictObject({
      foreign_key_constraint_on: z
        .union([name, z.array(name).min(1), remoteColumns], {
          error: 'expected a column, a list of columns, or { table, column }',
        })
        .nullish()
        .transform(orUndefined),
      manual_configuration: manualConfiguration.nullish().transform(orUndefined),
    })
    .refine(oneOfBoth.check, { error: oneOfBoth.error }),
});

const arrayRelationship = z.strictObject({
  name,
  comment,
  using: z
    .strictObject({
      foreign_key_constraint_on: remoteColumns.nullish().transform(orUndefined),
      manual_configuration: manualConfiguration.nullish().transform(orUndefined),
    })
    .refine(oneOfBoth.check, { error: oneOfBoth.error }),
});

const computedField = z.strictObject({
  name,
  comment,
  definition: z.strictObject({
    function: qualifiedName,
    table_argument: z.string().nullish(),
    session_argument: z.string().nullish(),
  }),
});

const presets = z.record(z.string(), z.unknown());
const backendOnly = z.boolean().nullish().transform(orUndefined);
const queryRootFields = ['select', 'select_by_pk', 'select_aggregate'] as const;
const subscriptionRootFields = [...queryRootFields, 'select_stream'] as const;

const permission = <Shape extends z.ZodType>(shape: Shape) =>
  listOf(z.strictObject({ role: name, comment, permission: shape }));

/** A tracked table or view, as its own file has it. */
export const table = z.strictObject({
  table: qualifiedName,
  is_enum: z.boolean().nullish().transform(orUndefined),
  configuration: tableConfiguration.nullish().transform(orUndefined),
  object_relationships: listOf(objectRelationship),
  array_relationships: listOf(arrayRelationship),
  computed_fields: listOf(computedField),
  insert_permissions: permission(
    z.strictObject({
      check: boolExp,
      columns: columnList.nullish().transform(orUndefined),
      set: presets.nullish().transform(orUndefined),
      backend_only: backendOnly,
      validate_input: anything,
    }),
  ),
  select_permissions: permission(
    z.strictObject({
      columns: columnList,
      computed_fields: z.array(name).nullish().transform(orUndefined),
      filter: boolExp,
      limit: z.int().min(0).nullish().transform(orUndefined),
      allow_aggregations: z.boolean().nullish().transform(orUndefined),
      query_root_fields: z.array(z.enum(queryRootFields)).nullish(),
      subscription_root_fields: z.array(z.enum(subscriptionRootFields)).nullish(),
    }),
  ),
  update_permissions: permission(
    z.strictObject({
      columns: columnList,
      filter: boolExp,
      check: boolExp.nullish(),
      set: presets.nullish().transform(orUndefined),
      backend_only: backendOnly,
      validate_input: anything,
    }),
  ),
  delete_permissions: permission(
    z.strictObject({ filter: boolExp, backend_only: backendOnly, validate_input: anything }),
  ),
  event_triggers: listOf(eventTrigger),
  remote_relationships: anything,
  apollo_federation_config: anything,
  logical_model: anything,
});

/** A tracked function. */
export const trackedFunction = z.strictObject({
  function: qualifiedName,
  comment,
  configuration: z
    .strictObject({
      custom_name: graphqlName.nullish().transform(orUndefined),
      custom_root_fields: z
        .strictObject({ function: graphqlName.nullish(), function_aggregate: graphqlName.nullish() })
        .nullish()
        .transform(orUndefined),
      session_argument: z.string().nullish(),
      exposed_as: z.enum(['query', 'mutation']).nullish(),
      response: anything,
    })
    .nullish()
    .transform(orUndefined),
  permissions: listOf(z.strictObject({ role: name })),
});

const configuration = z.strictObject({
  connection_info: z.strictObject({
    database_url: fromEnv,
    isolation_level: z
      .enum(['read-committed', 'repeatable-read', 'serializable'])
      .nullish()
      .transform(orUndefined),
    use_prepared_statements: z.boolean().nullish().transform(orUndefined),
    pool_settings: z
      .strictObject({
        connection_lifetime: z.number().nullish().transform(orUndefined),
        idle_timeout: z.number().nullish().transform(orUndefined),
        max_connections: z.int().nullish().transform(orUndefined),
        total_max_connections: z.int().nullish().transform(orUndefined),
        pool_timeout: z.number().nullish().transform(orUndefined),
        retries: z.int().nullish().transform(orUndefined),
      })
      .nullish()
      .transform(orUndefined),
    ssl_configuration: anything,
  }),
  read_replicas: anything,
  extensions_schema: name.nullish().transform(orUndefined),
  connection_template: anything,
});

const customization = z.strictObject({
  naming_convention: z.enum(['hasura-default', 'graphql-default']).nullish().transform(orUndefined),
  root_fields: z
    .strictObject({
      namespace: z.string().nullish().transform(orUndefined),
      prefix: z.string().nullish().transform(orUndefined),
      suffix: z.string().nullish().transform(orUndefined),
    })
    .nullish()
    .transform(orUndefined),
  type_names: z
    .strictObject({
      prefix: z.string().nullish().transform(orUndefined),
      suffix: z.string().nullish().transform(orUndefined),
    })
    .nullish()
    .transform(orUndefined),
});

/** The list of sources; there is one. */
export const sources = listOf(
  z.strictObject({
    name,
    // The first exports of version 3 left the kind out, when there was but one.
    kind: z
      .string()
      .nullish()
      .transform((kind) => (kind === 'pg' ? 'postgres' : (kind ?? 'postgres'))),
    configuration,
    customization: customization.nullish().transform(orUndefined),
    tables: z
      .array(table)
      .nullish()
      .transform((tables) => tables ?? []),
    functions: listOf(trackedFunction),
    native_queries: anything,
    logical_models: anything,
    stored_procedures: anything,
    health_check: anything,
    query_tags: anything,
  }),
);
