import type { Session } from '../auth/session.ts';
import type { ActionRootPlan } from '../plan/types.ts';
import type { QueryExecutable, QueryPart } from './executable.ts';
import { Introspection } from './introspect.ts';
import { glueObject, type JsonMember } from './json-text.ts';
import type { ReadyOperation } from './operation-cache.ts';
import { resolveParameters } from './parameters.ts';
import type { Pool } from './pool.ts';
import type { TextRow } from './statement.ts';

/** Answers an action's root field with JSON text. */
export type RunAction = (root: ActionRootPlan) => Promise<string>;

/** Runs a query: one statement for all its table fields, actions beside it. Answers the `data` object as text. */
export async function runQuery(
  pool: Pool,
  ready: ReadyOperation,
  executable: QueryExecutable,
  session: Session,
  runAction: RunAction,
): Promise<string> {
  const { statement, parts } = executable;
  const [only] = parts;
  // Nearly every query asks for one field, and its answer is there already.
  if (statement && only?.kind === 'sql' && parts.length === 1) {
    const parameters = resolveParameters(statement.parameters, { session, variables: ready.variables });
    const row = await pool.queryRow(statement.prepared, parameters, ready.limits);
    return glueObject([{ key: only.key, json: row[only.column] ?? 'null' }]);
  }
  const introspection = new Introspection(ready);
  introspection.check(parts);
  const rows = statement
    ? pool.queryRow(
        statement.prepared,
        resolveParameters(statement.parameters, { session, variables: ready.variables }),
        ready.limits,
      )
    : Promise.resolve<TextRow>([]);
  const [row, ...members] = await Promise.all([
    rows,
    ...parts.map((part) => answerPart(part, introspection, runAction)),
  ]);
  return glueObject(
    parts.map((part, index): JsonMember => {
      const json = part.kind === 'sql' ? (row[part.column] ?? 'null') : (members[index] as string);
      return { key: part.key, json };
    }),
  );
}

async function answerPart(
  part: QueryPart,
  introspection: Introspection,
  runAction: RunAction,
): Promise<string> {
  switch (part.kind) {
    case 'sql':
      return '';
    case 'text':
      return part.json;
    case 'introspection':
      return introspection.answer(part);
    case 'action':
      return runAction(part.root);
  }
}
