/**
 * Hasura v2 metadata as `export_metadata` answers it (version 3). The project folder holds the same
 * data cut into files; reading the folder yields this value, so the rest of the engine knows one shape.
 * Source: Hasura v2 "Metadata API reference" and the CLI's exported layout.
 */

/** A value in the text, or the name of an environment variable that holds it. */
export type FromEnv = string | { readonly from_env: string };

/** A qualified Postgres object; a bare string means schema `public`. */
export type QualifiedName = string | { readonly name: string; readonly schema?: string };

/** A permission filter or check: Hasura's boolean expression as plain JSON. */
export type BoolExp = { readonly [key: string]: unknown };

/** All metadata of a project. */
export interface Metadata {
  readonly version: 3;
  readonly sources: readonly SourceMetadata[];
  readonly actions?: readonly ActionMetadata[];
  readonly custom_types?: CustomTypesMetadata;
  readonly inherited_roles?: readonly InheritedRole[];
  readonly cron_triggers?: readonly CronTriggerMetadata[];
  readonly query_collections?: readonly QueryCollection[];
  readonly allowlist?: readonly AllowlistEntry[];
  readonly rest_endpoints?: readonly RestEndpointMetadata[];
  readonly api_limits?: ApiLimits;
  readonly graphql_schema_introspection?: { readonly disabled_for_roles: readonly string[] };
  readonly network?: Readonly<Record<string, unknown>>;
}

/** A database and what of it is served. */
export interface SourceMetadata {
  readonly name: string;
  readonly kind: 'postgres';
  readonly tables: readonly TableMetadata[];
  readonly functions?: readonly FunctionMetadata[];
  readonly configuration: SourceConfiguration;
  readonly customization?: SourceCustomization;
}

/** How a database is reached. */
export interface SourceConfiguration {
  readonly connection_info: {
    readonly database_url: FromEnv;
    readonly isolation_level?: 'read-committed' | 'repeatable-read' | 'serializable';
    readonly use_prepared_statements?: boolean;
    readonly pool_settings?: {
      readonly connection_lifetime?: number;
      readonly idle_timeout?: number;
      readonly max_connections?: number;
      readonly total_max_connections?: number;
      readonly pool_timeout?: number;
      readonly retries?: number;
    };
  };
  /** Where extensions are made; `public` unless told. */
  readonly extensions_schema?: string;
}

/** How the names of a source's GraphQL are made. */
export interface SourceCustomization {
  readonly naming_convention?: 'hasura-default' | 'graphql-default';
  readonly root_fields?: { readonly namespace?: string; readonly prefix?: string; readonly suffix?: string };
  readonly type_names?: { readonly prefix?: string; readonly suffix?: string };
}

/** A tracked table or view. */
export interface TableMetadata {
  readonly table: QualifiedName;
  readonly is_enum?: boolean;
  readonly configuration?: TableConfiguration;
  readonly object_relationships?: readonly RelationshipMetadata<ObjectRelationshipUsing>[];
  readonly array_relationships?: readonly RelationshipMetadata<ArrayRelationshipUsing>[];
  readonly computed_fields?: readonly ComputedFieldMetadata[];
  readonly insert_permissions?: readonly PermissionEntry<InsertPermission>[];
  readonly select_permissions?: readonly PermissionEntry<SelectPermission>[];
  readonly update_permissions?: readonly PermissionEntry<UpdatePermission>[];
  readonly delete_permissions?: readonly PermissionEntry<DeletePermission>[];
  readonly event_triggers?: readonly EventTriggerMetadata[];
}

/** Names of root fields; each may also be an object with a comment. */
export type RootFieldName =
  | string
  | null
  | { readonly name?: string | null; readonly comment?: string | null };

/** Names and comments that a table was given. */
export interface TableConfiguration {
  readonly custom_name?: string;
  readonly comment?: string | null;
  readonly custom_root_fields?: {
    readonly select?: RootFieldName;
    readonly select_by_pk?: RootFieldName;
    readonly select_aggregate?: RootFieldName;
    readonly select_stream?: RootFieldName;
    readonly insert?: RootFieldName;
    readonly insert_one?: RootFieldName;
    readonly update?: RootFieldName;
    readonly update_by_pk?: RootFieldName;
    readonly update_many?: RootFieldName;
    readonly delete?: RootFieldName;
    readonly delete_by_pk?: RootFieldName;
  };
  readonly custom_column_names?: Readonly<Record<string, string>>;
  readonly column_config?: Readonly<
    Record<string, { readonly custom_name?: string | null; readonly comment?: string | null }>
  >;
}

