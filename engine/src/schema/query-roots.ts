import { type GraphQLFieldConfig, GraphQLList, GraphQLNonNull } from 'graphql';
import type { Column, TrackedTable } from '../source/types.ts';
import { actionField, actionResultField, isAsynchronous, mayCall } from './action-types.ts';
import { type BuildContext, readMeaning, selectOf } from './build-context.ts';
import { columnInputType } from './column-types.ts';
import { meaning } from './meaning.ts';
import { rowType, selectArguments, tableAggregateType } from './object-types.ts';
import { streamArguments } from './stream-types.ts';

/** Root fields, by name. */
export type RootFields = Record<string, GraphQLFieldConfig<unknown, unknown>>;

/** The primary key's columns when the role may read all of them. */
export function readableKey(context: BuildContext, table: TrackedTable): Column[] | undefined {
  const select = selectOf(context, table);
  const key = table.catalog.primaryKey;
  if (!select || !key) return undefined;
  const columns = key.columns.map((name) => table.columnByName.get(name));
  return columns.every((column): column is Column => column !== undefined && select.columns.has(column.name))
    ? columns
    : undefined;
}

/** Table root fields of `query_root` or `subscription_root`. */
export function selectRootFields(
  context: BuildContext,
  table: TrackedTable,
  root: 'query' | 'subscription',
): RootFields {
  const select = selectOf(context, table);
  if (!select) return {};
  const fields: RootFields = {};
  const allowed = root === 'query' ? select.queryRootFields : select.subscriptionRootFields;
  const visible = (kind: string): boolean => allowed === null || allowed.has(kind);
  const { rootFields: names, displayName } = table;
  const rows = new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(rowType(context, table))));
  if (visible('select')) {
    fields[names.select.name] = {
      type: rows,
      args: selectArguments(context, table),
      description:
        names.select.comment === undefined
          ? `fetch data from the table: "${displayName}"`
          : names.select.comment,
      extensions: meaning({ kind: 'select', table }),
    };
  }
  if (select.allowAggregations && visible('select_aggregate')) {
    fields[names.select_aggregate.name] = {
      type: new GraphQLNonNull(tableAggregateType(context, table)),
      args: selectArguments(context, table),
      description:
        names.select_aggregate.comment === undefined
          ? `fetch aggregated fields from the table: "${displayName}"`
          : names.select_aggregate.comment,
      extensions: meaning({ kind: 'select_aggregate', table }),
    };
  }
  const key = readableKey(context, table);
  if (key && visible('select_by_pk')) {
    fields[names.select_by_pk.name] = {
      type: rowType(context, table),
      args: Object.fromEntries(
        key.map((column) => [
          column.fieldName,
          {
            type: new GraphQLNonNull(columnInputType(context, column)),
            description: column.comment,
            extensions: readMeaning(context, table, column),
          },
        ]),
      ),
      description:
        names.select_by_pk.comment === undefined
          ? `fetch data from the table: "${displayName}" using primary key columns`
          : names.select_by_pk.comment,
      extensions: meaning({ kind: 'select_by_pk', table }),
    };
  }
  const streamed = root === 'subscription' ? streamArguments(context, table) : undefined;
  if (streamed && visible('select_stream') && !context.experiments.has('hide_stream_fields')) {
    fields[names.select_stream.name] = {
      type: rows,
      args: streamed,
      description:
        names.select_stream.comment === undefined
          ? `fetch data from the table in a streaming manner: "${displayName}"`
          : names.select_stream.comment,
      extensions: meaning({ kind: 'select_stream', table }),
    };
  }
  return fields;
}

/** The actions of one kind that the role may call. */
export function actionRootFields(context: BuildContext, type: 'query' | 'mutation'): RootFields {
  const fields: RootFields = {};
  for (const action of context.source.actions) {
    if ((action.definition.type ?? 'mutation') === type && mayCall(context, action)) {
      fields[action.name] = actionField(context, action);
    }
  }
  return fields;
}

/** The fields that tell what has become of the asynchronous actions that the role may call. */
export function actionResultFields(context: BuildContext): RootFields {
  const fields: RootFields = {};
  for (const action of context.source.actions) {
    if (isAsynchronous(action) && mayCall(context, action)) {
      fields[action.name] = actionResultField(context, action);
    }
  }
  return fields;
}
