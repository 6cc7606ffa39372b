import { toArrayLiteral } from '../predicate/array-literal.ts';
import type { BoundStatement } from './executable.ts';
import type { Pool } from './pool.ts';
import type { ParameterValue } from './statement.ts';
import { type StatementLimits, unlimited } from './statement-limits.ts';

/** Runs a multiplexed statement: one set of parameters a caller, one list of JSON texts for each, in order. */
export async function runMultiplexed(
  pool: Pool,
  statement: BoundStatement,
  sets: readonly (readonly ParameterValue[])[],
  limits: StatementLimits = unlimited,
): Promise<(readonly string[])[]> {
  const ids = toArrayLiteral([...sets.keys()], String);
  const vars = toArrayLiteral(
    sets.map((set) => JSON.stringify(set)),
    (text) => text as string,
  );
  const rows = await pool.queryRows(statement.prepared, [ids, vars], {
    ...limits,
    answerBytes: limits.answerBytes * sets.length,
  });
  const results: (readonly string[])[] = sets.map(() => []);
  for (const [id, ...roots] of rows) results[Number(id)] = roots.map((root) => root ?? 'null');
  return results;
}
