import {
  GraphQLEnumType,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
} from 'graphql';
import type { TrackedTable } from '../source/types.ts';
import { type BuildContext, readableColumns, readMeaning, sortedFields } from './build-context.ts';
import { columnInputType } from './column-types.ts';
import { boolExpType } from './filter-types.ts';
import { meaning } from './meaning.ts';

/** The one `cursor_ordering` enum. */
const cursorOrderingEnum = new GraphQLEnumType({
  name: 'cursor_ordering',
  description: 'ordering argument of a cursor',
  values: {
    ASC: { description: 'ascending ordering of the cursor' },
    DESC: { description: 'descending ordering of the cursor' },
  },
});

/** `batch_size, cursor, where`: the arguments of `<table>_stream`; undefined when the role may read no column. */
export function streamArguments(
  context: BuildContext,
  table: TrackedTable,
): GraphQLFieldConfigArgumentMap | undefined {
  if (readableColumns(context, table).length === 0) return undefined;
  return {
    batch_size: {
      type: new GraphQLNonNull(GraphQLInt),
      description: 'maximum number of rows returned in a single batch',
      extensions: meaning({ kind: 'row_count', bits: 32 }),
    },
    cursor: {
      type: new GraphQLNonNull(new GraphQLList(cursorInput(context, table))),
      description: 'cursor to stream the results returned by the query',
    },
    where: { type: boolExpType(context, table), description: 'filter the rows returned' },
  };
}

function cursorInput(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_stream_cursor_input`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `Streaming cursor of the table "${table.typeName}"`,
      fields: () => ({
        initial_value: {
          type: new GraphQLNonNull(cursorValueInput(context, table)),
          description: 'Stream column input with initial value',
        },
        ordering: { type: cursorOrderingEnum, description: 'cursor ordering' },
      }),
    });
  });
}

function cursorValueInput(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_stream_cursor_value_input`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: 'Initial value of the column from where the streaming should start',
      fields: () =>
        sortedFields(
          Object.fromEntries(
            readableColumns(context, table).map((column) => [
              column.fieldName,
              {
                type: columnInputType(context, column),
                description: column.comment,
                extensions: readMeaning(context, table, column),
              },
            ]),
          ),
        ),
    });
  });
}
