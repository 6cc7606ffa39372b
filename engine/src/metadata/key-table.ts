import { z } from 'zod';
import { requestSchema, responseSchema } from '../webhook/transform/schema.ts';
import { knownKeys } from './known-keys.ts';
import { wholeAction, wholeCustomTypes } from './schemas/actions.ts';
import { otherFiles } from './schemas/others.ts';
import { sources } from './schemas/sources.ts';
import { UNSUPPORTED, WITHOUT_EFFECT } from './supported.ts';

/** What becomes of a key of the metadata. */
export type KeyState = 'served' | 'refused' | 'accepted without effect';

/** A key of the metadata, its state, and the test that shows it. */
export interface KeyRow {
  /** `sources[].tables[].is_enum`; `*` is a name of the author's. */
  readonly path: string;
  readonly state: KeyState;
  readonly test: string;
}

const { remote_schema_permissions: _older, ...files } = otherFiles;

/** Metadata of version 3 as one shape. */
const metadata = z.strictObject({
  sources,
  actions: z.array(wholeAction),
  custom_types: wholeCustomTypes,
  ...Object.fromEntries(Object.values(files).map(({ key, schema }) => [key, schema])),
});

/** Transforms have the same keys wherever they stand. */
const transforms = {
  'request_transform (of actions, event and cron triggers)': requestSchema({ version: 2 }),
  'response_transform (of actions)': responseSchema({ version: 2 }),
} as const;

/** Tests by the beginning of a path, the most particular first. */
const TESTS: readonly (readonly [prefix: string, test: string])[] = [
  ['sources[].tables[].event_triggers', 'engine/src/events/event-triggers.test.ts'],
  ['sources[].tables[].remote_relationships', 'engine/src/metadata/key-table.test.ts'],
  ['sources[].tables[].logical_model', 'engine/src/metadata/key-table.test.ts'],
  ['sources[].tables[].is_enum', 'engine/cases/enums'],
  ['sources[].tables[].computed_fields', 'engine/cases/functions'],
  ['sources[].tables[].configuration', 'engine/src/schema/generated-types.test.ts'],
  ['sources[].tables[].object_relationships', 'engine/cases/queries'],
  ['sources[].tables[].array_relationships', 'engine/cases/queries'],
  ['sources[].tables[].insert_permissions', 'engine/cases/mutations'],
  ['sources[].tables[].update_permissions', 'engine/cases/mutations'],
  ['sources[].tables[].delete_permissions', 'engine/cases/mutations'],
  ['sources[].tables', 'engine/cases/permissions'],
  ['sources[].functions', 'engine/cases/functions'],
  ['sources[].customization', 'engine/src/schema/naming.test.ts'],
  ['sources', 'engine/cases/projects/written-by-tools'],
  ['actions', 'engine/src/actions/handler-call.test.ts'],
  ['custom_types', 'engine/src/actions/run-action.test.ts'],
  ['allowlist', 'engine/src/guards/allow-list.test.ts'],
  ['query_collections', 'engine/src/metadata-api/query-collections.test.ts'],
  ['api_limits', 'engine/src/limits.test.ts'],
  ['cron_triggers', 'engine/src/scheduled/scheduled.test.ts'],
  ['graphql_schema_introspection', 'engine/cases/introspection'],
  ['inherited_roles', 'engine/cases/inherited-roles'],
  ['rest_endpoints', 'engine/src/rest/rest.test.ts'],
  ['request_transform', 'engine/src/webhook/transform/transform.test.ts'],
  ['response_transform', 'engine/src/webhook/transform/transform.test.ts'],
  ['', 'engine/src/metadata/key-table.test.ts'],
];

/** Every key that the engine's own shapes of the metadata name, in their order. */
export function metadataKeys(): readonly KeyRow[] {
  const paths = [...knownKeys(metadata)].map(({ path }) => path);
  for (const [name, schema] of Object.entries(transforms)) {
    paths.push(...[...knownKeys(schema)].map(({ path }) => `${name}.${path}`));
  }
  return [...new Set(paths)].map((path) => {
    const state = stateOf(path);
    // What is refused or does nothing is shown by one test for all of it.
    const test =
      state === 'served'
        ? (TESTS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? '')
        : 'engine/src/metadata/key-table.test.ts';
    return { path, state, test };
  });
}

/** Conditions of the list of what is refused: some keys are refused for some of their values alone. */
function stateOf(path: string): KeyState {
  const pattern = path.replaceAll('[]', '.*');
  const isUnder = (at: string): boolean => pattern === at || pattern.startsWith(`${at}.`);
  if (UNSUPPORTED.some(({ at, asksForIt }) => asksForIt === undefined && isUnder(at))) return 'refused';
  return WITHOUT_EFFECT.some(({ at }) => isUnder(at)) ? 'accepted without effect' : 'served';
}

/** The table as Markdown, for docs/hasura-compat.md. */
export function printKeyTable(): string {
  const lines = metadataKeys().map(({ path, state, test }) => `| \`${path}\` | ${state} | \`${test}\` |`);
  return ['| key | state | shown by |', '| --- | --- | --- |', ...lines].join('\n');
}
