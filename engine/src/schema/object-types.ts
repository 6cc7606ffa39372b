import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { CatalogType } from '../catalog/types.ts';
import type { Column, Relationship, TrackedTable } from '../source/types.ts';
import { aggregateType } from './aggregate-types.ts';
import {
  type BuildContext,
  readableColumns,
  readMeaning,
  relationshipsIn,
  selectOf,
  sortedFields,
} from './build-context.ts';
import { columnOutputType } from './column-types.ts';
import { boolExpType } from './filter-types.ts';
import { functionArguments } from './function-types.ts';
import { meaning } from './meaning.ts';
import { orderByType, selectColumnEnum } from './order-types.ts';
import { scalarOf } from './scalars.ts';

type Fields = Record<string, GraphQLFieldConfig<unknown, unknown>>;

const jsonTypes = new Set(['json', 'jsonb']);

function pathArgument(type: CatalogType): GraphQLFieldConfigArgumentMap {
  return jsonTypes.has(type.name) ? { path: { type: GraphQLString, description: 'JSON select path' } } : {};
}

/** The row type of a table: the columns and relationships that the role may read. */
export function rowType(context: BuildContext, table: TrackedTable): GraphQLObjectType {
  return context.object(table.typeName, () => {
    return new GraphQLObjectType({
      name: table.typeName,
      description: table.description,
      fields: () =>
        sortedFields({
          ...columnFields(context, table),
          ...computedFields(context, table),
          ...relationshipFields(context, table),
        }),
    });
  });
}

/** `<table>_aggregate` with this table's rows as its nodes. */
export function tableAggregateType(context: BuildContext, table: TrackedTable): GraphQLObjectType {
  return aggregateType(context, table, () => rowType(context, table));
}

function columnFields(context: BuildContext, table: TrackedTable): Fields {
  const fields: Fields = {};
  for (const column of readableColumns(context, table)) {
    fields[column.fieldName] = {
      type: columnOutputType(context, column, isShownEverywhere(context, table, column)),
      description: column.comment,
      args: pathArgument(column.type),
      extensions: readMeaning(context, table, column),
    };
  }
  return fields;
}

/** Whether the column's value shows in every row that the role gets. */
function isShownEverywhere(context: BuildContext, table: TrackedTable, column: Column): boolean {
  return (selectOf(context, table)?.columns.get(column.name) ?? null) === null;
}

function computedFields(context: BuildContext, table: TrackedTable): Fields {
  const fields: Fields = {};
  for (const field of table.computedFields) {
    const argsType = `${field.name}_${table.typeName}_args`;
    const description = `input parameters for computed field "${field.name}" defined on table "${table.displayName}"`;
    const args = functionArguments(context, field.signature, argsType, description);
    if (field.result.kind === 'scalar') {
      const visibleWhen = selectOf(context, table)?.computedFields.get(field.name);
      if (visibleWhen === undefined) continue;
      const scalar = scalarOf(field.result.type);
      fields[field.name] = {
        type: field.result.type.element === null ? scalar : new GraphQLList(new GraphQLNonNull(scalar)),
        args: { ...args, ...pathArgument(field.result.type) },
        description: field.description,
        extensions: meaning({ kind: 'computed_field', field, table: null, visibleWhen }),
      };
      continue;
    }
    const target = context.source.tables.get(field.result.target);
    if (!target || !selectOf(context, target)) continue;
    fields[field.name] = {
      type: new GraphQLList(new GraphQLNonNull(rowType(context, target))),
      args: { ...args, ...selectArguments(context, target) },
      description: field.description,
      extensions: meaning({ kind: 'computed_field', field, table: target, visibleWhen: null }),
    };
  }
  return fields;
}

function relationshipFields(context: BuildContext, table: TrackedTable): Fields {
  const fields: Fields = {};
  for (const relationship of relationshipsIn(table)) {
    const target = context.source.tables.get(relationship.target);
    const select = target && selectOf(context, target);
    if (!target || !select) continue;
    if (relationship.kind === 'object')
      fields[relationship.name] = objectRelationship(context, relationship, target);
    else {
      fields[relationship.name] = {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(rowType(context, target)))),
        args: selectArguments(context, target),
        description: 'An array relationship',
        extensions: meaning({ kind: 'relationship', relationship, table: target }),
      };
      if (select.allowAggregations) {
        fields[`${relationship.name}_aggregate`] = {
          type: new GraphQLNonNull(tableAggregateType(context, target)),
          args: selectArguments(context, target),
          description: 'An aggregate relationship',
          extensions: meaning({ kind: 'relationship_aggregate', relationship, table: target }),
        };
      }
    }
  }
  return fields;
}

function objectRelationship(
  context: BuildContext,
  relationship: Relationship,
  target: TrackedTable,
): GraphQLFieldConfig<unknown, unknown> {
  const type = rowType(context, target);
  return {
    type: relationship.isNullable ? type : new GraphQLNonNull(type),
    description: 'An object relationship',
    extensions: meaning({ kind: 'relationship', relationship, table: target }),
  };
}

/** `distinct_on, limit, offset, order_by, where`: the arguments of every list of rows. */
export function selectArguments(context: BuildContext, table: TrackedTable): GraphQLFieldConfigArgumentMap {
  const columnEnum = selectColumnEnum(context, table);
  return {
    ...(columnEnum
      ? {
          distinct_on: {
            type: new GraphQLList(new GraphQLNonNull(columnEnum)),
            description: 'distinct select on columns',
          },
        }
      : {}),
    limit: {
      type: GraphQLInt,
      description: 'limit the number of rows returned',
      extensions: meaning({ kind: 'row_count', bits: 32 }),
    },
    offset: {
      type: GraphQLInt,
      description: 'skip the first n rows. Use only with order_by',
      extensions: meaning({ kind: 'row_count', bits: 64 }),
    },
    order_by: {
      type: new GraphQLList(new GraphQLNonNull(orderByType(context, table))),
      description: 'sort the rows by one or more columns',
    },
    where: { type: boolExpType(context, table), description: 'filter the rows returned' },
  };
}
