import type { Session } from '../auth/session.ts';
import type { Catalog } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import type { Pool } from '../execute/pool.ts';
import { formatPath } from '../metadata/mistakes.ts';
import { findUnsupported } from '../metadata/supported.ts';
import type { Metadata } from '../metadata/types.ts';
import type { ServingState } from '../serving-state.ts';
import type { Inconsistency } from '../source/types.ts';
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
import { isObject, readObject } from './arguments.ts';
import {
  addComputedField,
  createFunctionPermission,
  dropComputedField,
  dropFunctionPermission,
  trackFunction,
  untrackFunction,
} from './function-operations.ts';
import { addInheritedRole, dropInheritedRole } from './inherited-role-operations.ts';
import { setIntrospectionOptions } from './introspection-operations.ts';
import { removeApiLimits, setApiLimits } from './limits-operations.ts';
import {
  clearMetadata,
  dropInconsistentMetadata,
  getInconsistentMetadata,
  reloadMetadata,
  replaceMetadata,
} from './metadata-operations.ts';
import { conflict, saveMetadata } from './metadata-store.ts';
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
  setTableCustomFields,
  setTableCustomization,
  setTableIsEnum,
  trackTable,
  untrackTable,
} from './table-operations.ts';
import { type MetadataDraft, type Operation, success } from './types.ts';

/** What the API works on: the engine behind it. */
export interface MetadataHost {
  readonly pool: Pool;
  current(): ServingState;
  build(metadata: Metadata, catalog?: Catalog): Promise<ServingState>;
  /** Serves the state from now on. */
  serve(state: ServingState): void;
}

/** By name without the `pg_` that the newer API puts in front. */
const operations: Readonly<Record<string, Operation>> = {
  ...permissionOperations,
  track_table: trackTable,
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
  clear_metadata: clearMetadata,
  reload_metadata: reloadMetadata,
  get_inconsistent_metadata: getInconsistentMetadata,
  drop_inconsistent_metadata: dropInconsistentMetadata,
  run_sql: runSql,
};

/** `/v1/metadata`, `/v2/query` and `/v1/query`: one operation after another, each complete before the next. */
export class MetadataApi {
  readonly #host: MetadataHost;
  #resourceVersion: number;
  /** Changes wait for each other: each starts from what the one before left. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(host: MetadataHost, resourceVersion: number) {
    this.#host = host;
    this.#resourceVersion = resourceVersion;
  }

  /** Runs what a body asks for; for the admin role alone. */
  handle(body: unknown, session: Session): Promise<unknown> {
    const run = this.#queue.then(() => this.#handle(body, session));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #handle(body: unknown, session: Session): Promise<unknown> {
    const request = readObject(body);
    const type = request.type;
    if (typeof type !== 'string')
      throw new EngineError('parse-failed', 'key "type" not found', { path: '$' });
    if (!session.isAdmin)
      throw new EngineError('access-denied', 'restricted access : admin only', {
        path: '$.args',
        status: 400,
      });
    const expected = request.resource_version;
    if (typeof expected === 'number' && expected !== this.#resourceVersion) throw conflict(expected);
    return this.#run(type, request);
  }

  async #run(type: string, request: Readonly<Record<string, unknown>>): Promise<unknown> {
    const version = readVersion(request.version);
    if (type === 'bulk' || type === 'concurrent_bulk') return this.#bulk(request.args, false);
    if (type === 'bulk_keep_going') return this.#bulk(request.args, true);
    if (type === 'export_metadata') return this.#export(version);
    const name = type.replace(/^pg_/, '');
    const operation =
      name === 'replace_metadata'
        ? replaceMetadata(version)
        : Object.hasOwn(operations, name)
          ? operations[name]
          : undefined;
    if (!operation)
      throw new EngineError('parse-failed', `unknown metadata command \u201c${type}\u201d`, { path: '$' });
    return this.#apply(operation, readArgs(request.args));
  }

  async #bulk(args: unknown, keepsGoing: boolean): Promise<unknown> {
    if (!Array.isArray(args)) throw new EngineError('parse-failed', 'bulk takes a list', { path: '$.args' });
    const answers: unknown[] = [];
    for (const [index, item] of args.entries()) {
      const request = readObject(item, `$.args[${index}]`);
      try {
        answers.push(await this.#run(String(request.type), request));
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        if (!keepsGoing) throw error.at(error.path.replace(/^\$(\.args)?/, `$.args[${index}].args`));
        answers.push({ path: error.path, error: error.message, code: error.code });
      }
    }
    return answers;
  }

  #export(version: number): unknown {
    const { metadata } = this.#host.current();
    return version === 2 ? { resource_version: this.#resourceVersion, metadata } : metadata;
  }

  async #apply(operation: Operation, args: Readonly<Record<string, unknown>>): Promise<unknown> {
    const before = this.#host.current();
    const draft = structuredClone(before.metadata) as MetadataDraft;
    const { pool } = this.#host;
    const outcome = await operation(
      { draft, catalog: before.catalog, inconsistencies: before.inconsistencies, pool },
      args,
    );
    const metadata = outcome.replacement ?? (draft as Metadata);
    refuseUnsupported(metadata);
    const isChanged = JSON.stringify(metadata) !== JSON.stringify(before.metadata);
    let state = before;
    if (isChanged || outcome.catalogChanged) {
      state = await this.#host.build(metadata, outcome.catalogChanged ? undefined : before.catalog);
      if (!outcome.allowsInconsistencies) refuseNew(before.inconsistencies, state.inconsistencies);
      if (isChanged) this.#resourceVersion = await saveMetadata(pool, metadata, this.#resourceVersion);
      this.#host.serve(state);
    }
    return outcome.answerFrom?.(state.inconsistencies) ?? outcome.answer ?? success;
  }
}

/** `track_table` and its like may be given a bare name. */
function readArgs(args: unknown): Readonly<Record<string, unknown>> {
  if (typeof args === 'string') return { name: args };
  return isObject(args) ? args : {};
}

function readVersion(value: unknown): number {
  if (value === undefined || value === 1 || value === 2) return value ?? 1;
  throw new EngineError('parse-failed', `expected 1 or 2, encountered ${String(value)}`, {
    path: '$.version',
  });
}

/** What the engine does not do is refused here as it is in a project folder, never ignored. */
function refuseUnsupported(metadata: Metadata): void {
  const [first] = findUnsupported(metadata as unknown as Record<string, unknown>);
  if (!first) return;
  throw new EngineError('not-supported', `${formatPath(first.path)}: ${first.message}`, { path: '$.args' });
}

/** A change may not make anything inconsistent that was not so before. */
function refuseNew(before: readonly Inconsistency[], after: readonly Inconsistency[]): void {
  const known = new Set(before.map(({ name }) => name));
  const found = after.filter(({ name, entity }) => entity === undefined && !known.has(name));
  const [first] = found;
  if (!first) return;
  throw new EngineError('invalid-configuration', first.reason, { path: '$.args', internal: found });
}
