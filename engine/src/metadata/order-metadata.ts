import { isJsonObject } from '../json/json-values.ts';
import type { Metadata } from './types.ts';

/**
 * Metadata in the order in which the reference exports it: lists sorted by what names their entries, keys as
 * its serialiser writes them, and nothing that says nothing.
 */
export function orderMetadata(metadata: Metadata): Metadata {
  return metadataOrder(metadata) as Metadata;
}

type Arrange = (value: unknown) => unknown;

/** As it is: expressions, templates and lists whose order is the author's. */
const asIs: Arrange = (value) => value;

/** An object with the given keys first and in this order, then whatever else it has. */
function object(keys: Readonly<Record<string, Arrange>>): Arrange {
  return (value) => {
    if (!isObject(value)) return value;
    const names = [...Object.keys(keys), ...Object.keys(value).filter((name) => !Object.hasOwn(keys, name))];
    const entries = names.flatMap((name): [string, unknown][] => {
      const part = value[name];
      if (part === undefined || part === null) return part === null && keeps.has(name) ? [[name, null]] : [];
      const arranged = (keys[name] ?? asIs)(part);
      return arranged === undefined ? [] : [[name, arranged]];
    });
    return Object.fromEntries(entries);
  };
}

/** Keys whose null the reference writes. */
const keeps: ReadonlySet<string> = new Set([
  'check',
  'insertion_order',
  'query_root_fields',
  'subscription_root_fields',
]);

/** A list that is left out when it is empty. */
function list(item: Arrange): Arrange {
  return (value) => {
    if (!Array.isArray(value)) return value;
    return value.length === 0 ? undefined : value.map(item);
  };
}

/** The same, sorted by what names each entry. */
function sorted(item: Arrange, nameOf: (entry: Record<string, unknown>) => unknown): Arrange {
  const arrange = list(item);
  return (value) => {
    if (!Array.isArray(value)) return value;
    const keyed = value.map((entry) => ({ entry, key: sortKey(nameOf(entry as Record<string, unknown>)) }));
    keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
    return arrange(keyed.map(({ entry }) => entry));
  };
}

function sortKey(name: unknown): string {
  const { schema, name: bare } = qualified(name);
  return `${schema}\u0000${bare}`;
}

function qualified(name: unknown): { schema: string; name: string } {
  if (isObject(name)) return { schema: String(name.schema ?? 'public'), name: String(name.name) };
  return { schema: 'public', name: String(name) };
}

/** An object whose keys have no order of their own; parts that are not named are arranged by `others`. */
function alphabetical(parts: Readonly<Record<string, Arrange>>, others: Arrange = asIs): Arrange {
  return (value) => {
    if (!isObject(value)) return value;
    const names = Object.keys(value).sort();
    return Object.fromEntries(names.map((name) => [name, (parts[name] ?? others)(value[name])]));
  };
}

/** Leaves out an object that holds nothing. */
function filled(arrange: Arrange): Arrange {
  return (value) => {
    const arranged = arrange(value);
    return isObject(arranged) && Object.keys(arranged).length === 0 ? undefined : arranged;
  };
}

/** Leaves out what is false, which is what its absence means. */
const flag: Arrange = (value) => (value === false ? undefined : value);

const byName = (entry: Record<string, unknown>): unknown => entry.name;
const byRole = (entry: Record<string, unknown>): unknown => entry.role;

const qualifiedName: Arrange = (value) => {
  const { schema, name } = qualified(value);
  return { name, schema };
};

const headers = list(object({ name: asIs, value: asIs, value_from_env: asIs }));
const retryConf = object({
  interval_sec: asIs,
  num_retries: asIs,
  timeout_sec: asIs,
});

const using = object({
  foreign_key_constraint_on: (on) =>
    isObject(on) ? object({ column: asIs, columns: asIs, table: qualifiedName })(on) : on,
  manual_configuration: object({
    column_mapping: asIs,
    insertion_order: asIs,
    remote_table: qualifiedName,
    source: asIs,
  }),
});
const relationship = object({ name: asIs, using, comment: asIs });

const permission = (keys: Readonly<Record<string, Arrange>>): Arrange =>
  sorted(object({ role: asIs, permission: object(keys), comment: asIs }), byRole);

