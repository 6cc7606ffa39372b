import type { SqlRootPlan } from '../plan/types.ts';
import { type Statement, StatementBuilder } from './builder.ts';
import { compileAggregate } from './compile-aggregate.ts';
import { compileRowList, compileSingleRow } from './compile-rows.ts';

/** All root fields of a query in one statement, each the JSON text of its own column. */
export function compileQuery(roots: readonly SqlRootPlan[]): Statement {
  const builder = new StatementBuilder();
  const columns = roots.map((root, index) => `${compileRoot(builder, root)}::text AS "root_${index}"`);
  return builder.build(`SELECT ${columns.join(', ')}`);
}

function compileRoot(builder: StatementBuilder, root: SqlRootPlan): string {
  switch (root.kind) {
    case 'rows':
      return compileRowList(builder, root.rows);
    case 'row':
      return compileSingleRow(builder, root.rows);
    case 'aggregate':
      return compileAggregate(builder, root.aggregate, {}, compileRowList);
  }
}

/**
 * The same for many sets of parameters at once, as live queries need it: each row of the input is one
 * set (an id and its values as a JSON list of texts), each row of the answer one set's results.
 *
 *   SELECT s.id, f.root_0 FROM unnest($1, $2) AS s(id, vars) CROSS JOIN LATERAL (SELECT (…) AS root_0) AS f
 */
export function compileMultiplexed(roots: readonly SqlRootPlan[]): Statement {
  const builder = new StatementBuilder(
    (number) => `("_sets"."vars" ->> ${number - 1})`,
    'cardinality($1::int[])',
  );
  const columns = roots.map((root, index) => `${compileRoot(builder, root)}::text AS "root_${index}"`);
  const names = roots.map((_root, index) => `"_result"."root_${index}"`);
  return builder.build(
    `SELECT "_sets"."id"::text, ${names.join(', ')} ` +
      `FROM unnest($1::int[], $2::json[]) AS "_sets"("id", "vars") CROSS JOIN LATERAL (SELECT ${columns.join(', ')}) AS "_result"`,
  );
}
