import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { MutationExecutable, MutationPart, WriteExecutable } from './executable.ts';
import { glueObject, type JsonMember } from './json-text.ts';
import type { ReadyOperation } from './operation-cache.ts';
import { resolveParameters } from './parameters.ts';
import type { Pool, Transaction } from './pool.ts';
import type { RunAction } from './run-query.ts';

const setSession = { text: `SELECT set_config('hasura.user', $1, true)`, name: 'set-session' };

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
    await inTransaction(pool, ready, session, async (transaction) => {
      for (const part of executable.parts)
        members.push({ key: part.key, json: await runPart(transaction, part, ready, session) });
    });
    return glueObject(members);
  }
  for (const part of executable.parts) {
    const json =
      part.kind === 'action'
        ? await runAction(part.root)
        : part.kind === 'text'
          ? part.json
          : await inTransaction(pool, ready, session, (transaction) =>
              runPart(transaction, part, ready, session),
            );
    members.push({ key: part.key, json });
  }
  return glueObject(members);
}

/** Triggers read who is writing from the setting `hasura.user`, as on the reference. */
function inTransaction<T>(
  pool: Pool,
  ready: ReadyOperation,
  session: Session,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return pool.withTransaction(
    { isolation: 'read committed', readOnly: false, timeLimit: ready.timeLimit },
    async (transaction) => {
      await transaction.queryRow(setSession, [JSON.stringify(session.variables)]);
      return work(transaction);
    },
  );
}

async function runPart(
  transaction: Transaction,
  part: MutationPart,
  ready: ReadyOperation,
  session: Session,
): Promise<string> {
  switch (part.kind) {
    case 'text':
      return part.json;
    case 'select': {
      const scope = { session, variables: ready.variables };
      const [json] = await transaction.queryRow(
        part.select.prepared,
        resolveParameters(part.select.parameters, scope),
      );
      return json ?? 'null';
    }
    case 'write':
      return runWrite(transaction, part.write, ready, session);
    case 'writes': {
      const answers: string[] = [];
      for (const write of part.writes) answers.push(await runWrite(transaction, write, ready, session));
      return `[${answers.join(',')}]`;
    }
    case 'action':
      throw new EngineError('unexpected', 'an action does not run inside a transaction');
  }
}

async function runWrite(
  transaction: Transaction,
  write: WriteExecutable,
  ready: ReadyOperation,
  session: Session,
): Promise<string> {
  if (write.isEmpty) return answer(write, 0, []);
  const scope = { session, variables: ready.variables };
  try {
    const [check, count, ...rows] = await transaction.queryRow(
      write.write.prepared,
      resolveParameters(write.write.parameters, scope),
    );
    if (check !== 'true') {
      throw new EngineError('permission-error', 'check constraint of an insert/update permission has failed');
    }
    if (!write.reread) return answer(write, Number(count), rows);
    const writtenRows = rows[0] ?? '[]';
    const reread = await transaction.queryRow(
      write.reread.prepared,
      resolveParameters(write.reread.parameters, { ...scope, writtenRows }),
    );
    return answer(write, Number(count), reread);
  } catch (error) {
    const isAboutRows = error instanceof EngineError && error.path === '$' && error.code !== 'not-found';
    if (isAboutRows && write.kind === 'insert') throw error.at(write.path);
    throw error;
  }
}

function answer(write: WriteExecutable, count: number, lists: readonly (string | null)[]): string {
  const { output } = write;
  if (output.kind === 'row') return firstOf(lists[0] ?? '[]');
  let next = 0;
  return glueObject(
    output.fields.map((field): JsonMember => {
      switch (field.kind) {
        case 'typename':
          return { key: field.key, json: JSON.stringify(field.name) };
        case 'affected_rows':
          return { key: field.key, json: String(count) };
        case 'returning': {
          const json = lists[next] ?? '[]';
          next += 1;
          return { key: field.key, json };
        }
      }
    }),
  );
}

/** The only item of a JSON list text, or null: a `_by_pk` or `_one` write touches one row at most. */
function firstOf(list: string): string {
  const inner = list.trim().slice(1, -1).trim();
  return inner === '' ? 'null' : inner;
}
