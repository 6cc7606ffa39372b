import {
  type GraphQLInputFieldConfig,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { Column, TrackedTable } from '../source/types.ts';
import {
  type BuildContext,
  columnsIn,
  permissionsOf,
  readMeaning,
  selectOf,
  sortedFields,
  writeMeaning,
} from './build-context.ts';
import { columnInputType } from './column-types.ts';
import { boolExpType } from './filter-types.ts';
import { rowType } from './object-types.ts';
import { isNumeric } from './scalars.ts';

/** Fields of an input object, by name. */
export type InputFields = Record<string, GraphQLInputFieldConfig>;

const list = (type: GraphQLInputType): GraphQLInputType => new GraphQLList(new GraphQLNonNull(type));

/** Input fields of columns; `extensions` says whether the columns are written or read. */
export function columnInputs(
  context: BuildContext,
  columns: readonly Column[],
  extensions: (column: Column) => InputFields[string]['extensions'] = writeMeaning,
): InputFields {
  return Object.fromEntries(
    columns.map((column) => [
      column.fieldName,
      {
        type: columnInputType(context, column),
        description: column.comment,
        extensions: extensions(column),
      },
    ]),
  );
}

/** `<table>_pk_columns_input`. */
export function pkColumnsType(
  context: BuildContext,
  table: TrackedTable,
  columns: readonly Column[],
): GraphQLInputObjectType {
  const name = `${table.typeName}_pk_columns_input`;
  return context.input(name, () => {
    const fields = columnInputs(context, columns, (column) => readMeaning(context, table, column));
    for (const field of Object.values(fields)) field.type = new GraphQLNonNull(field.type);
    return new GraphQLInputObjectType({
      name,
      description: `primary key columns input for table: ${table.displayName}`,
      fields: sortedFields(fields),
    });
  });
}

interface UpdateOperator {
  readonly name: string;
  readonly suffix: string;
  readonly argument: string;
  readonly type: (table: string) => string;
  fits(column: Column): boolean;
  readonly valueType?: GraphQLInputType;
}

const isJsonb = (column: Column): boolean => column.type.name === 'jsonb';

const updateOperators: readonly UpdateOperator[] = [
  {
    name: '_append',
    suffix: 'append_input',
    argument: 'append existing jsonb value of filtered columns with new jsonb value',
    type: () => 'append existing jsonb value of filtered columns with new jsonb value',
    fits: isJsonb,
  },
  {
    name: '_delete_at_path',
    suffix: 'delete_at_path_input',
    argument:
      'delete the field or element with specified path (for JSON arrays, negative integers count from the end)',
    type: () =>
      'delete the field or element with specified path (for JSON arrays, negative integers count from the end)',
    fits: isJsonb,
    valueType: list(GraphQLString),
  },
  {
    name: '_delete_elem',
    suffix: 'delete_elem_input',
    argument:
      'delete the array element with specified index (negative integers count from the end). throws an error if top level container is not an array',
    type: () =>
      'delete the array element with specified index (negative integers count from the end). throws an error if top level container is not an array',
    fits: isJsonb,
    valueType: GraphQLInt,
  },
  {
    name: '_delete_key',
    suffix: 'delete_key_input',
    argument: 'delete key/value pair or string element. key/value pairs are matched based on their key value',
    type: () =>
      'delete key/value pair or string element. key/value pairs are matched based on their key value',
    fits: isJsonb,
    valueType: GraphQLString,
  },
  {
    name: '_inc',
    suffix: 'inc_input',
    argument: 'increments the numeric columns with given value of the filtered values',
    type: (table) => `input type for incrementing numeric columns in table "${table}"`,
    fits: (column) => isNumeric(column.type),
  },
  {
    name: '_prepend',
    suffix: 'prepend_input',
    argument: 'prepend existing jsonb value of filtered columns with new jsonb value',
    type: () => 'prepend existing jsonb value of filtered columns with new jsonb value',
    fits: isJsonb,
  },
  {
    name: '_set',
    suffix: 'set_input',
    argument: 'sets the columns of the filtered rows to the given values',
    type: (table) => `input type for updating data in table "${table}"`,
    fits: () => true,
  },
];

/** The operators of an update: `_set`, `_inc` and the jsonb ones that some column fits. */
export function updateOperatorFields(context: BuildContext, table: TrackedTable): InputFields {
  const columns = columnsIn(table, permissionsOf(context, table).update?.columns ?? new Set());
  const fields: InputFields = {};
  for (const operator of updateOperators) {
    const fitting = columns.filter((column) => operator.fits(column));
    if (fitting.length === 0) continue;
    const name = `${table.typeName}_${operator.suffix}`;
    const type = context.input(name, () => {
      const inputs = columnInputs(context, fitting);
      if (operator.valueType) for (const input of Object.values(inputs)) input.type = operator.valueType;
      return new GraphQLInputObjectType({
        name,
        description: operator.type(table.displayName),
        fields: sortedFields(inputs),
      });
    });
    fields[operator.name] = { type, description: operator.argument };
  }
  return fields;
}

/** `<table>_updates`: one entry of `update_<table>_many`. */
export function updatesType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_updates`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      fields: () => ({
        ...updateOperatorFields(context, table),
        where: {
          type: new GraphQLNonNull(boolExpType(context, table)),
          description: 'filter the rows which have to be updated',
        },
      }),
    });
  });
}

/** `<table>_mutation_response`. */
export function mutationResponseType(context: BuildContext, table: TrackedTable): GraphQLObjectType {
  const name = `${table.typeName}_mutation_response`;
  return context.object(name, () => {
    return new GraphQLObjectType({
      name,
      description: `response of any mutation on the table "${table.displayName}"`,
      fields: () => ({
        affected_rows: {
          type: new GraphQLNonNull(GraphQLInt),
          description: 'number of rows affected by the mutation',
        },
        ...(selectOf(context, table)
          ? {
              returning: {
                type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(rowType(context, table)))),
                description: 'data from the rows affected by the mutation',
              },
            }
          : {}),
      }),
    });
  });
}
