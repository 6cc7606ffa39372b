import {
  GraphQLBoolean,
  type GraphQLInputFieldConfig,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLScalarType,
} from 'graphql';
import { type CatalogType, textType } from '../catalog/types.ts';
import { type AggregatePredicate, aggregatePredicates } from '../predicate/aggregate-predicates.ts';
import { takesNoInput } from '../predicate/join.ts';
import { type OperandShape, operatorsOf } from '../predicate/operators.ts';
import type { Column, ComputedField, TrackedTable } from '../source/types.ts';
import {
  type BuildContext,
  readableColumns,
  readMeaning,
  relationshipsIn,
  selectOf,
  sortedFields,
} from './build-context.ts';
import { columnScalar, enumTableType } from './column-types.ts';
import { filterType, meaning } from './meaning.ts';
import { columnEnum, selectColumnEnum } from './order-types.ts';
import { arrayScalar, scalarByName } from './scalars.ts';

type InputFields = Record<string, GraphQLInputFieldConfig>;

/** `<table>_bool_exp`: what the role may filter by, which is no more than what it may read. */
export function boolExpType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_bool_exp`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      extensions: filterType,
      description: `Boolean expression to filter rows from the table "${table.displayName}". All fields are combined with a logical 'AND'.`,
      fields: (): InputFields => {
        const self = boolExpType(context, table);
        const fields: InputFields = {
          _and: { type: new GraphQLList(new GraphQLNonNull(self)) },
          _not: { type: self },
          _or: { type: new GraphQLList(new GraphQLNonNull(self)) },
        };
        for (const field of table.computedFields) {
          const type = computedFieldFilter(context, table, field);
          if (type) fields[field.name] = type;
        }
        for (const column of readableColumns(context, table)) {
          fields[column.fieldName] = {
            type:
              column.enumTable === null
                ? comparisonType(context, column.type)
                : enumComparisonType(context, column.enumTable, column.type),
            extensions: readMeaning(context, table, column),
          };
        }
        for (const relationship of relationshipsIn(table)) {
          const target = context.source.tables.get(relationship.target);
          const select = target && selectOf(context, target);
          if (!target || !select) continue;
          fields[relationship.name] = {
            type: boolExpType(context, target),
            extensions: meaning({ kind: 'relationship', relationship, table: target }),
          };
          if (relationship.kind !== 'array' || !select.allowAggregations) continue;
          if (context.experiments.has('hide_aggregation_predicates')) continue;
          fields[`${relationship.name}_aggregate`] = {
            type: aggregateBoolExpType(context, target),
            extensions: meaning({ kind: 'aggregate', relationship, table: target }),
          };
        }
        return sortedFields(fields);
      },
    });
  });
}

/** A computed field without arguments: compared as a value, or its rows filtered as a relationship's are. */
function computedFieldFilter(
  context: BuildContext,
  table: TrackedTable,
  field: ComputedField,
): GraphQLInputFieldConfig | undefined {
  if (!takesNoInput(field)) return undefined;
  if (field.result.kind === 'scalar') {
    const visibleWhen = selectOf(context, table)?.computedFields.get(field.name);
    if (visibleWhen === undefined) return undefined;
    return {
      type: comparisonType(context, field.result.type),
      extensions: meaning({ kind: 'computed_field', field, table: null, visibleWhen }),
    };
  }
  const target = context.source.tables.get(field.result.target);
  if (!target || !selectOf(context, target)) return undefined;
  return {
    type: boolExpType(context, target),
    extensions: meaning({ kind: 'computed_field', field, table: target, visibleWhen: null }),
  };
}

/** `<table>_aggregate_bool_exp`: what aggregates of an array relationship's rows may be compared with. */
function aggregateBoolExpType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_aggregate_bool_exp`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      extensions: filterType,
      fields: (): InputFields => {
        const fields: InputFields = {};
        for (const operator of aggregatePredicates) {
          const type = aggregatePredicateType(context, table, operator);
          if (type)
            fields[operator.name] = { type, extensions: meaning({ kind: 'aggregate_predicate', operator }) };
        }
        return sortedFields(fields);
      },
    });
  });
}

