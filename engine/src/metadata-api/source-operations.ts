import { isDeepStrictEqual } from 'node:util';
import type { CatalogTable } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import type { SourceConfiguration, SourceCustomization } from '../metadata/types.ts';
import { keyOf, readQualifiedName } from '../source/qualified-name.ts';
import { isObject, readName, readObject } from './arguments.ts';
import type { Draft, MetadataDraft, Operation, OperationArgs, ReadOperation } from './types.ts';

type SourceDraft = MetadataDraft['sources'][number];

/** The database that the engine was started with is the one it serves, under whatever name. */
const ownDatabase = { from_env: 'HASURA_GRAPHQL_DATABASE_URL' };

function requireSource(draft: MetadataDraft, name: string): SourceDraft {
  const source = draft.sources.find((candidate) => candidate.name === name);
  if (source) return source;
  throw new EngineError('not-exists', `source with name "${name}" does not exist`, { path: '$.args' });
}

function readConfiguration(value: unknown): Draft<SourceConfiguration> {
  const configuration = readObject(value, '$.configuration');
  const { database_url: url } = readObject(configuration.connection_info, '$.configuration.connection_info');
  if (!isDeepStrictEqual(url, ownDatabase)) {
    throw new EngineError(
      'not-supported',
      'this engine serves the database it was started with: database_url must be {"from_env": "HASURA_GRAPHQL_DATABASE_URL"}',
      { path: '$.args.configuration.connection_info.database_url' },
    );
  }
  return configuration as unknown as Draft<SourceConfiguration>;
}

/** What a source may say that counts for nothing here: kept and exported all the same. */
const withoutEffect = ['health_check', 'query_tags'] as const;

function withoutEffectOf(args: OperationArgs, known: object | undefined): Readonly<Record<string, unknown>> {
  const before = (known ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    withoutEffect.flatMap((key) => {
      const value = args[key] ?? before[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
}

/** `pg_add_source`: the one source, where there is none or `replace_configuration` says so. */
export const addSource: Operation = ({ draft }, args) => {
  const name = readName(args, 'name');
  const known = draft.sources.find((source) => source.name === name);
  if (known && args.replace_configuration !== true) {
    throw new EngineError('already-exists', `source with name "${name}" already exists`, { path: '$.args' });
  }
  // An empty source that nobody has asked for by name gives way.
  const others = draft.sources.filter(
    (source) => source.name !== name && (source.tables.length > 0 || (source.functions ?? []).length > 0),
  );
  if (others.length > 0) {
    throw new EngineError('not-supported', 'more than one database is not supported by this engine', {
      path: '$.args',
    });
  }
  const customization = isObject(args.customization) ? args.customization : known?.customization;
  draft.sources = [
    {
      name,
      kind: 'postgres',
      tables: known?.tables ?? [],
      ...(known?.functions ? { functions: known.functions } : {}),
      configuration: readConfiguration(args.configuration),
      ...(customization ? { customization: customization as Draft<SourceCustomization> } : {}),
      ...withoutEffectOf(args, known),
    },
  ];
  return { catalogChanged: true };
};

/** `pg_update_source`: configuration and customization, each where it is given. */
export const updateSource: Operation = ({ draft }, args) => {
  const source = requireSource(draft, readName(args, 'name'));
  if (args.configuration !== undefined) source.configuration = readConfiguration(args.configuration);
  if (isObject(args.customization)) source.customization = args.customization as Draft<SourceCustomization>;
  Object.assign(source, withoutEffectOf(args, source));
  return {};
};

/** `rename_source`. */
export const renameSource: Operation = ({ draft }, args) => {
  const source = requireSource(draft, readName(args, 'name'));
  const name = readName(args, 'new_name');
  if (draft.sources.some((other) => other.name === name)) {
    throw new EngineError('already-exists', `source with name "${name}" already exists`, { path: '$.args' });
  }
  source.name = name;
  return {};
};

/** `pg_drop_source`: forgets all of it; the database itself stays as it is. */
export const dropSource: Operation = ({ draft }, args) => {
  const source = requireSource(draft, readName(args, 'name'));
  draft.sources = draft.sources.filter((other) => other !== source);
  return {};
};

/** `list_source_kinds` */
export const listSourceKinds: ReadOperation = () => ({
  sources: [{ kind: 'postgres', display_name: 'postgres', builtin: true, available: true }],
});

/** `pg_get_source_tables`: every table and view that could be tracked. */
export const getSourceTables: ReadOperation = ({ state }) =>
  [...state.catalog.tables.values()].map(({ schema, name }) => ({ schema, name }));

/** Whether no two rows of a table have the same values in some columns, whatever says so. */
function isUnique(
  { primaryKey, uniqueKeys, uniqueIndexes }: CatalogTable,
  columns: readonly string[],
): boolean {
  // An index over expressions, or over some of the rows, says nothing of the columns.
  const whole = uniqueIndexes.filter(
    (index) => index.target.replaceAll('"', '') === `(${index.columns.join(', ')})`.replaceAll('"', ''),
  );
  return [...(primaryKey ? [primaryKey] : []), ...uniqueKeys, ...whole].some(
    (key) => key.columns.length > 0 && key.columns.every((column) => columns.includes(column)),
  );
}

/** `pg_suggest_relationships`: both directions of every foreign key between tracked tables. */
export const suggestRelationships: ReadOperation = ({ state }, args) => {
  const tracked = state.metadata.sources[0]?.tables ?? [];
  const keys = new Set(tracked.map((entry) => keyOf(entry.table)));
  const asked = Array.isArray(args.tables) ? new Set(args.tables.map((name) => keyOf(name as never))) : keys;
  const known = new Set(
    [...state.source.tables.values()].flatMap((table) =>
      table.relationships.map(({ kind, target, mapping }) =>
        JSON.stringify([kind, table.key, target, mapping.map(({ from, to }) => [from, to]).sort()]),
      ),
    ),
  );
  const relationships = tracked.flatMap((entry) => {
    const key = keyOf(entry.table);
    const table = state.catalog.tables.get(key);
    return (table?.foreignKeys ?? []).flatMap((foreign) => {
      const target = keyOf({ schema: foreign.refSchema, name: foreign.refTable });
      if (!keys.has(target)) return [];
      const here = {
        table: readQualifiedName(entry.table),
        columns: foreign.columns,
        constraint_name: foreign.name,
      };
      const there = {
        table: { schema: foreign.refSchema, name: foreign.refTable },
        columns: foreign.refColumns,
      };
      const pairs = foreign.columns.map((column, index) => [column, foreign.refColumns[index]]);
      const back = table && isUnique(table, foreign.columns) ? 'object' : 'array';
      const ways = [
        { type: 'object', from: here, to: there, key, id: ['object', key, target, pairs.sort()] },
        {
          type: back,
          from: there,
          to: here,
          key: target,
          id: [back, target, key, pairs.map(([one, other]) => [other, one]).sort()],
        },
      ];
      return ways
        .filter(
          (way) => asked.has(way.key) && !(args.omit_tracked === true && known.has(JSON.stringify(way.id))),
        )
        .map(({ type, from, to }) => ({ type, from, to }));
    });
  });
  return { relationships };
};
