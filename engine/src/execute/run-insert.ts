import { EngineError } from '../errors.ts';
import type { InsertLevel, InsertRow } from '../plan/types.ts';
import { answerWrite } from './answer-write.ts';
import type { BoundWrite, InsertExecutable } from './executable.ts';
import { glueLists } from './json-text.ts';
import type { ParameterScope } from './parameters.ts';
import type { Transaction } from './pool.ts';
import { rereadRows, type Written, writeRows } from './run-change.ts';

/**
 * Nested rows that could not be written many at a time. Run again row by row, in a transaction of its own, the
 * insert either succeeds (two rows that are in conflict with each other) or fails with the very place.
 */
export class BatchFailed extends Error {
  override readonly name = 'BatchFailed';
}

/** How the rows of a nested insert are written: a statement per level, or one per row. */
export type InsertPace = 'level' | 'row';

/** Runs an insert with all that is nested in it and answers its JSON. */
export async function runInsert(
  transaction: Transaction,
  insert: InsertExecutable,
  scope: ParameterScope,
  pace: InsertPace,
): Promise<string> {
  const { levels, top, output, isOrdered } = insert.plan;
  const isBatch = !isOrdered && levels.length > 1 && levels.some((level) => level.rows.length > 1);
  const written = isOrdered || (isBatch && pace === 'row') ? writeSteps : writeLevels;
  try {
    const { count, topStatements, lists } = await written(transaction, insert, scope);
    if (!topStatements) return answerWrite(output, 0, []);
    const topPath = levels[top]?.rows[0]?.path ?? insert.plan.path;
    const answered = await told(topPath, rereadRows(transaction, topStatements, lists, scope));
    return answerWrite(output, count, answered);
  } catch (error) {
    if (pace === 'level' && isBatch && isAboutRows(error)) throw new BatchFailed();
    throw error;
  }
}

interface InsertOutcome {
  readonly count: number;
  /** Null when the root field has no rows. */
  readonly topStatements: BoundWrite | null;
  /** The JSON lists of the root field's rows. */
  readonly lists: Written['lists'];
}

async function writeLevels(
  transaction: Transaction,
  { plan, levels }: InsertExecutable,
  scope: ParameterScope,
): Promise<InsertOutcome> {
  const writtenKeys = new Map<number, Written['keys']>();
  let count = 0;
  let lists: Written['lists'] = [];
  for (const level of plan.levels) {
    const hasKeys = level.keys.length > 0;
    const portions: Written[] = [];
    for (const statements of levels[level.id] ?? []) {
      const path = level.rows[0]?.path ?? plan.path;
      const write = writeRows(transaction, statements, hasKeys, { ...scope, writtenKeys });
      portions.push(await told(path, write));
    }
    const written = portions.reduce((sum, portion) => sum + portion.count, 0);
    if (written < level.rows.length) checkRequired(level);
    writtenKeys.set(
      level.id,
      portions.flatMap((portion) => portion.keys),
    );
    count += written;
    if (level.id === plan.top) lists = joinLists(portions);
  }
  return { count, topStatements: levels[plan.top]?.[0] ?? null, lists };
}

/** The lists of rows that were written apart, as if they had been written together. */
function joinLists(written: readonly Written[]): Written['lists'] {
  const [first, ...others] = written;
  if (!first || others.length === 0) return first?.lists ?? [];
  return first.lists.map((_list, index) => glueLists(written.map(({ lists }) => lists[index] ?? '[]')));
}

async function writeSteps(
  transaction: Transaction,
  insert: InsertExecutable,
  scope: ParameterScope,
): Promise<InsertOutcome> {
  const { plan } = insert;
  const writtenKeys = new Map<number, (readonly (string | null)[] | undefined)[]>();
  const topRows: Written[] = [];
  let count = 0;
  let topStatements: BoundWrite | null = null;
  for (const step of plan.steps) {
    const level = plan.levels[step.level] as InsertLevel;
    const row = level.rows[step.row] as InsertRow;
    const statements = insert.rowStatements(step);
    const written = await told(
      row.path,
      writeRows(transaction, statements, level.keys.length > 0, { ...scope, writtenKeys }),
    );
    if (written.count === 0 && row.required) throw notSupported(row.required);
    const keys = writtenKeys.get(level.id) ?? [];
    keys[step.row] = written.keys[0];
    writtenKeys.set(level.id, keys);
    count += written.count;
    if (level.id === plan.top) {
      topStatements = statements;
      topRows.push(written);
    }
  }
  return { count, topStatements, lists: joinLists(topRows) };
}

/** Fewer rows than given: which one is missing shows only row by row, unless there is but one. */
function checkRequired(level: InsertLevel): void {
  const required = level.rows.find((row) => row.required)?.required;
  if (required) throw notSupported(required);
}

function notSupported({ path, message }: NonNullable<InsertRow['required']>): EngineError {
  return new EngineError('not-supported', message, { path });
}

/** Tells an error of rows where they stand in the request. */
async function told<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isPlaced = !(error instanceof EngineError) || error.path !== '$' || error.code === 'not-found';
    throw isPlaced ? error : error.at(path);
  }
}

/** Whether another order of the same rows could end otherwise: not when time is over or the database away. */
function isAboutRows(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false;
  if (error.code === 'time-limit-exceeded' || error.code === 'not-found') return false;
  return !(error.code === 'postgres-error' && error.message === 'connection error');
}
