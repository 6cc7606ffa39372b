import type { StreamPlan } from '../plan/types.ts';
import { isAlways, type Parameter } from '../predicate/types.ts';
import { type Statement, StatementBuilder } from './builder.ts';
import { columnOf, compileColumn, compilePredicate, qualified } from './compile-predicate.ts';
import { compileLimit } from './compile-range.ts';
import { compileSelection } from './compile-rows.ts';
import { jsonObject } from './json-object.ts';

/**
 * The next batch of many streams at once. Each row of the input is one cursor, each row of the answer one batch
 * with the place it ends at; cursors with nothing after them answer no row.
 *
 *   SELECT s.id, f.root_0, f.cursor FROM unnest($1, $2) AS s(id, vars) CROSS JOIN LATERAL
 *     (SELECT json_agg(r.object) AS root_0, (array_agg(r.cursor))[count(*)] AS cursor FROM
 *       (SELECT json_build_object(…) AS object, json_build_array(t.at, t.id) AS cursor FROM t
 *        WHERE … AND t.at >= c AND (t.at > c OR (t.id) > (k)) ORDER BY t.at, t.id LIMIT n) AS r) AS f
 *   WHERE f.root_0 IS NOT NULL
 *
 * At first the key is null and nothing is greater than it: then only rows after the initial value count.
 */
export function compileStream({ rows, ordering, column, key }: StreamPlan): Statement {
  const builder = new StatementBuilder(
    (number) => `("_sets"."vars" ->> ${number - 1})`,
    'cardinality($1::int[])',
  );
  const batch = builder.alias();
  const alias = builder.alias();
  const value = compileColumn(builder, column.column, alias);
  const keys = key.map(({ column: name }) => columnOf(alias, name));
  const after = ordering === 'ASC' ? '>' : '<';
  const at = builder.parameter(cursorPart(0, column.sqlType));
  const conditions = isAlways(rows.range.where) ? [] : [compilePredicate(builder, rows.range.where, alias)];
  if (keys.length === 0) conditions.push(`${value} ${after} ${at}`);
  else {
    const ends = key.map(({ sqlType }, index) => builder.parameter(cursorPart(index + 1, sqlType)));
    conditions.push(`${value} ${after}= ${at}`);
    conditions.push(`(${value} ${after} ${at} OR (${keys.join(', ')}) ${after} (${ends.join(', ')}))`);
  }
  const object = jsonObject(builder.within('list', () => compileSelection(builder, rows.selection, alias)));
  const order = [value, ...keys].map((part) => `${part} ${ordering}`).join(', ');
  const place = [value, ...keys].map((part) => `${part}::text`).join(', ');
  const { schema, name } = rows.range.table;
  const limit = compileLimit(builder, rows.range);
  const select =
    `SELECT ${object} AS "object", json_build_array(${place}) AS "cursor" ` +
    `FROM ${qualified(schema, name)} AS ${alias} WHERE ${conditions.join(' AND ')} ORDER BY ${order}` +
    (limit === null ? '' : ` LIMIT ${limit}`);
  return builder.build(
    `SELECT "_sets"."id"::text, "_result"."root_0", "_result"."cursor" ` +
      `FROM unnest($1::int[], $2::json[]) AS "_sets"("id", "vars") CROSS JOIN LATERAL ` +
      `(SELECT json_agg(${batch}."object")::text AS "root_0", (array_agg(${batch}."cursor"))[count(*)::int]::text AS "cursor" ` +
      `FROM (${select}) AS ${batch}) AS "_result" WHERE "_result"."root_0" IS NOT NULL`,
  );
}

function cursorPart(part: number, sqlType: string): Parameter {
  return { kind: 'parameter', source: { kind: 'cursor', part }, sqlType };
}
