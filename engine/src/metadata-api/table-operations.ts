import { EngineError } from '../errors.ts';
import type { TableConfiguration } from '../metadata/types.ts';
import { isGraphQLName } from '../source/graphql-name.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import { isObject, readObject, readTableName, toQualifiedName } from './arguments.ts';
import { readParts, tableDependents } from './dependencies.ts';
import { dropDependents, requireTable, sourceOf, tableEntry } from './draft.ts';
import type {
  Draft,
  Operation,
  OperationArgs,
  OperationContext,
  OperationOutcome,
  TableDraft,
} from './types.ts';

/** `track_table` takes the name itself, or an object that holds it with a configuration. */
export const trackTable: Operation = ({ draft, catalog }, args) => {
  const name = args.table === undefined ? toQualifiedName(args, '$') : readTableName(args);
  const display = displayNameOf(name.schema, name.name);
  if (tableEntry(draft, name))
    throw new EngineError('already-tracked', `view/table already tracked : "${display}"`, { path: '$.args' });
  const source = sourceOf(draft);
  if ((source.functions ?? []).some((entry) => keyOf(entry.function) === keyOf(name))) {
    throw new EngineError('not-supported', `function with name "${display}" already exists`, {
      path: '$.args',
    });
  }
  const entry: TableDraft = { table: name };
  const isNamed = isObject(args.configuration) && typeof args.configuration.custom_name === 'string';
  if (!isNamed && !isGraphQLName(name.schema === 'public' ? name.name : `${name.schema}_${name.name}`)) {
    throw new EngineError(
      'validation-failed',
      `cannot include "${display}" in the GraphQL schema because it is not a valid GraphQL identifier`,
      { path: '$.args' },
    );
  }
  // Kept, so that it is refused by name like in a project folder, and never forgotten.
  for (const key of ['apollo_federation_config', 'logical_model'] as const) {
    if (args[key] !== undefined && args[key] !== null) Object.assign(entry, { [key]: args[key] });
  }
  if (args.is_enum === true) entry.is_enum = true;
  if (isObject(args.configuration)) entry.configuration = args.configuration as Draft<TableConfiguration>;
  source.tables.push(entry);
  // It may have been made since, past the engine.
  return { catalogChanged: !catalog.tables.has(keyOf(name)), subject: nameOf(source, display) };
};

/** What a table is called among inconsistent objects. */
function nameOf(source: { readonly name: string }, display: string): string {
  return `table ${display} in source ${source.name}`;
}

/** Takes a table out, with what leads to it where `cascade` says so. */
export const untrackTable: Operation = ({ draft, catalog }, args) => {
  const name = readTableName(args);
  const entry = tableEntry(draft, name);
  if (!entry) {
    const display = displayNameOf(name.schema, name.name);
    throw new EngineError('already-untracked', `view/table already untracked : "${display}"`, {
      path: '$.args',
    });
  }
  dropDependents(tableDependents(readParts(draft, catalog), keyOf(name)), args.cascade === true);
  const source = sourceOf(draft);
  source.tables = source.tables.filter((candidate) => candidate !== entry);
  return { subject: null };
};

/** `track_tables`: a list of what `track_table` takes. */
export const trackTables: Operation = (context, args) => forEachTable(trackTable, context, args);

/** `untrack_tables`: a list of what `untrack_table` takes. */
export const untrackTables: Operation = (context, args) => forEachTable(untrackTable, context, args);

async function forEachTable(
  operation: Operation,
  context: OperationContext,
  args: OperationArgs,
): Promise<OperationOutcome> {
  if (!Array.isArray(args.tables)) {
    throw new EngineError('parse-failed', 'key "tables" not found', { path: '$' });
  }
  let catalogChanged = false;
  for (const table of args.tables) {
    const outcome = await operation(context, readObject(table, '$.tables'));
    catalogChanged ||= outcome.catalogChanged === true;
  }
  return { catalogChanged };
}

/** `set_table_is_enum`. */
export const setTableIsEnum: Operation = ({ draft }, args) => {
  const name = readTableName(args);
  if (typeof args.is_enum !== 'boolean')
    throw new EngineError('parse-failed', 'key "is_enum" not found', { path: '$' });
  const entry = requireTable(draft, name);
  if (args.is_enum) entry.is_enum = true;
  else delete entry.is_enum;
  return { subject: nameOf(sourceOf(draft), displayNameOf(name.schema, name.name)) };
};

/** `set_table_customization`: the whole configuration anew. */
export const setTableCustomization: Operation = ({ draft }, args) => {
  const name = readTableName(args);
  setConfiguration(requireTable(draft, name), isObject(args.configuration) ? args.configuration : {});
  return { subject: nameOf(sourceOf(draft), displayNameOf(name.schema, name.name)) };
};

/** `set_table_custom_fields`: root fields and column names, the configuration's other parts as they are. */
export const setTableCustomFields: Operation = ({ draft }, args) => {
  const name = readTableName(args);
  const entry = requireTable(draft, name);
  const { custom_name: customName } = entry.configuration ?? {};
  setConfiguration(entry, {
    ...(customName === undefined ? {} : { custom_name: customName }),
    custom_root_fields: args.custom_root_fields ?? {},
    custom_column_names: args.custom_column_names ?? {},
  });
  return { subject: nameOf(sourceOf(draft), displayNameOf(name.schema, name.name)) };
};

function setConfiguration(entry: TableDraft, configuration: OperationArgs): void {
  if (Object.keys(configuration).length === 0) delete entry.configuration;
  else entry.configuration = configuration as Draft<TableConfiguration>;
}