const table = object({
  table: qualifiedName,
  is_enum: flag,
  configuration: filled(
    alphabetical({
      column_config: alphabetical({}, alphabetical({})),
      custom_column_names: alphabetical({}),
      custom_root_fields: alphabetical({}, alphabetical({})),
    }),
  ),
  object_relationships: sorted(relationship, byName),
  array_relationships: sorted(relationship, byName),
  computed_fields: sorted(
    object({
      name: asIs,
      definition: object({ function: qualifiedName, session_argument: asIs, table_argument: asIs }),
      comment: asIs,
    }),
    byName,
  ),
  remote_relationships: list(asIs),
  insert_permissions: permission({
    check: asIs,
    set: filled(alphabetical({})),
    columns: asIs,
    backend_only: flag,
  }),
  select_permissions: permission({
    columns: asIs,
    computed_fields: list(asIs),
    filter: asIs,
    limit: asIs,
    allow_aggregations: flag,
    query_root_fields: asIs,
    subscription_root_fields: asIs,
  }),
  update_permissions: permission({
    columns: asIs,
    filter: asIs,
    check: asIs,
    set: filled(alphabetical({})),
    backend_only: flag,
  }),
  delete_permissions: permission({ backend_only: flag, filter: asIs }),
  event_triggers: sorted(
    object({
      name: asIs,
      definition: object({ delete: asIs, enable_manual: asIs, insert: asIs, update: asIs }),
      retry_conf: retryConf,
      webhook: asIs,
      webhook_from_env: asIs,
      headers,
      cleanup_config: asIs,
      request_transform: asIs,
      response_transform: asIs,
    }),
    byName,
  ),
});

const roles = list(object({ role: asIs }));

const source = object({
  name: asIs,
  kind: asIs,
  configuration: object({
    connection_info: object({
      database_url: asIs,
      isolation_level: asIs,
      pool_settings: object({
        connection_lifetime: asIs,
        idle_timeout: asIs,
        max_connections: asIs,
        pool_timeout: asIs,
        retries: asIs,
        total_max_connections: asIs,
      }),
      use_prepared_statements: asIs,
    }),
  }),
  customization: filled(asIs),
  tables: (value) => sorted(table, (entry) => entry.table)(value) ?? [],
  functions: sorted(
    object({
      function: qualifiedName,
      configuration: filled(alphabetical({})),
      permissions: roles,
      comment: asIs,
    }),
    (entry) => entry.function,
  ),
});

const typeRelationship = object({
  field_mapping: asIs,
  name: asIs,
  remote_table: qualifiedName,
  source: asIs,
  type: asIs,
});
const argument = object({ name: asIs, type: asIs, description: asIs });
const described = (fields: Readonly<Record<string, Arrange>>): Arrange =>
  object({ name: asIs, ...fields, description: asIs });

const action = object({
  name: asIs,
  definition: object({
    kind: asIs,
    handler: asIs,
    output_type: asIs,
    arguments: list(argument),
    type: asIs,
    forward_client_headers: flag,
    headers,
    timeout: asIs,
    request_transform: asIs,
    response_transform: asIs,
  }),
  permissions: roles,
  comment: asIs,
});

const cronTrigger = object({
  name: asIs,
  webhook: asIs,
  schedule: asIs,
  include_in_metadata: asIs,
  payload: asIs,
  retry_conf: object({
    num_retries: asIs,
    timeout_seconds: asIs,
    tolerance_seconds: asIs,
    retry_interval_seconds: asIs,
  }),
  headers,
  comment: asIs,
  request_transform: asIs,
  response_transform: asIs,
});

const metadataOrder = object({
  version: asIs,
  sources: (value) => sorted(source, byName)(value) ?? [],
  remote_schemas: list(asIs),
  query_collections: sorted(
    object({
      name: asIs,
      comment: asIs,
      definition: object({ queries: (queries) => list(object({ name: asIs, query: asIs }))(queries) ?? [] }),
    }),
    byName,
  ),
  allowlist: sorted(
    object({ collection: asIs, scope: object({ global: asIs, roles: asIs }) }),
    (entry) => entry.collection,
  ),
  custom_types: filled(
    object({
      input_objects: list(described({ fields: list(argument) })),
      objects: list(described({ fields: list(argument), relationships: list(typeRelationship) })),
      scalars: list(described({})),
      enums: list(
        described({ values: list(object({ value: asIs, description: asIs, is_deprecated: asIs })) }),
      ),
    }),
  ),
  actions: sorted(action, byName),
  cron_triggers: sorted(cronTrigger, byName),
  rest_endpoints: sorted(
    object({ comment: asIs, definition: asIs, methods: asIs, name: asIs, url: asIs }),
    byName,
  ),
  api_limits: filled(alphabetical({}, object({ global: asIs, per_role: alphabetical({}) }))),
  metrics_config: filled(asIs),
  inherited_roles: sorted(object({ role_name: asIs, role_set: asIs }), (entry) => entry.role_name),
  graphql_schema_introspection: filled(object({ disabled_for_roles: list(asIs) })),
  network: filled(asIs),
  backend_configs: filled(asIs),
  opentelemetry: filled(asIs),
});

function isObject(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value);
}