/** `<table>_aggregate_bool_exp_<function>`; undefined where the role may read no column that the function takes. */
function aggregatePredicateType(
  context: BuildContext,
  table: TrackedTable,
  operator: AggregatePredicate,
): GraphQLInputObjectType | undefined {
  const name = `${table.typeName}_aggregate_bool_exp_${operator.name}`;
  const columns = readableColumns(context, table);
  const fitting = columns.filter((column) => operator.takes(column.type));
  if (operator.arguments !== 'any columns' && fitting.length === 0) return undefined;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      extensions: filterType,
      fields: (): InputFields => {
        const args = aggregateArguments(context, table, operator, fitting);
        return {
          ...(args ? { arguments: { type: args } } : {}),
          distinct: { type: GraphQLBoolean },
          filter: { type: boolExpType(context, table) },
          predicate: { type: new GraphQLNonNull(comparisonType(context, operator.result)) },
        };
      },
    });
  });
}

function aggregateArguments(
  context: BuildContext,
  table: TrackedTable,
  operator: AggregatePredicate,
  fitting: readonly Column[],
): GraphQLInputType | undefined {
  if (operator.arguments === 'any columns') {
    const columns = selectColumnEnum(context, table);
    return columns && new GraphQLList(new GraphQLNonNull(columns));
  }
  const base = `${table.typeName}_aggregate_bool_exp_${operator.name}_arguments`;
  const columns = columnEnum(
    context,
    `${table.typeName}_select_column_${base}_columns`,
    `select "${base}_columns" columns of table "${table.displayName}"`,
    fitting,
  );
  if (!columns) return undefined;
  if (operator.arguments === 'one column') return new GraphQLNonNull(columns);
  const pair = context.input(base, () => {
    const column = { type: new GraphQLNonNull(columns) };
    return new GraphQLInputObjectType({ name: base, fields: { X: column, Y: column } });
  });
  return new GraphQLNonNull(pair);
}

/** `<scalar>_comparison_exp`, or `<scalar>_array_comparison_exp` for array columns. */
export function comparisonType(context: BuildContext, type: CatalogType): GraphQLInputObjectType {
  const byName = type.element !== null && context.experiments.has('disable_postgres_arrays');
  const scalar = byName ? arrayScalar(type.element ?? '') : columnScalar(context, type);
  const name =
    type.element === null || byName ? `${scalar.name}_comparison_exp` : `${scalar.name}_array_comparison_exp`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      extensions: filterType,
      description: `Boolean expression to compare columns of type "${scalar.name}". All fields are combined with logical 'AND'.`,
      fields: (): InputFields => {
        const fields: InputFields = { _is_null: { type: GraphQLBoolean } };
        for (const operator of operatorsOf(type)) {
          fields[operator.name] = {
            type: operandType(operator.operand, byName, type, scalar),
            description: operator.description,
            extensions: meaning({ kind: 'operator', operator }),
          };
        }
        if (type.name === 'jsonb') fields._cast = { type: jsonbCastType(context) };
        return sortedFields(fields);
      },
    });
  });
}

const enumOperators = new Set(['_eq', '_in', '_neq', '_nin']);

/** `<table>_enum_comparison_exp` of a column that refers to an enum table. */
function enumComparisonType(context: BuildContext, key: string, type: CatalogType): GraphQLInputObjectType {
  const values = enumTableType(context, key);
  const name = `${values.name}_comparison_exp`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      extensions: filterType,
      description: `Boolean expression to compare columns of type "${values.name}". All fields are combined with logical 'AND'.`,
      fields: (): InputFields => {
        const fields: InputFields = { _is_null: { type: GraphQLBoolean } };
        for (const operator of operatorsOf(type)) {
          if (!enumOperators.has(operator.name)) continue;
          fields[operator.name] = {
            type: operator.operand === 'list' ? new GraphQLList(new GraphQLNonNull(values)) : values,
            extensions: meaning({ kind: 'operator', operator }),
          };
        }
        return sortedFields(fields);
      },
    });
  });
}

function operandType(
  shape: OperandShape,
  byName: boolean,
  type: CatalogType,
  scalar: GraphQLScalarType,
): GraphQLInputType {
  const list = (item: GraphQLInputType): GraphQLInputType =>
    new GraphQLList(new GraphQLNonNull(item as GraphQLScalarType));
  const same = type.element === null || byName ? scalar : list(scalar);
  if (shape === 'same') return same;
  if (shape === 'list') return list(same);
  if (shape === 'text') return scalarByName('String');
  if (shape === 'text-list') return list(scalarByName('String'));
  if (shape === 'jsonb') return scalarByName('jsonb');
  return 'type' in shape ? scalarByName(shape.type) : list(scalarByName(shape.listOf));
}

function jsonbCastType(context: BuildContext): GraphQLInputObjectType {
  const name = 'jsonb_cast_exp';
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      extensions: filterType,
      fields: () => ({ String: { type: comparisonType(context, textType) } }),
    });
  });
}
