import { EngineError } from '../errors.ts';
import type { BoundStatement, BoundWrite, Executable, WriteExecutable } from './executable.ts';

/** Postgres counts the parameters of a statement in 16 bits. */
export const mostParameters = 65_535;

/** Refuses an operation of which one statement takes more values than the role, or Postgres, allows. */
export function checkParameters(executable: Executable, bound: number): void {
  for (const statement of statementsOf(executable)) {
    if (statement !== null) checkParameterCount(statement.parameters.length, bound);
  }
}

/** The same of one statement. */
export function checkParameterCount(count: number, bound: number): void {
  const most = Math.min(bound, mostParameters);
  if (count <= most) return;
  const whose = bound < mostParameters ? 'is the bound of the role' : 'is all that Postgres takes';
  throw new EngineError(
    'parameter-limit-exceeded',
    `one statement of the operation would take ${count} values, and ${most} ${whose}: send less at a time`,
  );
}

function statementsOf(executable: Executable): readonly (BoundStatement | null)[] {
  if (executable.kind !== 'mutation') return [executable.statement, executable.multiplexed];
  return executable.parts.flatMap((part) => {
    switch (part.kind) {
      case 'write':
        return ofWrite(part.write);
      case 'writes':
        return part.writes.flatMap(ofWrite);
      case 'select':
        return [part.select];
      default:
        return [];
    }
  });
}

function ofWrite(write: WriteExecutable): readonly (BoundStatement | null)[] {
  return write.kind === 'insert' ? write.levels.flat().flatMap(ofBound) : ofBound(write.statements);
}

function ofBound(statements: BoundWrite | null): readonly (BoundStatement | null)[] {
  return statements === null ? [] : [statements.write, statements.reread];
}
