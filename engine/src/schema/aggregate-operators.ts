import { GraphQLFloat, GraphQLList, GraphQLNonNull, type GraphQLOutputType } from 'graphql';
import type { Column } from '../source/types.ts';
import type { BuildContext } from './build-context.ts';
import { isComparable, isNumeric, scalarOf } from './scalars.ts';

/** One aggregate function beside `count`. */
export interface AggregateOperator {
  /** Its GraphQL name, which is also its SQL function. */
  readonly name: string;
  fits(column: Column): boolean;
  resultType(column: Column): GraphQLOutputType;
}

const numeric = (name: string): AggregateOperator => ({
  name,
  fits: ({ type }) => isNumeric(type),
  resultType: () => GraphQLFloat,
});
const comparable = (name: string): AggregateOperator => ({
  name,
  // A reference to an enum table is a choice, not a text to be ordered.
  fits: ({ type, enumTable }) => enumTable === null && isComparable(type),
  resultType: ({ type }) =>
    type.element === null ? scalarOf(type) : new GraphQLList(new GraphQLNonNull(scalarOf(type))),
});

/** In the order Hasura documents them. */
export const aggregateOperators: readonly AggregateOperator[] = [
  numeric('avg'),
  comparable('max'),
  comparable('min'),
  numeric('stddev'),
  numeric('stddev_pop'),
  numeric('stddev_samp'),
  { name: 'sum', fits: ({ type }) => isNumeric(type), resultType: (column) => scalarOf(column.type) },
  numeric('var_pop'),
  numeric('var_samp'),
  numeric('variance'),
];

/** Whether a role's schema shows an aggregate of a column; of arrays that go by Postgres' own name it shows none. */
export function fits(context: BuildContext, operator: AggregateOperator, column: Column): boolean {
  const isNamedArray = column.type.element !== null && context.experiments.has('disable_postgres_arrays');
  return !isNamedArray && operator.fits(column);
}
