import { GraphQLEnumType, type GraphQLInputFieldConfig, GraphQLInputObjectType } from 'graphql';
import { takesNoInput } from '../predicate/join.ts';
import type { Column, TrackedTable } from '../source/types.ts';
import { aggregateOperators, fits } from './aggregate-operators.ts';
import {
  type BuildContext,
  readableColumns,
  readMeaning,
  relationshipsIn,
  selectOf,
  sortedFields,
} from './build-context.ts';
import { meaning } from './meaning.ts';

/** The one `order_by` enum. */
export const orderByEnum = new GraphQLEnumType({
  name: 'order_by',
  description: 'column ordering options',
  values: {
    asc: { description: 'in ascending order, nulls last' },
    asc_nulls_first: { description: 'in ascending order, nulls first' },
    asc_nulls_last: { description: 'in ascending order, nulls last' },
    desc: { description: 'in descending order, nulls first' },
    desc_nulls_first: { description: 'in descending order, nulls first' },
    desc_nulls_last: { description: 'in descending order, nulls last' },
  },
});

/** `<table>_order_by`. */
export function orderByType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_order_by`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `Ordering options when selecting data from "${table.displayName}".`,
      fields: () => {
        const fields: Record<string, GraphQLInputFieldConfig> = {};
        for (const column of readableColumns(context, table)) {
          fields[column.fieldName] = { type: orderByEnum, extensions: readMeaning(context, table, column) };
        }
        for (const field of table.computedFields.filter(takesNoInput)) {
          if (field.result.kind === 'scalar') {
            const visibleWhen = selectOf(context, table)?.computedFields.get(field.name);
            if (visibleWhen === undefined) continue;
            fields[field.name] = {
              type: orderByEnum,
              extensions: meaning({ kind: 'computed_field', field, table: null, visibleWhen }),
            };
            continue;
          }
          const target = context.source.tables.get(field.result.target);
          if (!target || !selectOf(context, target)) continue;
          fields[`${field.name}_aggregate`] = {
            type: aggregateOrderByType(context, target),
            extensions: meaning({ kind: 'computed_field', field, table: target, visibleWhen: null }),
          };
        }
        for (const relationship of relationshipsIn(table)) {
          const target = context.source.tables.get(relationship.target);
          // Ordering by an aggregate tells less than the rows do, so it needs no `allow_aggregations`, as in the reference.
          if (!target || !selectOf(context, target)) continue;
          if (relationship.kind === 'object') {
            fields[relationship.name] = {
              type: orderByType(context, target),
              extensions: meaning({ kind: 'relationship', relationship, table: target }),
            };
          } else {
            fields[`${relationship.name}_aggregate`] = {
              type: aggregateOrderByType(context, target),
              extensions: meaning({ kind: 'aggregate', relationship, table: target }),
            };
          }
        }
        return sortedFields(fields);
      },
    });
  });
}

function aggregateOrderByType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_aggregate_order_by`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `order by aggregate values of table "${table.displayName}"`,
      fields: () => {
        const fields: Record<string, GraphQLInputFieldConfig> = { count: { type: orderByEnum } };
        const columns = readableColumns(context, table);
        for (const operator of aggregateOperators) {
          const fitting = columns.filter((column) => fits(context, operator, column));
          if (fitting.length > 0)
            fields[operator.name] = { type: operatorOrderByType(context, table, operator.name, fitting) };
        }
        return sortedFields(fields);
      },
    });
  });
}

function operatorOrderByType(
  context: BuildContext,
  table: TrackedTable,
  operator: string,
  columns: readonly Column[],
): GraphQLInputObjectType {
  const name = `${table.typeName}_${operator}_order_by`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `order by ${operator}() on columns of table "${table.displayName}"`,
      fields: () =>
        sortedFields(
          Object.fromEntries(
            columns.map((column) => [
              column.fieldName,
              { type: orderByEnum, extensions: readMeaning(context, table, column) },
            ]),
          ),
        ),
    });
  });
}

/** `<table>_select_column`; undefined when the role may read no column. */
export function selectColumnEnum(context: BuildContext, table: TrackedTable): GraphQLEnumType | undefined {
  const columns = readableColumns(context, table);
  return columnEnum(
    context,
    `${table.typeName}_select_column`,
    `select columns of table "${table.displayName}"`,
    columns,
  );
}

/** An enum over columns; its values are the columns' database names. */
export function columnEnum(
  context: BuildContext,
  name: string,
  description: string,
  columns: readonly Column[],
): GraphQLEnumType | undefined {
  if (columns.length === 0) return undefined;
  return context.enum(name, () => {
    const values = Object.fromEntries(
      columns.map((column) => [column.fieldName, { value: column.name, description: 'column name' }]),
    );
    return new GraphQLEnumType({ name, description, values: sortedFields(values) });
  });
}
