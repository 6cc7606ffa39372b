import { EngineError } from '../errors.ts';
import { cloneJson } from '../json/json-values.ts';
import { otherFiles } from '../metadata/schemas/others.ts';
import type { Metadata, QualifiedName } from '../metadata/types.ts';
import { displayNameOf, readQualifiedName } from '../source/qualified-name.ts';
import { isObject, toQualifiedName } from './arguments.ts';
import { sourceOf } from './draft.ts';
import { readShape } from './read-shape.ts';
import { qualifyUsing } from './relationship-operations.ts';
import type { MetadataDraft } from './types.ts';

/**
 * Brings metadata of versions 1 to 3 into the shape of version 3: versions 1 and 2 have `tables` and
 * `functions` at the top, and names may be bare texts anywhere.
 */
export function normaliseMetadata(given: Readonly<Record<string, unknown>>): Metadata {
  const { version = 1, tables, functions, ...others } = cloneJson(given) as Record<string, unknown>;
  if (version !== 1 && version !== 2 && version !== 3) {
    throw new EngineError('parse-failed', `unexpected metadata version: ${String(version)}`, {
      path: '$.version',
    });
  }
  const draft = { ...others, version: 3, sources: others.sources ?? [] } as unknown as MetadataDraft;
  if (version === 3) {
    if (!Array.isArray(draft.sources))
      throw new EngineError('parse-failed', 'sources must be a list', { path: '$.sources' });
    if (draft.sources.length === 0) sourceOf(draft);
  } else {
    const source = sourceOf(draft);
    if (!Array.isArray(tables)) throw missing('tables', '$');
    source.tables = tables as typeof source.tables;
    if (functions !== undefined) source.functions = functions as NonNullable<typeof source.functions>;
  }
  for (const source of draft.sources) {
    if (!Array.isArray(source.tables ?? []))
      throw new EngineError('parse-failed', 'tables must be a list', { path: '$.sources' });
    source.tables = (source.tables ?? []).map((table) => withoutEmpties(table) as typeof table);
    for (const [index, table] of source.tables.entries()) {
      if (table.table === undefined) throw missing('table', `$.tables[${index}]`);
      table.table = toQualifiedName(table.table, `$.tables[${index}].table`);
      for (const kind of ['object_relationships', 'array_relationships'] as const) {
        for (const entry of [table[kind] ?? []].flat()) {
          const given = entry as { using?: unknown };
          if (isObject(given?.using)) given.using = qualifyUsing(kind, given.using);
        }
      }
    }
    refuseDuplicates(
      'tables',
      source.tables.map(({ table }) => nameOf(table)),
    );
    if (source.functions) {
      source.functions = source.functions.map((entry) => {
        const isWhole = isObject(entry) && 'function' in entry;
        const name = toQualifiedName(isWhole ? entry.function : entry, '$.functions');
        return isWhole ? { ...entry, function: name } : { function: name };
      });
      refuseDuplicates(
        'functions',
        source.functions.map((entry) => nameOf(entry.function)),
      );
    }
  }
  for (const { key, schema } of guardedFiles) {
    const part = draft[key];
    if (part !== undefined) Object.assign(draft, { [key]: readShape(schema, part) });
    if (draft[key] === undefined) delete draft[key];
  }
  return draft as Metadata;
}

function missing(key: string, path: string): EngineError {
  return new EngineError('parse-failed', `key "${key}" not found`, { path });
}

function nameOf(name: QualifiedName): string {
  const { schema, name: bare } = readQualifiedName(name);
  return displayNameOf(schema, bare);
}

function refuseDuplicates(what: string, names: readonly string[]): void {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  if (twice.size === 0) return;
  const list = [...twice].join(', ');
  throw new EngineError('parse-failed', `multiple declarations exist for the following ${what}: ${list}`, {
    path: '$',
  });
}

/** Parts whose meaning security rests on: of a shape that is surely understood, or not at all. */
const guardedFiles = [
  otherFiles.query_collections,
  otherFiles.allow_list,
  otherFiles.rest_endpoints,
  otherFiles.api_limits,
] as const;

/** Lists that hold nothing say nothing; exports leave them out. */
function withoutEmpties(value: unknown): object {
  if (!isObject(value))
    throw new EngineError('parse-failed', 'a table must be an object', { path: '$.tables' });
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => !(Array.isArray(part) && part.length === 0)),
  );
}
