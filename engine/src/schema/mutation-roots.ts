import { type GraphQLFieldConfig, GraphQLList, GraphQLNonNull } from 'graphql';
import type { TrackedTable } from '../source/types.ts';
import { type BuildContext, permissionsOf, readMeaning, selectOf } from './build-context.ts';
import { columnInputType } from './column-types.ts';
import { boolExpType } from './filter-types.ts';
import { hasInsertFields, insertInputType, onConflictField } from './insert-types.ts';
import { meaning } from './meaning.ts';
import { mutationResponseType, pkColumnsType, updateOperatorFields, updatesType } from './mutation-types.ts';
import { rowType } from './object-types.ts';
import { type RootFields, readableKey } from './query-roots.ts';

/** Table root fields of `mutation_root`. */
export function mutationRootFields(context: BuildContext, table: TrackedTable): RootFields {
  const { backendOnly } = context;
  const { insert, update, delete: remove } = permissionsOf(context, table);
  return {
    ...(insert && table.catalog.isInsertable && (backendOnly || !insert.backendOnly)
      ? insertFields(context, table)
      : {}),
    ...(update && (backendOnly || !update.backendOnly) ? updateFields(context, table) : {}),
    ...(remove && (backendOnly || !remove.backendOnly) ? deleteFields(context, table) : {}),
  };
}

function described(comment: string | null | undefined, standard: string): string | null {
  return comment === undefined ? standard : comment;
}

function insertFields(context: BuildContext, table: TrackedTable): RootFields {
  if (!hasInsertFields(context, table)) return {};
  const { rootFields: names, displayName } = table;
  const input = insertInputType(context, table);
  const fields: RootFields = {
    [names.insert.name]: {
      type: mutationResponseType(context, table),
      args: {
        objects: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(input))),
          description: 'the rows to be inserted',
        },
        ...onConflictField(context, table),
      },
      description: described(names.insert.comment, `insert data into the table: "${displayName}"`),
      extensions: meaning({ kind: 'insert', table, single: false }),
    },
  };
  if (selectOf(context, table)) {
    fields[names.insert_one.name] = {
      type: rowType(context, table),
      args: {
        object: { type: new GraphQLNonNull(input), description: 'the row to be inserted' },
        ...onConflictField(context, table),
      },
      description: described(
        names.insert_one.comment,
        `insert a single row into the table: "${displayName}"`,
      ),
      extensions: meaning({ kind: 'insert', table, single: true }),
    };
  }
  return fields;
}

function updateFields(context: BuildContext, table: TrackedTable): RootFields {
  const operators = updateOperatorFields(context, table);
  // Without a column to write there is nothing to update, unless presets do it alone.
  const hasPresets = (permissionsOf(context, table).update?.presets.size ?? 0) > 0;
  if (Object.keys(operators).length === 0 && !hasPresets) return {};
  const { rootFields: names, displayName } = table;
  const response = mutationResponseType(context, table);
  const fields: RootFields = {};
  // Filtering needs something to filter by: a role that cannot select has only an empty filter type.
  fields[names.update.name] = {
    type: response,
    args: {
      ...operators,
      where: {
        type: new GraphQLNonNull(boolExpType(context, table)),
        description: 'filter the rows which have to be updated',
      },
    },
    description: described(names.update.comment, `update data of the table: "${displayName}"`),
    extensions: meaning({ kind: 'update', table }),
  };
  if (!context.experiments.has('hide_update_many_fields')) {
    fields[names.update_many.name] = {
      type: new GraphQLList(response),
      args: {
        updates: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(updatesType(context, table)))),
          description: 'updates to execute, in order',
        },
      },
      description: described(names.update_many.comment, `update multiples rows of table: "${displayName}"`),
      extensions: meaning({ kind: 'update_many', table }),
    };
  }
  const key = readableKey(context, table);
  if (key) {
    fields[names.update_by_pk.name] = {
      type: rowType(context, table),
      args: { ...operators, pk_columns: { type: new GraphQLNonNull(pkColumnsType(context, table, key)) } },
      description: described(names.update_by_pk.comment, `update single row of the table: "${displayName}"`),
      extensions: meaning({ kind: 'update_by_pk', table }),
    };
  }
  return fields;
}

function deleteFields(context: BuildContext, table: TrackedTable): RootFields {
  const { rootFields: names, displayName } = table;
  const fields: RootFields = {
    [names.delete.name]: {
      type: mutationResponseType(context, table),
      args: {
        where: {
          type: new GraphQLNonNull(boolExpType(context, table)),
          description: 'filter the rows which have to be deleted',
        },
      },
      description: described(names.delete.comment, `delete data from the table: "${displayName}"`),
      extensions: meaning({ kind: 'delete', table }),
    },
  };
  const key = readableKey(context, table);
  if (key) {
    const args: NonNullable<GraphQLFieldConfig<unknown, unknown>['args']> = {};
    for (const column of key) {
      args[column.fieldName] = {
        type: new GraphQLNonNull(columnInputType(context, column)),
        description: column.comment,
        extensions: readMeaning(context, table, column),
      };
    }
    fields[names.delete_by_pk.name] = {
      type: rowType(context, table),
      args,
      description: described(
        names.delete_by_pk.comment,
        `delete single row from the table: "${displayName}"`,
      ),
      extensions: meaning({ kind: 'delete_by_pk', table }),
    };
  }
  return fields;
}
