import {
  createAction,
  createActionPermission,
  dropAction,
  dropActionPermission,
  setCustomTypes,
  updateAction,
} from './action-operations.ts';
import {
  addCollectionToAllowlist,
  dropCollectionFromAllowlist,
  updateScopeOfCollection,
} from './allowlist-operations.ts';
import { getCatalogState, setCatalogState } from './catalog-state.ts';
import {
  cleanupEventTriggerLogs,
  pauseEventTriggerCleanups,
  resumeEventTriggerCleanups,
} from './cleanup-operations.ts';
import { getEventById, getEventInvocationLogs, getEventLogs } from './event-log-operations.ts';
import {
  createEventTrigger,
  deleteEventTrigger,
  invokeEventTrigger,
  redeliverEvent,
} from './event-trigger-operations.ts';
import {
  addComputedField,
  createFunctionPermission,
  dropComputedField,
  dropFunctionPermission,
  setFunctionCustomization,
  trackFunction,
  untrackFunction,
} from './function-operations.ts';
import { addInheritedRole, dropInheritedRole } from './inherited-role-operations.ts';
import { setIntrospectionOptions } from './introspection-operations.ts';
import { removeApiLimits, setApiLimits } from './limits-operations.ts';
import {
  clearMetadata,
  dropInconsistentMetadata,
  dumpInternalState,
  exportMetadata,
  getInconsistentMetadata,
  reloadMetadata,
  replaceMetadata,
} from './metadata-operations.ts';
import { permissionOperations, setPermissionComment } from './permission-operations.ts';
import {
  addQueryToCollection,
  createQueryCollection,
  dropQueryCollection,
  dropQueryFromCollection,
  renameQueryCollection,
} from './query-collection-operations.ts';
import {
  createArrayRelationship,
  createObjectRelationship,
  dropRelationship,
  renameRelationship,
  setRelationshipComment,
} from './relationship-operations.ts';
import { createRestEndpoint, dropRestEndpoint } from './rest-endpoint-operations.ts';
import { runSql } from './run-sql.ts';
import {
  createCronTrigger,
  createScheduledEvent,
  deleteCronTrigger,
  deleteScheduledEvent,
  getCronTriggers,
  getScheduledEventInvocations,
  getScheduledEvents,
} from './scheduled-operations.ts';
import {
  addSource,
  dropSource,
  getSourceTables,
  listSourceKinds,
  renameSource,
  suggestRelationships,
  updateSource,
} from './source-operations.ts';
import {
  setTableCustomFields,
  setTableCustomization,
  setTableIsEnum,
  trackTable,
  trackTables,
  untrackTable,
  untrackTables,
} from './table-operations.ts';
import { testWebhookTransform } from './test-webhook-transform.ts';
import type { Operation, ReadOperation } from './types.ts';

/** Operations that may change something, by name without the `pg_` that the newer API puts in front. */
const operations: Readonly<Record<string, Operation>> = {
  ...permissionOperations,
  track_table: trackTable,
  // The name of version 1.
  add_existing_table_or_view: trackTable,
  untrack_table: untrackTable,
  set_table_is_enum: setTableIsEnum,
  set_table_customization: setTableCustomization,
  set_table_custom_fields: setTableCustomFields,
  create_object_relationship: createObjectRelationship,
  create_array_relationship: createArrayRelationship,
  drop_relationship: dropRelationship,
  rename_relationship: renameRelationship,
  set_relationship_comment: setRelationshipComment,
  set_permission_comment: setPermissionComment,
  track_function: trackFunction,
  untrack_function: untrackFunction,
  create_function_permission: createFunctionPermission,
  drop_function_permission: dropFunctionPermission,
  add_computed_field: addComputedField,
  drop_computed_field: dropComputedField,
  create_action: createAction,
  update_action: updateAction,
  drop_action: dropAction,
  create_action_permission: createActionPermission,
  drop_action_permission: dropActionPermission,
  set_custom_types: setCustomTypes,
  create_query_collection: createQueryCollection,
  rename_query_collection: renameQueryCollection,
  drop_query_collection: dropQueryCollection,
  add_query_to_collection: addQueryToCollection,
  drop_query_from_collection: dropQueryFromCollection,
  add_collection_to_allowlist: addCollectionToAllowlist,
  update_scope_of_collection_in_allowlist: updateScopeOfCollection,
  drop_collection_from_allowlist: dropCollectionFromAllowlist,
  create_rest_endpoint: createRestEndpoint,
  drop_rest_endpoint: dropRestEndpoint,
  set_api_limits: setApiLimits,
  remove_api_limits: removeApiLimits,
  set_graphql_schema_introspection_options: setIntrospectionOptions,
  add_inherited_role: addInheritedRole,
  drop_inherited_role: dropInheritedRole,
  create_event_trigger: createEventTrigger,
  delete_event_trigger: deleteEventTrigger,
  invoke_event_trigger: invokeEventTrigger,
  redeliver_event: redeliverEvent,
  pause_event_trigger_cleanups: pauseEventTriggerCleanups,
  resume_event_trigger_cleanups: resumeEventTriggerCleanups,
  create_cron_trigger: createCronTrigger,
  delete_cron_trigger: deleteCronTrigger,
  create_scheduled_event: createScheduledEvent,
  delete_scheduled_event: deleteScheduledEvent,
  track_tables: trackTables,
  untrack_tables: untrackTables,
  set_function_customization: setFunctionCustomization,
  add_source: addSource,
  update_source: updateSource,
  rename_source: renameSource,
  drop_source: dropSource,
  set_catalog_state: setCatalogState,
  clear_metadata: clearMetadata,
  reload_metadata: reloadMetadata,
  drop_inconsistent_metadata: dropInconsistentMetadata,
  run_sql: runSql,
};

/** Operations that only tell something. */
const reads: Readonly<Record<string, ReadOperation>> = {
  export_metadata: exportMetadata,
  get_inconsistent_metadata: getInconsistentMetadata,
  get_catalog_state: getCatalogState,
  dump_internal_state: dumpInternalState,
  list_source_kinds: listSourceKinds,
  get_source_tables: getSourceTables,
  suggest_relationships: suggestRelationships,
  get_event_logs: getEventLogs,
  get_event_invocation_logs: getEventInvocationLogs,
  get_event_by_id: getEventById,
  test_webhook_transform: testWebhookTransform,
  cleanup_event_trigger_logs: cleanupEventTriggerLogs,
  get_cron_triggers: getCronTriggers,
  get_scheduled_events: getScheduledEvents,
  get_scheduled_event_invocations: getScheduledEventInvocations,
};

/** The operation of a type that may change something, or undefined. */
export function findOperation(type: string, version: 1 | 2): Operation | undefined {
  const name = type.replace(/^pg_/, '');
  if (name === 'replace_metadata') return replaceMetadata(version);
  return Object.hasOwn(operations, name) ? operations[name] : undefined;
}

/** The operation of a type that changes nothing, or undefined. */
export function findReadOperation(type: string): ReadOperation | undefined {
  const name = type.replace(/^pg_/, '');
  return Object.hasOwn(reads, name) ? reads[name] : undefined;
}
