import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
} from 'graphql';
import type { TrackedTable } from '../source/types.ts';
import { type AggregateOperator, aggregateOperators, fits } from './aggregate-operators.ts';
import { type BuildContext, readableColumns, readMeaning, sortedFields } from './build-context.ts';
import { selectColumnEnum } from './order-types.ts';

type Fields = Record<string, GraphQLFieldConfig<unknown, unknown>>;

/** `<table>_aggregate`: the aggregates of a set of rows, and the rows themselves (their type is given by the caller). */
export function aggregateType(
  context: BuildContext,
  table: TrackedTable,
  rowType: () => GraphQLObjectType,
): GraphQLObjectType {
  const name = `${table.typeName}_aggregate`;
  return context.object(name, () => {
    return new GraphQLObjectType({
      name,
      description: `aggregated selection of "${table.displayName}"`,
      fields: () => ({
        aggregate: { type: aggregateFieldsType(context, table) },
        nodes: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(rowType()))) },
      }),
    });
  });
}

function aggregateFieldsType(context: BuildContext, table: TrackedTable): GraphQLObjectType {
  const name = `${table.typeName}_aggregate_fields`;
  return context.object(name, () => {
    return new GraphQLObjectType({
      name,
      description: `aggregate fields of "${table.displayName}"`,
      fields: () => {
        const columns = readableColumns(context, table);
        const columnEnum = selectColumnEnum(context, table);
        const fields: Fields = {
          count: {
            type: new GraphQLNonNull(GraphQLInt),
            args: {
              ...(columnEnum ? { columns: { type: new GraphQLList(new GraphQLNonNull(columnEnum)) } } : {}),
              distinct: { type: GraphQLBoolean },
            },
          },
        };
        for (const operator of aggregateOperators) {
          if (columns.some((column) => fits(context, operator, column))) {
            fields[operator.name] = { type: operatorFieldsType(context, table, operator) };
          }
        }
        return sortedFields(fields);
      },
    });
  });
}

function operatorFieldsType(
  context: BuildContext,
  table: TrackedTable,
  operator: AggregateOperator,
): GraphQLObjectType {
  const name = `${table.typeName}_${operator.name}_fields`;
  return context.object(name, () => {
    return new GraphQLObjectType({
      name,
      description: `aggregate ${operator.name} on columns`,
      fields: () => {
        const fields: Fields = {};
        for (const column of readableColumns(context, table)) {
          if (!fits(context, operator, column)) continue;
          fields[column.fieldName] = {
            type: operator.resultType(column),
            description: column.comment,
            extensions: readMeaning(context, table, column),
          };
        }
        return sortedFields(fields);
      },
    });
  });
}