/** A relationship of a table. */
export interface RelationshipMetadata<Using> {
  readonly name: string;
  readonly using: Using;
  readonly comment?: string | null;
}

/** A relationship by columns, without a foreign key. */
export interface ManualConfiguration {
  readonly remote_table: QualifiedName;
  readonly column_mapping: Readonly<Record<string, string>>;
  readonly insertion_order?: 'before_parent' | 'after_parent' | null;
}

/** What an object relationship follows. */
export interface ObjectRelationshipUsing {
  /** Column(s) of this table, or of a remote table that refers to this one by a unique key. */
  readonly foreign_key_constraint_on?:
    | string
    | readonly string[]
    | { readonly table: QualifiedName; readonly column?: string; readonly columns?: readonly string[] };
  readonly manual_configuration?: ManualConfiguration;
}

/** What an array relationship follows. */
export interface ArrayRelationshipUsing {
  readonly foreign_key_constraint_on?: {
    readonly table: QualifiedName;
    readonly column?: string;
    readonly columns?: readonly string[];
  };
  readonly manual_configuration?: ManualConfiguration;
}

/** A field that a function computes. */
export interface ComputedFieldMetadata {
  readonly name: string;
  readonly definition: {
    readonly function: QualifiedName;
    readonly table_argument?: string | null;
    readonly session_argument?: string | null;
  };
  readonly comment?: string | null;
}

/** What a role may do. */
export interface PermissionEntry<P> {
  readonly role: string;
  readonly permission: P;
  readonly comment?: string | null;
}

/** Columns by name, or `*` for all of them. */
export type ColumnList = '*' | readonly string[];

/** Which rows a role may insert. */
export interface InsertPermission {
  readonly check: BoolExp;
  readonly columns?: ColumnList;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly backend_only?: boolean;
}

/** Which rows and columns a role may read. */
export interface SelectPermission {
  readonly columns: ColumnList;
  readonly computed_fields?: readonly string[];
  readonly filter: BoolExp;
  readonly limit?: number;
  readonly allow_aggregations?: boolean;
  readonly query_root_fields?: readonly string[] | null;
  readonly subscription_root_fields?: readonly string[] | null;
}

/** Which rows and columns a role may update. */
export interface UpdatePermission {
  readonly columns: ColumnList;
  readonly filter: BoolExp;
  readonly check?: BoolExp | null;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly backend_only?: boolean;
}

/** Which rows a role may delete. */
export interface DeletePermission {
  readonly filter: BoolExp;
  readonly backend_only?: boolean;
}

/** A tracked function. */
export interface FunctionMetadata {
  readonly function: QualifiedName;
  readonly configuration?: {
    readonly custom_name?: string;
    readonly custom_root_fields?: {
      readonly function?: string | null;
      readonly function_aggregate?: string | null;
    };
    readonly session_argument?: string | null;
    readonly exposed_as?: 'query' | 'mutation' | null;
  };
  readonly permissions?: readonly { readonly role: string }[];
  readonly comment?: string | null;
}

/** A header that the engine sends along. */
export interface HeaderMetadata {
  readonly name: string;
  readonly value?: string;
  readonly value_from_env?: string;
}

/** An event trigger of a table. */
export interface EventTriggerMetadata {
  readonly name: string;
  readonly definition: {
    readonly enable_manual?: boolean;
    readonly insert?: { readonly columns: ColumnList; readonly payload?: ColumnList };
    readonly update?: { readonly columns: ColumnList; readonly payload?: ColumnList };
    readonly delete?: { readonly columns: ColumnList; readonly payload?: ColumnList };
  };
  readonly retry_conf?: {
    readonly num_retries?: number;
    readonly interval_sec?: number;
    readonly timeout_sec?: number | null;
  };
  readonly webhook?: string;
  readonly webhook_from_env?: string;
  readonly headers?: readonly HeaderMetadata[];
  readonly cleanup_config?: CleanupConfig;
  readonly trigger_on_replication?: boolean;
  readonly comment?: string | null;
  readonly request_transform?: Readonly<Record<string, unknown>>;
  readonly response_transform?: Readonly<Record<string, unknown>>;
}

/** When the log of an event trigger is cleared, and of what. */
export interface CleanupConfig {
  /** Cron, UTC. */
  readonly schedule: string;
  readonly batch_size?: number;
  /** Hours. */
  readonly clear_older_than: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly clean_invocation_logs?: boolean;
  readonly paused?: boolean;
}

