import type { GraphQLInputField } from 'graphql';
import { encodeJson, encoderOf, encodeScalar } from '../predicate/encode.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import type { Parameter } from '../predicate/types.ts';
import { type InputValue, scalarCheckOf, unexpectedNull } from '../request/input-value.ts';
import type { Column, TrackedTable } from '../source/types.ts';
import { operandParameter } from './plan-predicate.ts';
import type { TableName } from './types.ts';

/** A table's name in Postgres. */
export function tableName(table: TrackedTable): TableName {
  return { schema: table.catalog.schema, name: table.catalog.name };
}

/** The entries of a list argument; one value alone is a list of one, none at all an empty one. */
export function listItems(input: InputValue | undefined): readonly InputValue[] {
  if (input === undefined || input.kind === 'null') return [];
  return input.kind === 'list' ? input.items : [input];
}

/** Refuses a null that the column cannot hold before Postgres does, as the reference. */
export function requireValue(field: GraphQLInputField, value: InputValue): void {
  if (value.kind === 'null') throw unexpectedNull(field.type, value.at, scalarCheckOf(field));
}

/** A column's new value, in the column's own type. */
export function columnParameter(column: Column, value: InputValue): Parameter {
  const sqlType = sqlTypeOf(column.type);
  return operandParameter(value, encoderOf(column.type), itemEncoder(column), sqlType);
}

function itemEncoder(column: Column) {
  return column.type.element === 'json' || column.type.element === 'jsonb' ? encodeJson : encodeScalar;
}
