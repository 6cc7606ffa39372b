import {
  GraphQLEnumType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLScalarType,
} from 'graphql';
import type { CatalogType } from '../catalog/types.ts';
import type { Column } from '../source/types.ts';
import { type BuildContext, sortedFields } from './build-context.ts';
import { arrayScalar, graphqlNameOf, scalarByName, scalarOf } from './scalars.ts';

/** The scalar of a column's type: composite types keep their names where no table's rows have the same. */
export function columnScalar(context: BuildContext, type: CatalogType): GraphQLScalarType {
  if (type.kind !== 'composite') return scalarOf(type);
  const name = type.element ?? type.name;
  const isTable = [...context.source.tables.values()].some((table) => table.typeName === name);
  return isTable ? scalarOf(type) : scalarByName(graphqlNameOf(name));
}

/** A column's own type without lists and nulls: its scalar, or the enum that it refers to. */
export function columnLeafType(context: BuildContext, column: Column): GraphQLScalarType | GraphQLEnumType {
  if (column.type.element !== null && showsArraysByName(context)) return arrayScalar(column.type.element);
  return column.enumTable === null
    ? columnScalar(context, column.type)
    : enumTableType(context, column.enumTable);
}

/** `<table>_enum`, its values being the rows of an enum table. */
export function enumTableType(context: BuildContext, key: string): GraphQLEnumType {
  const table = context.source.tables.get(key);
  const name = `${table?.typeName}_enum`;
  return context.enum(name, () => {
    const values = (context.source.enums.get(key) ?? []).map(({ value, comment }) => [
      value,
      { description: comment },
    ]);
    return new GraphQLEnumType({ name, values: sortedFields(Object.fromEntries(values)) });
  });
}

/** Whether arrays of columns go by Postgres' own name, as in releases before there were lists of them. */
function showsArraysByName(context: BuildContext): boolean {
  return context.experiments.has('disable_postgres_arrays');
}

/** Whether a column's type is shown as a list. */
function isList(context: BuildContext, column: Column): boolean {
  return column.type.element !== null && !showsArraysByName(context);
}

/** The output type of a column: nullable where the column is, and where a role is shown its value in some rows only. */
export function columnOutputType(
  context: BuildContext,
  column: Column,
  isShownEverywhere: boolean,
): GraphQLOutputType {
  const leaf = columnLeafType(context, column);
  const type = isList(context, column) ? new GraphQLList(new GraphQLNonNull(leaf)) : leaf;
  return column.isNullable || !isShownEverywhere ? type : new GraphQLNonNull(type);
}

/** The input type of a column; whether it must be given is the surrounding type's to say. */
export function columnInputType(context: BuildContext, column: Column): GraphQLInputType {
  const leaf = columnLeafType(context, column);
  return isList(context, column) ? new GraphQLList(new GraphQLNonNull(leaf)) : leaf;
}
