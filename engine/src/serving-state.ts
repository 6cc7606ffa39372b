import { adminSession, type Session } from './auth/session.ts';
import { introspectCatalog } from './catalog/introspect.ts';
import type { Catalog } from './catalog/types.ts';
import type { EventTrigger } from './events/event-trigger.ts';
import { resolveEventTriggers } from './events/resolve-triggers.ts';
import { OperationCache } from './execute/operation-cache.ts';
import type { Queryable } from './execute/pool.ts';
import { AllowList } from './guards/allow-list.ts';
import { boundsOf, defaultBounds, type RoleBounds } from './guards/bounds.ts';
import { findListInconsistencies } from './guards/find-inconsistencies.ts';
import { poolShareOf } from './guards/pool-share.ts';
import type { Metadata } from './metadata/types.ts';
import { limitsOf } from './request/limits.ts';
import { type RestEndpoint, readRestEndpoints } from './rest/endpoints.ts';
import { type CronTrigger, resolveCronTriggers } from './scheduled/cron-trigger.ts';
import { type RoleSchema, RoleSchemas } from './schema/role-schemas.ts';
import type { Experiment, SchemaSettings } from './schema-settings.ts';
import { buildSource } from './source/build-source.ts';
import { checkRootNames, mayShareTypeName } from './source/check-names.ts';
import type { NamingConvention } from './source/naming.ts';
import { readEnums } from './source/read-enums.ts';
import { readScalars } from './source/read-scalars.ts';
import { findInheritanceConflicts, findPermissionInconsistencies } from './source/role-permissions.ts';
import type { Inconsistency, Source } from './source/types.ts';
import { findTransformProblems } from './webhook/transform/check-transforms.ts';

/** `HASURA_GRAPHQL_PG_CONNECTIONS` unless told. */
export const defaultConnections = 50;

/** Settings that shape schemas and statements. */
export interface ServingSettings {
  readonly stringifyNumericTypes: boolean;
  readonly inferFunctionPermissions: boolean;
  /** `HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION`; null where naming conventions are switched off. */
  readonly namingConvention: NamingConvention | null;
  /** `HASURA_GRAPHQL_ENABLE_ALLOWLIST` */
  readonly enforcesAllowList: boolean;
  /** Of the pool. */
  readonly maxConnections: number;
  /** `HASURA_ENGINE_BOUNDS` */
  readonly bounds: RoleBounds;
  readonly experiments: ReadonlySet<Experiment>;
  /** `HASURA_GRAPHQL_V1_BOOLEAN_NULL_COLLAPSE` */
  readonly collapsesNulls: boolean;
  /** Where metadata's environment variables are looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The settings given, and the reference's defaults for the rest. */
export function servingSettings(given: Partial<ServingSettings>): ServingSettings {
  return {
    stringifyNumericTypes: given.stringifyNumericTypes ?? false,
    inferFunctionPermissions: given.inferFunctionPermissions ?? true,
    enforcesAllowList: given.enforcesAllowList ?? false,
    namingConvention: given.namingConvention ?? null,
    maxConnections: given.maxConnections ?? defaultConnections,
    bounds: given.bounds ?? defaultBounds(),
    experiments: given.experiments ?? new Set(),
    collapsesNulls: given.collapsesNulls ?? false,
    environment: given.environment ?? process.env,
  };
}

/** The settings that shape schemas, as an engine takes them. */
export function schemaOptions(settings: SchemaSettings): Partial<ServingSettings> {
  return {
    stringifyNumericTypes: settings.stringifiesNumericTypes,
    inferFunctionPermissions: settings.infersFunctionPermissions,
    namingConvention: settings.namingConvention,
    experiments: settings.experiments,
    collapsesNulls: settings.collapsesNulls,
  };
}

/**
 * Everything that follows from one version of metadata and catalog: built whole, served until another one
 * takes its place. A request holds on to the one it began with.
 */
export interface ServingState {
  readonly metadata: Metadata;
  readonly catalog: Catalog;
  readonly source: Source;
  readonly roleSchemas: RoleSchemas;
  readonly eventTriggers: readonly EventTrigger[];
  readonly cronTriggers: readonly CronTrigger[];
  readonly inconsistencies: readonly Inconsistency[];
  /** Null where everything is allowed. */
  readonly allowList: AllowList | null;
  readonly restEndpoints: readonly RestEndpoint[];
  /** The parsed, planned and compiled operations of a session's role. */
  operations(session: Session): OperationCache;
}

/** Builds the state of some metadata; the catalog is read anew unless it is given. */
export async function buildState(
  database: Queryable,
  metadata: Metadata,
  settings: ServingSettings,
  knownCatalog?: Catalog,
): Promise<ServingState> {
  const catalog = knownCatalog ?? (await introspectCatalog(database));
  const { enums, inconsistencies: badEnums } = await readEnums(metadata, catalog, database);
  const scalars = await readScalars(metadata, database);
  const badTransforms = await findTransformProblems(metadata);
  const { source, inconsistencies } = buildSource(
    metadata,
    catalog,
    enums,
    settings.namingConvention,
    scalars,
    badTransforms,
  );
  checkRootNames(source);
  const roleSchemas = new RoleSchemas(source, {
    inferPermissions: settings.inferFunctionPermissions,
    experiments: settings.experiments,
    collapsesNulls: settings.collapsesNulls,
    introspectionDisabledFor: new Set(metadata.graphql_schema_introspection?.disabled_for_roles),
  });
  // Only the schema of admin shows whether a custom type and a generated one share a name.
  if (mayShareTypeName(source)) roleSchemas.get(adminSession.role, adminSession.backendOnly);
  const rest = readRestEndpoints(metadata);
  const events = resolveEventTriggers(metadata, catalog, settings, badTransforms);
  const cron = resolveCronTriggers(metadata.cron_triggers ?? [], settings.environment, badTransforms);
  const caches = new WeakMap<RoleSchema, OperationCache>();
  return {
    metadata,
    catalog,
    source,
    roleSchemas,
    eventTriggers: events.triggers,
    cronTriggers: cron.triggers,
    inconsistencies: inReportOrder([
      ...badEnums,
      ...inconsistencies,
      ...findPermissionInconsistencies(source),
      ...findInheritanceConflicts(source),
      ...findListInconsistencies(metadata),
      ...rest.inconsistencies,
      ...events.inconsistencies,
      ...cron.inconsistencies,
    ]),
    restEndpoints: rest.endpoints,
    allowList: settings.enforcesAllowList ? new AllowList(metadata) : null,
    operations(session) {
      const roleSchema = roleSchemas.get(session.role, session.backendOnly);
      let cache = caches.get(roleSchema);
      if (!cache) {
        const limits = limitsOf(metadata.api_limits, session.role);
        const bounds = boundsOf(settings.bounds, session.role);
        cache = new OperationCache(
          roleSchema,
          settings.stringifyNumericTypes,
          limits,
          bounds,
          poolShareOf(bounds, settings.maxConnections),
        );
        caches.set(roleSchema, cache);
      }
      return cache;
    },
  };
}

/** Causes before what follows from them, as the reference lists them; within a kind as found. */
const reportOrder = ['source', 'table', 'function', 'object_relation', 'array_relation', 'computed_field'];

function inReportOrder(found: readonly Inconsistency[]): readonly Inconsistency[] {
  const rank = ({ type }: Inconsistency): number => {
    const index = reportOrder.indexOf(type);
    return index === -1 ? reportOrder.length : index;
  };
  return [...found].sort((left, right) => rank(left) - rank(right));
}
