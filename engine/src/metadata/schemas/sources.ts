import { z } from 'zod';
import { anything, boolExp, columnList, comment, fromEnv, listOf, name, qualifiedName } from './common.ts';

/** databases/databases.yaml with the table and function files it includes. */

const rootField = z.union([z.string(), z.null(), z.strictObject({ name: z.string().nullish(), comment })], {
  error: 'expected a name, or { name, comment }',
});

const tableConfiguration = z.strictObject({
  custom_name: name.optional(),
  comment,
  custom_root_fields: z
    .strictObject({
      select: rootField.optional(),
      select_by_pk: rootField.optional(),
      select_aggregate: rootField.optional(),
      select_stream: rootField.optional(),
      insert: rootField.optional(),
      insert_one: rootField.optional(),
      update: rootField.optional(),
      update_by_pk: rootField.optional(),
      update_many: rootField.optional(),
      delete: rootField.optional(),
      delete_by_pk: rootField.optional(),
    })
    .optional(),
  custom_column_names: z.record(z.string(), name).optional(),
  column_config: z
    .record(z.string(), z.strictObject({ custom_name: z.string().nullish(), comment }))
    .optional(),
});

const manualConfiguration = z.strictObject({
  remote_table: qualifiedName,
  source: name.optional(),
  column_mapping: z.record(z.string(), name),
  insertion_order: z.enum(['before_parent', 'after_parent']).nullish(),
});

const remoteColumns = z
  .strictObject({
    table: qualifiedName,
    column: name.optional(),
    columns: z.array(name).min(1).optional(),
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
        .optional(),
      manual_configuration: manualConfiguration.optional(),
    })
    .refine(oneOfBoth.check, { error: oneOfBoth.error }),
});

const arrayRelationship = z.strictObject({
  name,
  comment,
  using: z
    .strictObject({
      foreign_key_constraint_on: remoteColumns.optional(),
      manual_configuration: manualConfiguration.optional(),
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
const backendOnly = z.boolean().optional();
const rootFieldKinds = z.array(z.string()).nullish();

const permission = <Shape extends z.ZodType>(shape: Shape) =>
  listOf(z.strictObject({ role: name, comment, permission: shape }));

const table = z.strictObject({
  table: qualifiedName,
  is_enum: z.boolean().optional(),
  configuration: tableConfiguration.optional(),
  object_relationships: listOf(objectRelationship),
  array_relationships: listOf(arrayRelationship),
  computed_fields: listOf(computedField),
  insert_permissions: permission(
    z.strictObject({
      check: boolExp,
      columns: columnList.optional(),
      set: presets.optional(),
      backend_only: backendOnly,
      validate_input: anything,
    }),
  ),
  select_permissions: permission(
    z.strictObject({
      columns: columnList,
      computed_fields: z.array(name).optional(),
      filter: boolExp,
      limit: z.int().min(0).optional(),
      allow_aggregations: z.boolean().optional(),
      query_root_fields: rootFieldKinds,
      subscription_root_fields: rootFieldKinds,
    }),
  ),
  update_permissions: permission(
    z.strictObject({
      columns: columnList,
      filter: boolExp,
      check: boolExp.nullish(),
      set: presets.optional(),
      backend_only: backendOnly,
      validate_input: anything,
    }),
  ),
  delete_permissions: permission(
    z.strictObject({ filter: boolExp, backend_only: backendOnly, validate_input: anything }),
  ),
  event_triggers: anything,
  remote_relationships: anything,
  apollo_federation_config: anything,
  logical_model: anything,
});

const trackedFunction = z.strictObject({
  function: qualifiedName,
  comment,
  configuration: z
    .strictObject({
      custom_name: name.optional(),
      custom_root_fields: z
        .strictObject({ function: z.string().nullish(), function_aggregate: z.string().nullish() })
        .optional(),
      session_argument: z.string().nullish(),
      exposed_as: z.enum(['query', 'mutation']).nullish(),
      response: anything,
    })
    .optional(),
  permissions: listOf(z.strictObject({ role: name })),
});

const configuration = z.strictObject({
  connection_info: z.strictObject({
    database_url: fromEnv,
    isolation_level: z.enum(['read-committed', 'repeatable-read', 'serializable']).optional(),
    use_prepared_statements: z.boolean().optional(),
    pool_settings: z
      .strictObject({
        connection_lifetime: z.number().optional(),
        idle_timeout: z.number().optional(),
        max_connections: z.int().optional(),
        total_max_connections: z.int().optional(),
        pool_timeout: z.number().optional(),
        retries: z.int().optional(),
      })
      .optional(),
    ssl_configuration: anything,
  }),
  read_replicas: anything,
  extensions_schema: anything,
  connection_template: anything,
});

const customization = z.strictObject({
  naming_convention: z.enum(['hasura-default', 'graphql-default']).optional(),
  root_fields: z
    .strictObject({
      namespace: z.string().optional(),
      prefix: z.string().optional(),
      suffix: z.string().optional(),
    })
    .optional(),
  type_names: z.strictObject({ prefix: z.string().optional(), suffix: z.string().optional() }).optional(),
});

export const sources = listOf(
  z.strictObject({
    name,
    kind: z.string(),
    configuration,
    customization: customization.optional(),
    tables: z
      .array(table)
      .nullish()
      .transform((tables) => tables ?? []),
    functions: listOf(trackedFunction),
    native_queries: anything,
    logical_models: anything,
    stored_procedures: anything,
    health_check: anything,
  }),
);
