import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { OperationPlan } from '../plan/plan-operation.ts';
import type { QueryRootPlan, SqlRootPlan } from '../plan/types.ts';
import { toArrayLiteral } from '../predicate/array-literal.ts';
import type { ParameterSource } from '../predicate/types.ts';
import type { Variables } from '../request/variables.ts';
import { compileMultiplexed, compileQuery } from '../sql/compile-query.ts';
import { compileStream } from '../sql/compile-stream.ts';
import { resolveParameters } from './parameters.ts';
import type { Pool } from './pool.ts';
import type { ParameterValue } from './statement.ts';

/** How one root field of a query is answered; nulls where no database is asked. */
export interface ExplainedField {
  readonly field: string;
  readonly sql: string | null;
  /** Postgres' own lines. */
  readonly plan: readonly string[] | null;
}

/** How a subscription is answered, with what makes its subscribers differ. */
export interface ExplainedSubscription {
  readonly sql: string;
  readonly plan: readonly string[];
  readonly variables: {
    /** Values that stand in the operation itself. */
    readonly synthetic: readonly (string | null)[];
    readonly query: Readonly<Record<string, unknown>>;
    readonly session: Readonly<Record<string, string>>;
  };
}

/** Asks Postgres how it would answer an operation; nothing runs. Writes cannot be explained. */
export async function explainOperation(
  pool: Pool,
  plan: OperationPlan,
  session: Session,
  variables: Variables,
): Promise<readonly ExplainedField[] | ExplainedSubscription> {
  if (plan.kind === 'mutation') throw new EngineError('invalid-params', 'only queries can be explained');
  if (plan.kind === 'subscription') return explainSubscription(pool, plan.roots, session, variables);
  const fields: ExplainedField[] = [];
  for (const root of plan.roots) {
    if (!isSqlRoot(root)) fields.push({ field: root.key, sql: null, plan: null });
    else {
      const { text, parameters } = compileQuery([root]);
      const values = resolveParameters(parameters, { session, variables });
      fields.push({ field: root.key, sql: text, plan: await explain(pool, text, values) });
    }
  }
  return fields;
}

async function explainSubscription(
  pool: Pool,
  roots: readonly QueryRootPlan[],
  session: Session,
  variables: Variables,
): Promise<ExplainedSubscription> {
  const stream = roots.find((root) => root.kind === 'stream')?.stream;
  const { text, parameters } = stream ? compileStream(stream) : compileMultiplexed(roots.filter(isSqlRoot));
  const cursor = stream ? resolveParameters([stream.initial], { session, variables }) : [];
  const values = resolveParameters(parameters, { session, variables, cursor });
  const set = toArrayLiteral([JSON.stringify(values)], (item) => item as string);
  return {
    sql: text,
    plan: await explain(pool, text, ['{0}', set]),
    variables: referenced(parameters, values, session, variables),
  };
}

async function explain(
  pool: Pool,
  sql: string,
  values: readonly ParameterValue[],
): Promise<readonly string[]> {
  const rows = await pool.queryRows({ text: `EXPLAIN ${sql}` }, values);
  return rows.map(([line]) => line ?? '');
}

function isSqlRoot(root: QueryRootPlan): root is SqlRootPlan {
  if (root.kind === 'action') throw new EngineError('invalid-params', 'query actions cannot be explained');
  return root.kind !== 'typename' && root.kind !== 'introspection' && root.kind !== 'stream';
}

function referenced(
  parameters: readonly ParameterSource[],
  values: readonly ParameterValue[],
  session: Session,
  variables: Variables,
): ExplainedSubscription['variables'] {
  const synthetic: ParameterValue[] = [];
  const query: Record<string, unknown> = {};
  const used: Record<string, string> = {};
  for (const [index, source] of parameters.entries()) {
    const name = source.kind === 'variable' ? source.path[0] : undefined;
    if (typeof name === 'string') query[name] = variables[name];
    else if (source.kind === 'session') used[source.name] = session.variables[source.name] ?? '';
    else synthetic.push(values[index] ?? null);
  }
  return { synthetic, query, session: used };
}
