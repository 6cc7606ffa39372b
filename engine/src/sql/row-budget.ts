import type { RowBudget } from '../plan/types.ts';
import type { StatementBuilder } from './builder.ts';

/** A setting that is never set: reading it is how a statement says that a budget is used up. */
const exceeded = /hasura\.more_than_(\d+)_(rows|bytes)/;

/**
 * A list that counts itself before it is handed on. Lists below lists multiply: Postgres would hold gigabytes before the
 * first byte is sent. So each adds its rows and bytes to a count that lives as long as the transaction (a setting of the
 * session, `set_config` with `is_local`), and the statement ends once there are too many. What Postgres holds is then no
 * more than the budget and one list. The aggregate is written twice and computed once.
 *
 * Source: PostgreSQL documentation, "Customized Options", `set_config`; ADR 20.
 */
export function withinBudget(builder: StatementBuilder, list: string, { rows, bytes }: RowBudget): string {
  const checks = [
    Number.isFinite(rows) ? check(builder, 'rows', 'count(*)', rows) : '',
    Number.isFinite(bytes) ? check(builder, 'bytes', `octet_length((${list})::text)`, bytes) : '',
  ];
  return `CASE ${checks.join('')}ELSE ${list} END`;
}

function check(builder: StatementBuilder, what: 'rows' | 'bytes', amount: string, most: number): string {
  const name = `'hasura.answer_${what}'`;
  const soFar = `coalesce(nullif(current_setting(${name}, true), '')::int8, 0)`;
  return (
    `WHEN set_config(${name}, (${soFar} + ${amount})::text, true)::int8 > ${builder.forAllSets(most)} ` +
    `THEN current_setting('hasura.more_than_${most}_${what}')::json `
  );
}

/** What a statement that has used up a budget says of it; undefined for any other error. */
export function usedUpBudget(
  message: string,
): { readonly what: 'rows' | 'bytes'; readonly most: number } | undefined {
  const [, most, what] = exceeded.exec(message) ?? [];
  return most === undefined ? undefined : { what: what as 'rows' | 'bytes', most: Number(most) };
}
