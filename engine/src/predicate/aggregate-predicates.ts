import { booleanType, type CatalogType, doubleType, integerType } from '../catalog/types.ts';

/** An aggregate function that filters may compare (`articles_aggregate: {count: {predicate: {_gt: 5}}}`). */
export interface AggregatePredicate {
  /** Its GraphQL name, which is also its SQL function. */
  readonly name: string;
  readonly arguments: 'any columns' | 'one column' | 'two columns';
  /** Whether a column of the type may be an argument. */
  takes(type: CatalogType): boolean;
  /** What the predicate compares. */
  readonly result: CatalogType;
}

const over = (
  name: string,
  type: CatalogType,
  args: AggregatePredicate['arguments'] = 'one column',
): AggregatePredicate => ({
  name,
  arguments: args,
  takes: (column) => column.name === type.name,
  result: type,
});

/** Those of the reference: statistics are for double precision alone. */
export const aggregatePredicates: readonly AggregatePredicate[] = [
  over('avg', doubleType),
  over('bool_and', booleanType),
  over('bool_or', booleanType),
  over('corr', doubleType, 'two columns'),
  { name: 'count', arguments: 'any columns', takes: () => true, result: integerType },
  over('covar_samp', doubleType, 'two columns'),
  over('max', doubleType),
  over('min', doubleType),
  over('stddev_samp', doubleType),
  over('sum', doubleType),
  over('var_samp', doubleType),
];
