import { randomBytes } from 'node:crypto';
import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { MutationExecutable, MutationPart } from './executable.ts';
import { glueObject, type JsonMember } from './json-text.ts';
import type { ReadyOperation } from './operation-cache.ts';
import { resolveParameters } from './parameters.ts';
import type { Pool, Transaction } from './pool.ts';
import { runChange } from './run-change.ts';
import { BatchFailed, type InsertPace, runInsert } from './run-insert.ts';
import type { RunAction } from './run-query.ts';

const setSession = {
  text: `SELECT set_config('hasura.user', $1, true), set_config('hasura.tracecontext', $2, true)`,
  name: 'set-session',
};

/**
 * Runs a mutation's root fields in order. Table writes of one mutation share a transaction; where
 * actions stand among them each field is on its own, since a handler's work cannot be rolled back.
 */
export async function runMutation(
  pool: Pool,
  ready: ReadyOperation,
  executable: MutationExecutable,
  session: Session,
  runAction: RunAction,
): Promise<string> {
  const hasAction = executable.parts.some((part) => part.kind === 'action');
  const hasWrite = executable.parts.some((part) => part.kind !== 'action' && part.kind !== 'text');
  const members: JsonMember[] = [];
  if (hasWrite && !hasAction) {
    return inTransaction(pool, ready, session, async (transaction, pace) => {
      const written: JsonMember[] = [];
      for (const part of executable.parts)
        written.push({ key: part.key, json: await runPart(transaction, part, ready, session, pace) });
      return glueObject(written);
    });
  }
  for (const part of executable.parts) {
    const json =
      part.kind === 'action'
        ? await runAction(part.root)
        : part.kind === 'text'
          ? part.json
          : await inTransaction(pool, ready, session, (transaction, pace) =>
              runPart(transaction, part, ready, session, pace),
            );
    members.push({ key: part.key, json });
  }
  return glueObject(members);
}

/**
 * Triggers read who is writing, and in which trace, from two settings, as on the reference. Where rows of a nested
 * insert do not go together, all is rolled back and done once more row by row.
 */
async function inTransaction<T>(
  pool: Pool,
  ready: ReadyOperation,
  session: Session,
  work: (transaction: Transaction, pace: InsertPace) => Promise<T>,
): Promise<T> {
  const trace = { trace_id: randomBytes(16).toString('hex'), span_id: randomBytes(8).toString('hex') };
  const attempt = (pace: InsertPace): Promise<T> =>
    pool.withTransaction({ readOnly: false, limits: ready.limits }, async (transaction) => {
      await transaction.queryRow(setSession, [JSON.stringify(session.variables), JSON.stringify(trace)]);
      return work(transaction, pace);
    });
  try {
    return await attempt('level');
  } catch (error) {
    if (error instanceof BatchFailed) return attempt('row');
    throw error;
  }
}

async function runPart(
  transaction: Transaction,
  part: MutationPart,
  ready: ReadyOperation,
  session: Session,
  pace: InsertPace,
): Promise<string> {
  const scope = { session, variables: ready.variables };
  switch (part.kind) {
    case 'text':
      return part.json;
    case 'select': {
      const [json] = await transaction.queryRow(
        part.select.prepared,
        resolveParameters(part.select.parameters, scope),
      );
      return json ?? 'null';
    }
    case 'write':
      return part.write.kind === 'insert'
        ? runInsert(transaction, part.write, scope, pace)
        : runChange(transaction, part.write, scope);
    case 'writes': {
      const answers: string[] = [];
      for (const write of part.writes) answers.push(await runChange(transaction, write, scope));
      return `[${answers.join(',')}]`;
    }
    case 'action':
      throw new EngineError('unexpected', 'an action does not run inside a transaction');
  }
}
