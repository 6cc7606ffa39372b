import type { BoundStatement, BoundWrite, Executable, WriteExecutable } from './executable.ts';

/** About what one parameter takes in memory: where it comes from, and how it is checked and encoded. */
const parameterBytes = 200;

/** About how many bytes an executable takes, so that caches can be bounded by memory instead of by number. */
export function weightOf(executable: Executable): number {
  if (executable.kind !== 'mutation') {
    return ofStatement(executable.statement) + ofStatement(executable.multiplexed);
  }
  return executable.parts.reduce((sum, part) => {
    switch (part.kind) {
      case 'write':
        return sum + ofWrite(part.write);
      case 'writes':
        return part.writes.reduce((all, write) => all + ofWrite(write), sum);
      case 'select':
        return sum + ofStatement(part.select);
      default:
        return sum;
    }
  }, 0);
}

function ofWrite(write: WriteExecutable): number {
  if (write.kind !== 'insert') return ofBound(write.statements);
  // What is run row by row, where it has to be, comes to as much again.
  return 2 * write.levels.flat().reduce((sum, statements) => sum + ofBound(statements), 0);
}

function ofBound(statements: BoundWrite | null): number {
  return statements === null ? 0 : ofStatement(statements.write) + ofStatement(statements.reread);
}

function ofStatement(statement: BoundStatement | null): number {
  return statement === null
    ? 0
    : statement.prepared.text.length + statement.parameters.length * parameterBytes;
}
