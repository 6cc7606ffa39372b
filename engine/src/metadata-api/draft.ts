import { EngineError } from '../errors.ts';
import type { Metadata } from '../metadata/types.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import type { MetadataDraft, OperationArgs, TableDraft } from './types.ts';

type SourceDraft = MetadataDraft['sources'][number];

/** The one source of the metadata, made when there is none yet. */
export function sourceOf(draft: MetadataDraft): SourceDraft {
  const [known] = draft.sources;
  if (known) return known;
  const source: SourceDraft = {
    name: 'default',
    kind: 'postgres',
    tables: [],
    configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
  };
  draft.sources.push(source);
  return source;
}

/** Refuses a command about a source that is not there, which must not go to the one that is. */
export function refuseOtherSource(sources: Metadata['sources'], { source: named }: OperationArgs): void {
  const known = sources[0]?.name ?? 'default';
  if (typeof named !== 'string' || named === known) return;
  throw new EngineError('not-exists', `source with name "${named}" does not exist`, { path: '$.args' });
}

/** Metadata that serves nothing; the source stays, since the database does. */
export function emptyMetadata(): Metadata {
  const draft: MetadataDraft = { version: 3, sources: [] };
  sourceOf(draft);
  return draft as Metadata;
}

/** A tracked table's entry, if there is one. */
export function tableEntry(
  draft: MetadataDraft,
  name: { schema: string; name: string },
): TableDraft | undefined {
  return sourceOf(draft).tables.find((entry) => keyOf(entry.table) === keyOf(name));
}

/** The same, or the reference's complaint. */
export function requireTable(
  draft: MetadataDraft,
  name: { schema: string; name: string },
  path = '$.args',
): TableDraft {
  const entry = tableEntry(draft, name);
  if (entry) return entry;
  const display = displayNameOf(name.schema, name.name);
  throw new EngineError(
    'not-exists',
    `table "${display}" does not exist in source: ${sourceOf(draft).name}`,
    { path },
  );
}

/** A part of the metadata that other parts rest on; `remove` takes it out. */
export interface Dependent {
  /** As error texts name it: `relationship author.articles in source "default"`. */
  readonly label: string;
  remove(): void;
}

/** Refuses to leave dependents hanging, or takes them out where the caller said `cascade`. */
export function dropDependents(dependents: readonly Dependent[], cascade: boolean): void {
  if (dependents.length === 0) return;
  if (!cascade) {
    const list = dependents.map(({ label }) => label).join(', ');
    throw new EngineError(
      'dependency-error',
      `cannot drop due to the following dependent objects : ${list}`,
      { path: '$.args' },
    );
  }
  for (const dependent of dependents) dependent.remove();
}

/** Takes an entry out of a list of a table, leaving no empty list behind. */
export function removeFrom<Key extends keyof TableDraft>(
  table: TableDraft,
  key: Key,
  fits: (item: never) => boolean,
): void {
  const list = table[key] as unknown[] | undefined;
  if (!list) return;
  const rest = list.filter((item) => !fits(item as never));
  if (rest.length === 0) delete table[key];
  else table[key] = rest as TableDraft[Key];
}
