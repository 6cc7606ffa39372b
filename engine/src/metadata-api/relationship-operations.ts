import type { Catalog } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import { isObject, readName, readTableName, toQualifiedName } from './arguments.ts';
import { fieldDependents, readParts } from './dependencies.ts';
import { dropDependents, removeFrom, requireTable } from './draft.ts';
import { renameInFilters } from './follow-renames.ts';
import type { Operation, TableDraft } from './types.ts';

type Kind = 'object_relationships' | 'array_relationships';

function findRelationship(table: TableDraft, name: string): Kind | undefined {
  return (['object_relationships', 'array_relationships'] as const).find((kind) =>
    (table[kind] ?? []).some((entry) => entry.name === name),
  );
}

function createRelationship(kind: Kind): Operation {
  return ({ draft, catalog }, args) => {
    const tableName = readTableName(args);
    const name = readName(args, 'name');
    const using = qualifyUsing(kind, args.using);
    const table = requireTable(draft, tableName);
    const display = displayNameOf(tableName.schema, tableName.name);
    const columns = catalog.tables.get(JSON.stringify([tableName.schema, tableName.name]))?.columns ?? [];
    const isComputed = (table.computed_fields ?? []).some((field) => field.name === name);
    if (isComputed || findRelationship(table, name) || columns.some((column) => column.name === name)) {
      throw new EngineError(
        'already-exists',
        `column/relationship "${name}" of table "${display}" already exists`,
        { path: '$.args' },
      );
    }
    const entry = {
      name,
      using,
      ...(typeof args.comment === 'string' ? { comment: args.comment } : {}),
    };
    Object.assign(table, { [kind]: [...(table[kind] ?? []), entry] });
    const type = kind === 'object_relationships' ? 'object_relation' : 'array_relation';
    return { subject: `${type} ${name} in table ${display} in source default` };
  };
}

/** Spells table names inside `using` out, and a list of one column as that column, as the reference exports them. */
export function qualifyUsing(kind: Kind, using: unknown): unknown {
  if (!isObject(using)) throw new EngineError('parse-failed', 'key "using" not found', { path: '$' });
  const { foreign_key_constraint_on: on, manual_configuration: manual } = using;
  const isGiven = (part: unknown): boolean => part !== undefined && part !== null;
  if (isGiven(on) === isGiven(manual)) {
    const amount = isGiven(on) ? 'only' : 'atleast';
    throw new EngineError(
      'parse-failed',
      `${amount} one of foreign_key_constraint_on/manual_configuration should be present`,
      { path: '$.using' },
    );
  }
  if (isObject(manual)) {
    const remote = toQualifiedName(manual.remote_table, '$.using.manual_configuration.remote_table');
    return { manual_configuration: { ...manual, remote_table: remote } };
  }
  if (kind === 'array_relationships' && on !== undefined && !isObject(on)) {
    throw new EngineError('parse-failed', 'Expecting object { table, columns }.', {
      path: '$.using.foreign_key_constraint_on',
    });
  }
  if (isObject(on)) {
    const { columns, ...rest } = on;
    const table = toQualifiedName(on.table, '$.using.foreign_key_constraint_on.table');
    const [column, ...others] = [columns ?? []].flat();
    const named = column === undefined ? {} : others.length > 0 ? { columns } : { column };
    return { foreign_key_constraint_on: { ...rest, ...named, table } };
  }
  return Array.isArray(on) && on.length === 1 ? { foreign_key_constraint_on: on[0] } : using;
}

/** `create_object_relationship`. */
export const createObjectRelationship = createRelationship('object_relationships');
/** `create_array_relationship`. */
export const createArrayRelationship = createRelationship('array_relationships');

/** `drop_relationship`. */
export const dropRelationship: Operation = ({ draft, catalog }, args) => {
  const tableName = readTableName(args);
  const name = readName(args, 'relationship');
  const table = requireTable(draft, tableName);
  const kind = requireRelationship(table, name, catalog);
  dropDependents(fieldDependents(readParts(draft, catalog), keyOf(tableName), name), args.cascade === true);
  removeFrom(table, kind, (entry: { name: string }) => entry.name === name);
  return { subject: null };
};

/** What filters through the relationship follows its new name. */
export const renameRelationship: Operation = ({ draft, catalog }, args) => {
  const tableName = readTableName(args);
  const name = readName(args, 'name');
  const newName = readName(args, 'new_name');
  const table = requireTable(draft, tableName);
  const kind = requireRelationship(table, name, catalog);
  const columns = catalog.tables.get(keyOf(tableName))?.columns ?? [];
  const isTaken =
    findRelationship(table, newName) !== undefined ||
    (table.computed_fields ?? []).some((field) => field.name === newName) ||
    columns.some((column) => column.name === newName);
  if (isTaken) {
    const display = displayNameOf(tableName.schema, tableName.name);
    throw new EngineError(
      'already-exists',
      `cannot rename relationship "${name}" to "${newName}" in table "${display}" as a column/relationship with the name already exists`,
      { path: '$.args' },
    );
  }
  renameInFilters(draft, catalog, { key: keyOf(tableName), from: name, to: newName });
  for (const entry of table[kind] ?? []) if (entry.name === name) entry.name = newName;
  return {};
};

/** `set_relationship_comment`. */
export const setRelationshipComment: Operation = ({ draft, catalog }, args) => {
  const tableName = readTableName(args);
  const name = readName(args, 'name');
  const table = requireTable(draft, tableName);
  for (const entry of table[requireRelationship(table, name, catalog)] ?? []) {
    if (entry.name === name) entry.comment = typeof args.comment === 'string' ? args.comment : null;
  }
  return {};
};

function requireRelationship(table: TableDraft, name: string, catalog: Catalog): Kind {
  const kind = findRelationship(table, name);
  if (kind) return kind;
  const columns = catalog.tables.get(keyOf(table.table))?.columns ?? [];
  const fields = [...columns, ...(table.computed_fields ?? [])];
  if (fields.some((field) => field.name === name)) {
    throw new EngineError(
      'unexpected-payload',
      `expecting a relationship; but, "${name}" is a postgres column; `,
      { path: '$.args' },
    );
  }
  throw new EngineError('not-exists', `relationship "${name}" does not exist`, { path: '$.args' });
}
