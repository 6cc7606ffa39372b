/** Commands of the reference that this engine knows and refuses, with the reason it gives. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'remote schemas are not supported by this engine': [
    'add_remote_schema',
    'update_remote_schema',
    'remove_remote_schema',
    'reload_remote_schema',
    'introspect_remote_schema',
    'add_remote_schema_permissions',
    'drop_remote_schema_permissions',
    'create_remote_schema_remote_relationship',
    'update_remote_schema_remote_relationship',
    'delete_remote_schema_remote_relationship',
    'create_remote_relationship',
    'update_remote_relationship',
    'delete_remote_relationship',
  ],
  'native queries, logical models and stored procedures are not supported by this engine': [
    'get_native_query',
    'track_native_query',
    'untrack_native_query',
    'get_logical_model',
    'track_logical_model',
    'untrack_logical_model',
    'create_logical_model_select_permission',
    'drop_logical_model_select_permission',
    'get_stored_procedure',
    'track_stored_procedure',
    'untrack_stored_procedure',
  ],
  'this engine serves Postgres alone': [
    'dc_add_agent',
    'dc_delete_agent',
    'get_source_kind_capabilities',
    'get_table_info',
    'get_source_trackables',
  ],
  'Apollo federation is not supported by this engine': ['set_apollo_federation_config'],
  'OpenTelemetry is not supported by this engine': ['set_opentelemetry_config', 'set_opentelemetry_status'],
  'the metrics configuration is not supported by this engine': [
    'set_metrics_config',
    'remove_metrics_config',
  ],
  'query tags are not supported by this engine': ['set_query_tags'],
  'the TLS allow list is not supported by this engine': [
    'add_host_to_tls_allowlist',
    'drop_host_from_tls_allowlist',
  ],
  'connection templates are not supported by this engine': ['test_connection_template'],
};

const reasonByCommand: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, commands]) =>
    commands.map((command) => [command, reason] as const),
  ),
);

/** Commands whose first check is that they name something. */
export const namingCommands: ReadonlySet<string> = new Set(['add_remote_schema', 'update_remote_schema']);

/** Why a command is refused, or undefined where nobody knows it. */
export function refusalOf(type: string): string | undefined {
  return reasonByCommand.get(type.replace(/^pg_/, ''));
}
