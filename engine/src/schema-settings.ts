import { SettingsReader } from './settings-reader.ts';
import { NAMING_CONVENTIONS, type NamingConvention } from './source/naming.ts';

/**
 * The reference's experiments that change something here, by its own names; `inherited_roles` and
 * `streaming_subscriptions` have become a matter of course.
 */
export const EXPERIMENTS = [
  'inherited_roles',
  'streaming_subscriptions',
  'naming_convention',
  'hide_update_many_fields',
  'hide_stream_fields',
  'hide_aggregation_predicates',
  'disable_postgres_arrays',
] as const;

/** One of the experiments. */
export type Experiment = (typeof EXPERIMENTS)[number];

/** The settings that shape schemas: whatever prints or checks a schema obeys them as the server does. */
export interface SchemaSettings {
  readonly experiments: ReadonlySet<Experiment>;
  /** Names among the experiments that mean nothing here; told, since they do nothing. */
  readonly unknownExperiments: readonly string[];
  /** The convention of sources that name none; null where naming conventions are switched off. */
  readonly namingConvention: NamingConvention | null;
  readonly infersFunctionPermissions: boolean;
  readonly stringifiesNumericTypes: boolean;
  /** Whether a comparison with null in a filter counts as one that is not there. */
  readonly collapsesNulls: boolean;
}

/** Reads them with the other settings, so that one start tells everything that is wrong. */
export function readSchemaSettings(read: SettingsReader): SchemaSettings {
  const features = read.list('HASURA_GRAPHQL_EXPERIMENTAL_FEATURES') ?? [];
  const experiments = new Set(EXPERIMENTS.filter((known) => features.includes(known)));
  return {
    experiments,
    unknownExperiments: features.filter((feature) => !EXPERIMENTS.some((known) => known === feature)),
    namingConvention: readNamingConvention(read, experiments),
    infersFunctionPermissions: read.flag('HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS', true),
    stringifiesNumericTypes: read.flag('HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES', false),
    collapsesNulls: read.flag('HASURA_GRAPHQL_V1_BOOLEAN_NULL_COLLAPSE', false),
  };
}

/** The same alone, for a command that needs no other setting; throws SettingsError. */
export function schemaSettingsOf(environment: Readonly<Record<string, string | undefined>>): SchemaSettings {
  const read = new SettingsReader(environment);
  const settings = readSchemaSettings(read);
  read.finish();
  return settings;
}

function readNamingConvention(
  read: SettingsReader,
  experiments: ReadonlySet<Experiment>,
): NamingConvention | null {
  const name = 'HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION';
  const convention = read.choice(name, NAMING_CONVENTIONS, 'hasura-default');
  if (experiments.has('naming_convention')) return convention;
  if (convention !== 'hasura-default') {
    read.refuse(`${name} needs naming_convention among HASURA_GRAPHQL_EXPERIMENTAL_FEATURES.`);
  }
  return null;
}
