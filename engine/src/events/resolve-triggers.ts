import type { Catalog, CatalogTable } from '../catalog/types.ts';
import { resolveTarget, type WebhookTarget } from '../delivery/webhook-target.ts';
import type { EventTriggerMetadata, Metadata, TableMetadata } from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import type { Inconsistency } from '../source/types.ts';
import {
  type CleanupPolicy,
  defaultRetry,
  type EventOperation,
  type EventTrigger,
  type OperationSpec,
} from './event-trigger.ts';

/** The triggers that fit the catalog, and what is wrong with the others. */
export interface ResolvedTriggers {
  readonly triggers: readonly EventTrigger[];
  readonly inconsistencies: readonly Inconsistency[];
}

/** Settings of the engine that triggers depend on. */
export interface TriggerSettings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stringifyNumericTypes: boolean;
}

/** Joins the metadata's event triggers to the catalog; what does not fit is reported. */
export function resolveEventTriggers(
  metadata: Metadata,
  catalog: Catalog,
  settings: TriggerSettings,
  badTransforms: ReadonlyMap<unknown, string> = new Map(),
): ResolvedTriggers {
  const triggers: EventTrigger[] = [];
  const inconsistencies: Inconsistency[] = [];
  const names = new Set<string>();
  const source = metadata.sources[0];
  for (const entry of source?.tables ?? []) {
    const table = catalog.tables.get(keyOf(entry.table));
    // A missing table is told of once, as a table.
    if (!table) continue;
    for (const trigger of entry.event_triggers ?? []) {
      const tell = (reason: string): void => {
        inconsistencies.push(inconsistency(source?.name ?? 'default', entry, trigger, reason));
      };
      const problem = names.has(trigger.name)
        ? 'another event trigger has the same name'
        : findProblem(trigger, table);
      names.add(trigger.name);
      if (problem !== null) {
        tell(problem);
        continue;
      }
      let target: WebhookTarget | null = null;
      try {
        target = {
          ...resolveTarget(webhookOf(trigger), trigger.headers ?? [], settings.environment),
          requestTransform: trigger.request_transform,
        };
      } catch (thrown) {
        tell((thrown as Error).message);
      }
      const badTransform = badTransforms.get(trigger);
      if (badTransform !== undefined) {
        // Its events are kept, and wait until it can be used.
        target = null;
        tell(badTransform);
      }
      triggers.push(toEventTrigger(trigger, table, target, settings));
    }
  }
  return { triggers, inconsistencies };
}

const operations = ['insert', 'update', 'delete'] as const;

function findProblem(trigger: EventTriggerMetadata, table: CatalogTable): string | null {
  if (table.kind === 'view' || table.kind === 'materialized view') return 'views have no event triggers';
  const known = new Set(table.columns.map(({ name }) => name));
  for (const kind of operations) {
    const { columns, payload } = trigger.definition[kind] ?? {};
    for (const list of [columns, payload]) {
      if (list === undefined || list === '*') continue;
      const missing = list.find((name) => !known.has(name));
      if (missing !== undefined) {
        return `column "${missing}" does not exist in table "${displayNameOf(table.schema, table.name)}"`;
      }
    }
  }
  return null;
}

function webhookOf(trigger: EventTriggerMetadata): { template: string } | { fromEnv: string } {
  return trigger.webhook_from_env === undefined
    ? { template: trigger.webhook ?? '' }
    : { fromEnv: trigger.webhook_from_env };
}

function toEventTrigger(
  trigger: EventTriggerMetadata,
  table: CatalogTable,
  target: WebhookTarget | null,
  settings: TriggerSettings,
): EventTrigger {
  const { definition, retry_conf: retry } = trigger;
  return {
    name: trigger.name,
    schema: table.schema,
    table: table.name,
    operations: operations.flatMap((kind): OperationSpec[] => {
      const spec = definition[kind];
      if (!spec) return [];
      const operation = kind.toUpperCase() as EventOperation;
      return [{ operation, columns: spec.columns, payload: spec.payload ?? '*' }];
    }),
    isManual: definition.enable_manual === true,
    firesOnReplication: trigger.trigger_on_replication === true,
    target,
    retry: {
      numRetries: retry?.num_retries ?? defaultRetry.numRetries,
      intervalSeconds: retry?.interval_sec ?? defaultRetry.intervalSeconds,
      timeoutSeconds: retry?.timeout_sec ?? defaultRetry.timeoutSeconds,
    },
    cleanup: trigger.cleanup_config ? toCleanupPolicy(trigger.cleanup_config) : null,
    textColumns: table.columns
      .filter(({ type }) => isTold(type.name, settings.stringifyNumericTypes))
      .map(({ name }) => name),
  };
}

/** bigint is always told as text; numeric and float8 follow the setting of the whole engine. */
function isTold(type: string, stringifyNumericTypes: boolean): boolean {
  return type === 'int8' || (stringifyNumericTypes && (type === 'numeric' || type === 'float8'));
}

function toCleanupPolicy(config: NonNullable<EventTriggerMetadata['cleanup_config']>): CleanupPolicy {
  return {
    schedule: config.schedule,
    batchSize: config.batch_size ?? 10_000,
    olderThanHours: config.clear_older_than,
    timeoutSeconds: config.timeout ?? 60,
    includesInvocations: config.clean_invocation_logs === true,
    isPaused: config.paused === true,
  };
}

function inconsistency(
  source: string,
  entry: TableMetadata,
  trigger: EventTriggerMetadata,
  problem: string,
): Inconsistency {
  const { schema, name } = readQualifiedName(entry.table);
  const display = displayNameOf(schema, name);
  return {
    type: 'event_trigger',
    name: `event_trigger ${trigger.name} in table ${display} in source ${source}`,
    reason: `Inconsistent object: in table "${display}": in event trigger "${trigger.name}": ${problem}`,
    definition: trigger,
  };
}
