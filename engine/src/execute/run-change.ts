import { EngineError } from '../errors.ts';
import { answerWrite } from './answer-write.ts';
import type { BoundWrite, ChangeExecutable } from './executable.ts';
import { type ParameterScope, resolveParameters } from './parameters.ts';
import type { Transaction } from './pool.ts';

/** What one write statement answered. */
export interface Written {
  readonly count: number;
  /** The keys of its rows in order; empty where none are asked for. */
  readonly keys: readonly (readonly (string | null)[])[];
  /** JSON lists: one per selection, or the raw rows alone before a reread. */
  readonly lists: readonly (string | null)[];
}

/** Runs an update or delete and answers its JSON. */
export async function runChange(
  transaction: Transaction,
  { statements, output }: ChangeExecutable,
  scope: ParameterScope,
): Promise<string> {
  if (statements === null) return answerWrite(output, 0, []);
  const { count, lists } = await writeRows(transaction, statements, false, scope);
  return answerWrite(output, count, await rereadRows(transaction, statements, lists, scope));
}

/** Runs a write; throws when a written row does not pass its check. */
export async function writeRows(
  transaction: Transaction,
  { write }: BoundWrite,
  hasKeys: boolean,
  scope: ParameterScope,
): Promise<Written> {
  const [check, count, ...rest] = await transaction.queryRow(
    write.prepared,
    resolveParameters(write.parameters, scope),
  );
  if (check !== 'true') {
    throw new EngineError('permission-error', 'check constraint of an insert/update permission has failed');
  }
  const keys = hasKeys ? (JSON.parse(rest[0] ?? '[]') as (string | null)[][]) : [];
  return { count: Number(count), keys, lists: hasKeys ? rest.slice(1) : rest };
}

/** Selects what hangs on the written rows, where the answer holds any of it. */
export async function rereadRows(
  transaction: Transaction,
  { reread }: BoundWrite,
  lists: Written['lists'],
  scope: ParameterScope,
): Promise<Written['lists']> {
  if (reread === null) return lists;
  const writtenRows = lists[0] ?? '[]';
  return transaction.queryRow(
    reread.prepared,
    resolveParameters(reread.parameters, { ...scope, writtenRows }),
  );
}
