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
import { type OperandShape, operatorsOf } from '../predicate/operators.ts';
import type { TrackedTable } from '../source/types.ts';
import { type BuildContext, readableColumns, readMeaning, selectOf, sortedFields } from './build-context.ts';
import { enumTableType } from './column-types.ts';
import { meaning } from './meaning.ts';
import { scalarByName, scalarOf } from './scalars.ts';

type InputFields = Record<string, GraphQLInputFieldConfig>;

/** `<table>_bool_exp`: what the role may filter by, which is no more than what it may read. */
export function boolExpType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_bool_exp`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `Boolean expression to filter rows from the table "${table.displayName}". All fields are combined with a logical 'AND'.`,
      fields: (): InputFields => {
        const self = boolExpType(context, table);
        const fields: InputFields = {
          _and: { type: new GraphQLList(new GraphQLNonNull(self)) },
          _not: { type: self },
          _or: { type: new GraphQLList(new GraphQLNonNull(self)) },
        };
        for (const column of readableColumns(context, table)) {
          fields[column.fieldName] = {
            type:
              column.enumTable === null
                ? comparisonType(context, column.type)
                : enumComparisonType(context, column.enumTable, column.type),
            extensions: readMeaning(context, table, column),
          };
        }
        for (const relationship of table.relationships) {
          const target = context.source.tables.get(relationship.target);
          if (!target || !selectOf(context, target)) continue;
          fields[relationship.name] = {
            type: boolExpType(context, target),
            extensions: meaning({ kind: 'relationship', relationship, table: target }),
          };
        }
        return sortedFields(fields);
      },
    });
  });
}

/** `<scalar>_comparison_exp`, or `<scalar>_array_comparison_exp` for array columns. */
export function comparisonType(context: BuildContext, type: CatalogType): GraphQLInputObjectType {
  const scalar = scalarOf(type);
  const name =
    type.element === null ? `${scalar.name}_comparison_exp` : `${scalar.name}_array_comparison_exp`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `Boolean expression to compare columns of type "${scalar.name}". All fields are combined with logical 'AND'.`,
      fields: (): InputFields => {
        const fields: InputFields = { _is_null: { type: GraphQLBoolean } };
        for (const operator of operatorsOf(type)) {
          fields[operator.name] = {
            type: operandType(operator.operand, type, scalar),
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

function operandType(shape: OperandShape, type: CatalogType, scalar: GraphQLScalarType): GraphQLInputType {
  const list = (item: GraphQLInputType): GraphQLInputType =>
    new GraphQLList(new GraphQLNonNull(item as GraphQLScalarType));
  const same = type.element === null ? scalar : list(scalar);
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
      fields: () => ({ String: { type: comparisonType(context, textType) } }),
    });
  });
}