/** An argument of an action. */
export interface ActionArgument {
  readonly name: string;
  readonly type: string;
  readonly description?: string | null;
}

/** An action and who may call it. */
export interface ActionMetadata {
  readonly name: string;
  readonly definition: {
    readonly handler: string;
    readonly type?: 'query' | 'mutation';
    readonly kind?: 'synchronous' | 'asynchronous';
    readonly arguments?: readonly ActionArgument[];
    readonly output_type: string;
    readonly headers?: readonly HeaderMetadata[];
    readonly forward_client_headers?: boolean;
    readonly timeout?: number;
    readonly request_transform?: Readonly<Record<string, unknown>>;
    readonly response_transform?: Readonly<Record<string, unknown>>;
  };
  readonly permissions?: readonly { readonly role: string }[];
  readonly comment?: string | null;
}

/** The types that actions are declared with. */
export interface CustomTypesMetadata {
  readonly scalars?: readonly { readonly name: string; readonly description?: string | null }[];
  readonly enums?: readonly {
    readonly name: string;
    readonly description?: string | null;
    readonly values: readonly {
      readonly value: string;
      readonly description?: string | null;
      readonly is_deprecated?: boolean | null;
    }[];
  }[];
  readonly input_objects?: readonly {
    readonly name: string;
    readonly description?: string | null;
    readonly fields: readonly ActionArgument[];
  }[];
  readonly objects?: readonly CustomObjectType[];
}

/** An object type of actions, with its relationships to tables. */
export interface CustomObjectType {
  readonly name: string;
  readonly description?: string | null;
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly description?: string | null;
  }[];
  readonly relationships?: readonly {
    readonly name: string;
    readonly type: 'object' | 'array';
    readonly source?: string;
    readonly remote_table: QualifiedName;
    readonly field_mapping: Readonly<Record<string, string>>;
  }[];
}

/** A role that may what its parents may. */
export interface InheritedRole {
  readonly role_name: string;
  readonly role_set: readonly string[];
}

/** Retries of cron triggers and scheduled events, in seconds. */
export interface ScheduledRetryConf {
  readonly num_retries?: number;
  readonly retry_interval_seconds?: number;
  readonly timeout_seconds?: number;
  /** An event later than this is not delivered at all. */
  readonly tolerance_seconds?: number;
}

/** A cron trigger. */
export interface CronTriggerMetadata {
  readonly name: string;
  readonly webhook: FromEnv;
  readonly schedule: string;
  readonly include_in_metadata: boolean;
  readonly payload?: unknown;
  readonly retry_conf?: ScheduledRetryConf;
  readonly headers?: readonly HeaderMetadata[];
  readonly comment?: string | null;
  readonly request_transform?: Readonly<Record<string, unknown>>;
  readonly response_transform?: Readonly<Record<string, unknown>>;
}

/** Operations under a name. */
export interface QueryCollection {
  readonly name: string;
  readonly definition: { readonly queries: readonly { readonly name: string; readonly query: string }[] };
  readonly comment?: string | null;
}

/** A query collection on the allow list. */
export interface AllowlistEntry {
  readonly collection: string;
  readonly scope?: { readonly global: boolean; readonly roles?: readonly string[] };
}

/** A RESTified endpoint. */
export interface RestEndpointMetadata {
  readonly name: string;
  readonly url: string;
  readonly methods: readonly string[];
  readonly definition: { readonly query: { readonly collection_name: string; readonly query_name: string } };
  readonly comment?: string | null;
}

/** One limit: the same for all unless a role has its own. */
export interface ApiLimit<Value> {
  readonly global: Value;
  readonly per_role?: Readonly<Record<string, Value>>;
}

/** A rate, and what requests are counted by. */
export interface RateLimitValue {
  readonly max_reqs_per_min: number;
  readonly unique_params?: 'IP' | 'ip' | readonly string[] | null;
}

/** Limits of requests, for all and by role. */
export interface ApiLimits {
  readonly disabled?: boolean;
  readonly depth_limit?: ApiLimit<number>;
  readonly node_limit?: ApiLimit<number>;
  /** Seconds. */
  readonly time_limit?: ApiLimit<number>;
  readonly batch_limit?: ApiLimit<number>;
  readonly rate_limit?: ApiLimit<RateLimitValue>;
}
