import { z } from 'zod';
import {
  anything,
  comment,
  fromEnv,
  graphqlText,
  header,
  listOf,
  name,
  orUndefined,
  uniqueBy,
} from './common.ts';
import { cronSchedule } from './event-triggers.ts';

/** The smaller files of the metadata folder, and config.yaml. */

const positive = z.number().positive();

const limit = <Value extends z.ZodType>(value: Value) =>
  z
    .strictObject({ global: value, per_role: z.record(z.string(), value).nullish().transform(orUndefined) })
    .nullish()
    .transform(orUndefined);

/** `config.yaml` of the project. */
export const configFile = z.strictObject({
  version: z.literal([2, 3], { error: 'expected 2 or 3: projects of config version 1 are not read' }),
  endpoint: z.string().nullish().transform(orUndefined),
  admin_secret: z.string().nullish().transform(orUndefined),
  access_key: z.string().nullish().transform(orUndefined),
  metadata_directory: name.nullish().transform(orUndefined),
  migrations_directory: name.nullish().transform(orUndefined),
  seeds_directory: name.nullish().transform(orUndefined),
  insecure_skip_tls_verify: z.boolean().nullish().transform(orUndefined),
  certificate_authority: z.string().nullish().transform(orUndefined),
  disable_interactive: z.boolean().nullish().transform(orUndefined),
  enable_telemetry: z.boolean().nullish().transform(orUndefined),
  api_paths: z.record(z.string(), z.string()).nullish().transform(orUndefined),
  actions: z
    .strictObject({
      kind: z.string().nullish().transform(orUndefined),
      handler_webhook_baseurl: z.string().nullish().transform(orUndefined),
      codegen: anything,
    })
    .nullish()
    .transform(orUndefined),
});

/** `version.yaml`. */
export const versionFile = z.strictObject({
  version: z.literal([2, 3], { error: 'expected 2 or 3: metadata of version 1 is not read' }),
});

/** An operation of a query collection. */
export const listedQuery = z.strictObject({ name, query: graphqlText });

/** A query collection. */
export const queryCollection = z.strictObject({
  name,
  comment,
  definition: z.strictObject({ queries: uniqueBy(z.array(listedQuery), 'name') }),
});

/** For whom a collection is allowed. */
export const allowlistScope = z
  .strictObject({
    global: z.boolean(),
    roles: uniqueBy(z.array(name).min(1)).nullish().transform(orUndefined),
  })
  .refine((scope) => scope.global === (scope.roles === undefined), {
    error: 'expected roles where global is false, and only there',
  });

/** A collection on the allow list. */
export const allowlistEntry = z.strictObject({
  collection: name,
  scope: allowlistScope.nullish().transform(orUndefined),
});

/** A RESTified endpoint. */
export const restEndpoint = z.strictObject({
  name,
  url: name,
  methods: uniqueBy(z.array(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])).min(1)),
  comment,
  definition: z.strictObject({
    query: z.strictObject({ collection_name: name, query_name: name }),
  }),
});

const cronTriggers = listOf(
  z.strictObject({
    name,
    webhook: fromEnv,
    schedule: cronSchedule,
    include_in_metadata: z.boolean(),
    payload: anything,
    retry_conf: z
      .strictObject({
        num_retries: z.int().nullish().transform(orUndefined),
        retry_interval_seconds: z.int().nullish().transform(orUndefined),
        timeout_seconds: z.int().nullish().transform(orUndefined),
        tolerance_seconds: z.int().nullish().transform(orUndefined),
      })
      .nullish()
      .transform(orUndefined),
    headers: listOf(header),
    comment,
    request_transform: anything,
    response_transform: anything,
  }),
);

/** `api_limits.yaml`. */
export const apiLimits = z.strictObject({
  disabled: z.boolean().nullish().transform(orUndefined),
  depth_limit: limit(z.int().positive()),
  node_limit: limit(z.int().positive()),
  time_limit: limit(positive),
  batch_limit: limit(z.int().positive()),
  rate_limit: limit(
    z.strictObject({
      max_reqs_per_min: z.int().positive(),
      unique_params: z.union([z.literal('IP'), z.literal('ip'), z.array(name)]).nullish(),
    }),
  ),
});

/** An inherited role. */
export const inheritedRole = z.strictObject({ role_name: name, role_set: z.array(name) });

/** `graphql_schema_introspection.yaml`. */
export const introspectionOptions = z.strictObject({ disabled_for_roles: z.array(name) });

/** File name without `.yaml` → key of the metadata and the shape of the file. */
export const otherFiles = {
  allow_list: { key: 'allowlist', schema: uniqueBy(listOf(allowlistEntry), 'collection') },
  api_limits: { key: 'api_limits', schema: apiLimits.nullish().transform(orUndefined) },
  backend_configs: { key: 'backend_configs', schema: anything },
  cron_triggers: { key: 'cron_triggers', schema: cronTriggers },
  graphql_schema_introspection: {
    key: 'graphql_schema_introspection',
    schema: introspectionOptions.nullish().transform(orUndefined),
  },
  inherited_roles: {
    key: 'inherited_roles',
    schema: listOf(inheritedRole),
  },
  metrics_config: { key: 'metrics_config', schema: anything },
  network: {
    key: 'network',
    schema: z.strictObject({ tls_allowlist: anything }).nullish().transform(orUndefined),
  },
  opentelemetry: { key: 'opentelemetry', schema: anything },
  query_collections: { key: 'query_collections', schema: uniqueBy(listOf(queryCollection), 'name') },
  remote_schemas: { key: 'remote_schemas', schema: anything },
  remote_schema_permissions: { key: 'remote_schema_permissions', schema: anything },
  rest_endpoints: { key: 'rest_endpoints', schema: uniqueBy(listOf(restEndpoint), 'name') },
} as const;
