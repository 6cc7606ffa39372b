import { findAll } from './find-all.ts';
import type { ValuePath } from './mistakes.ts';

/**
 * What Hasura v2 metadata can hold and this engine does not do yet. Nothing is ignored in silence: a filled
 * value at one of these places stops the load with its file and path. Supporting a feature deletes its lines.
 */
export interface Unsupported {
  /** Keys from the root of the metadata; `*` stands for every entry of a list or every key of an object. */
  readonly at: string;
  readonly feature: string;
  /** True for values that ask for the feature; unless told, everything but null, false and empty. */
  readonly asksForIt?: (value: unknown) => boolean;
}

export const UNSUPPORTED: readonly Unsupported[] = [
  { at: 'remote_schemas', feature: 'remote schemas are' },
  { at: 'remote_schema_permissions', feature: 'remote schema permissions are' },
  { at: 'cron_triggers.*.response_transform', feature: 'response transforms are' },
  { at: 'network.tls_allowlist', feature: 'the TLS allow list is' },
  { at: 'sources.1', feature: 'more than one database is' },
  {
    at: 'sources.*.kind',
    feature: 'a database of another kind than postgres is',
    asksForIt: isNot('postgres'),
  },
  { at: 'sources.*.customization.root_fields.namespace', feature: 'a namespace for root fields is' },
  { at: 'sources.*.native_queries', feature: 'native queries are' },
  { at: 'sources.*.logical_models', feature: 'logical models are' },
  { at: 'sources.*.stored_procedures', feature: 'stored procedures are' },
  { at: 'sources.*.configuration.connection_template', feature: 'connection templates are' },
  {
    at: 'sources.*.configuration.connection_info.ssl_configuration',
    feature: 'TLS certificates of a source are',
  },
  { at: 'sources.*.tables.*.event_triggers.*.response_transform', feature: 'response transforms are' },
  { at: 'sources.*.tables.*.remote_relationships', feature: 'remote relationships are' },
  { at: 'sources.*.tables.*.apollo_federation_config', feature: 'Apollo federation is' },
  { at: 'sources.*.tables.*.logical_model', feature: 'logical models are' },
  {
    at: 'sources.*.tables.*.object_relationships.*.using.manual_configuration.source',
    feature: 'relationships to another database are',
  },
  {
    at: 'sources.*.tables.*.array_relationships.*.using.manual_configuration.source',
    feature: 'relationships to another database are',
  },
  { at: 'sources.*.tables.*.insert_permissions.*.permission.validate_input', feature: 'input validation is' },
  { at: 'sources.*.tables.*.update_permissions.*.permission.validate_input', feature: 'input validation is' },
  { at: 'sources.*.tables.*.delete_permissions.*.permission.validate_input', feature: 'input validation is' },
];

function isNot(wanted: unknown): (value: unknown) => boolean {
  return (value) => value !== wanted;
}

/**
 * What is read, kept and exported, and changes nothing here; nothing of it changes in the reference's free edition
 * either, but where `why` says more. Each place that is filled is told by name.
 */
export const WITHOUT_EFFECT: readonly { readonly at: string; readonly why: string }[] = [
  { at: 'backend_configs', why: 'data connectors are not served' },
  { at: 'metrics_config', why: 'metrics name no operations' },
  { at: 'opentelemetry', why: 'no traces are sent' },
  { at: 'sources.*.health_check', why: '/healthz?strict=true asks the database itself' },
  { at: 'sources.*.query_tags', why: 'statements carry no tags' },
  { at: 'sources.*.configuration.read_replicas', why: 'every read goes to the primary database' },
  {
    at: 'sources.*.configuration.connection_info.pool_settings.total_max_connections',
    why: 'each engine counts its own connections, by max_connections',
  },
];

/** Everything in the metadata that counts for nothing, with the reason. */
export function findWithoutEffect(metadata: unknown): readonly { path: ValuePath; message: string }[] {
  return WITHOUT_EFFECT.flatMap(({ at, why }) =>
    [...findAll(metadata, at.split('.'))]
      .filter(({ value }) => (typeof value === 'object' ? holdsSomething(value) : isFilled(value)))
      .map(({ path }) => ({ path, message: `is accepted without effect: ${why}` })),
  );
}

/** Everything in the metadata that asks for a feature the engine lacks. */
export function findUnsupported(metadata: unknown): readonly { path: ValuePath; message: string }[] {
  const found: { path: ValuePath; message: string }[] = [];
  for (const { at, feature, asksForIt = isFilled } of UNSUPPORTED) {
    for (const { path, value } of findAll(metadata, at.split('.'))) {
      if (asksForIt(value)) found.push({ path, message: `${feature} not supported by this engine` });
    }
  }
  return found;
}

function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}

/** The CLI writes switched-off options out; only one that is on, or a text or number, asks for something. */
function holdsSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    if ((value as { status?: unknown }).status === 'disabled') return false;
    return Object.values(value).some(holdsSomething);
  }
  return isFilled(value);
}
