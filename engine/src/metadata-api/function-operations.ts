import { EngineError } from '../errors.ts';
import type { ComputedFieldMetadata, FunctionMetadata } from '../metadata/types.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import { isObject, readName, readObject, readTableName, toQualifiedName } from './arguments.ts';
import { fieldDependents, readParts } from './dependencies.ts';
import { dropDependents, removeFrom, requireTable, sourceOf, tableEntry } from './draft.ts';
import type { Draft, MetadataDraft, Operation } from './types.ts';

type FunctionDraft = Draft<FunctionMetadata>;

/** `track_function` takes the name itself, or an object that holds it with a configuration. */
export const trackFunction: Operation = ({ draft, catalog }, args) => {
  const name = args.function === undefined ? toQualifiedName(args, '$') : readTableName(args, 'function');
  const display = displayNameOf(name.schema, name.name);
  const source = sourceOf(draft);
  if (findFunction(draft, name)) {
    throw new EngineError('already-tracked', `function already tracked : "${display}"`, { path: '$.args' });
  }
  if (tableEntry(draft, name)) {
    throw new EngineError('not-supported', `table with name "${display}" already exists`, { path: '$.args' });
  }
  const entry: FunctionDraft = { function: name };
  if (isObject(args.configuration))
    entry.configuration = args.configuration as FunctionDraft['configuration'] & object;
  if (typeof args.comment === 'string') entry.comment = args.comment;
  source.functions = [...(source.functions ?? []), entry];
  // It may have been made since the catalog was read, past the engine.
  return {
    catalogChanged: !catalog.functions.has(keyOf(name)),
    subject: `function ${display} in source ${source.name}`,
  };
};

/** `untrack_function`. */
export const untrackFunction: Operation = ({ draft }, args) => {
  const name = args.function === undefined ? toQualifiedName(args, '$') : readTableName(args, 'function');
  const entry = requireFunction(draft, name);
  const source = sourceOf(draft);
  source.functions = (source.functions ?? []).filter((candidate) => candidate !== entry);
  return { subject: null };
};

function findFunction(
  draft: MetadataDraft,
  name: { schema: string; name: string },
): FunctionDraft | undefined {
  return (sourceOf(draft).functions ?? []).find((entry) => keyOf(entry.function) === keyOf(name));
}

function requireFunction(draft: MetadataDraft, name: { schema: string; name: string }): FunctionDraft {
  const entry = findFunction(draft, name);
  if (entry) return entry;
  const display = displayNameOf(name.schema, name.name);
  throw new EngineError(
    'not-exists',
    `function "${display}" does not exist in source: ${sourceOf(draft).name}`,
    { path: '$.args' },
  );
}

/** `set_function_customization`: the whole configuration anew. */
export const setFunctionCustomization: Operation = ({ draft }, args) => {
  const entry = requireFunction(draft, readTableName(args, 'function'));
  const configuration = readObject(args.configuration ?? {}, '$.configuration');
  if (Object.keys(configuration).length === 0) delete entry.configuration;
  else entry.configuration = configuration as FunctionDraft['configuration'] & object;
  return {};
};

/** Only a role that may select from the table which the function returns can be given one. */
export const createFunctionPermission: Operation = ({ draft, catalog }, args) => {
  const name = readTableName(args, 'function');
  const role = readName(args, 'role');
  const entry = requireFunction(draft, name);
  const where = `function "${displayNameOf(name.schema, name.name)}" in source: "${sourceOf(draft).name}"`;
  if ((entry.permissions ?? []).some((permission) => permission.role === role)) {
    throw new EngineError('already-exists', `permission of role "${role}" already exists for ${where}`, {
      path: '$.args',
    });
  }
  const returned = catalog.functions.get(keyOf(name))?.[0]?.returnType;
  const table = returned && tableEntry(draft, { schema: returned.schema, name: returned.name });
  if (table && !(table.select_permissions ?? []).some((permission) => permission.role === role)) {
    const display = displayNameOf(returned.schema, returned.name);
    throw new EngineError(
      'not-supported',
      `function permission can only be added when the function's return table "${display}" has select permission configured for role "${role}"`,
      { path: '$.args' },
    );
  }
  entry.permissions = [...(entry.permissions ?? []), { role }];
  return {};
};

/** `drop_function_permission`. */
export const dropFunctionPermission: Operation = ({ draft }, args) => {
  const name = readTableName(args, 'function');
  const role = readName(args, 'role');
  const entry = requireFunction(draft, name);
  if (!(entry.permissions ?? []).some((permission) => permission.role === role)) {
    const where = `function "${displayNameOf(name.schema, name.name)}" in source: "${sourceOf(draft).name}"`;
    throw new EngineError('not-exists', `permission of role "${role}" does not exist for ${where}`, {
      path: '$.args',
    });
  }
  entry.permissions = (entry.permissions ?? []).filter((permission) => permission.role !== role);
  return {};
};

/** `add_computed_field`. */
export const addComputedField: Operation = ({ draft }, args) => {
  const tableName = readTableName(args);
  const name = readName(args, 'name');
  const definition = readObject(args.definition, '$.definition');
  const called = toQualifiedName(definition.function, '$.definition.function');
  const table = requireTable(draft, tableName, '$.args.table');
  if ((table.computed_fields ?? []).some((field) => field.name === name)) {
    throw new EngineError('already-exists', `computed field "${name}" already exists`, {
      path: '$.args.name',
    });
  }
  const field = {
    name,
    definition: { ...definition, function: called },
    ...(typeof args.comment === 'string' ? { comment: args.comment } : {}),
  };
  table.computed_fields = [
    ...(table.computed_fields ?? []),
    field as unknown as Draft<ComputedFieldMetadata>,
  ];
  const display = displayNameOf(tableName.schema, tableName.name);
  return { subject: `computed_field ${name} in table ${display} in source ${sourceOf(draft).name}` };
};

/** `drop_computed_field`. */
export const dropComputedField: Operation = ({ draft, catalog }, args) => {
  const tableName = readTableName(args);
  const name = readName(args, 'name');
  const table = requireTable(draft, tableName, '$.args.table');
  if (!(table.computed_fields ?? []).some((field) => field.name === name)) {
    throw new EngineError('not-exists', `computed field "${name}" does not exist`, { path: '$.args.name' });
  }
  dropDependents(fieldDependents(readParts(draft, catalog), keyOf(tableName), name), args.cascade === true);
  removeFrom(table, 'computed_fields', (field: { name: string }) => field.name === name);
  return { subject: null };
};
