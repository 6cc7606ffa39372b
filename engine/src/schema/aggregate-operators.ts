import { GraphQLFloat, type GraphQLOutputType } from 'graphql';
import type { Column } from '../source/types.ts';
import { isComparable, isNumeric, scalarOf } from './scalars.ts';

/** One aggregate function beside `count`. */
export interface AggregateOperator {
  /** Its GraphQL name, which is also its SQL function. */
  readonly name: string;
  fits(type: Column['type']): boolean;
  resultType(column: Column): GraphQLOutputType;
}

const numeric = (name: string): AggregateOperator => ({
  name,
  fits: isNumeric,
  resultType: () => GraphQLFloat,
});
const comparable = (name: string): AggregateOperator => ({
  name,
  fits: isComparable,
  resultType: (column) => scalarOf(column.type),
});

/** In the order Hasura documents them. */
export const aggregateOperators: readonly AggregateOperator[] = [
  numeric('avg'),
  comparable('max'),
  comparable('min'),
  numeric('stddev'),
  numeric('stddev_pop'),
  numeric('stddev_samp'),
  { name: 'sum', fits: isNumeric, resultType: (column) => scalarOf(column.type) },
  numeric('var_pop'),
  numeric('var_samp'),
  numeric('variance'),
];
