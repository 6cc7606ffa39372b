import type { ParameterSource } from '../predicate/types.ts';
import type { BoundStatement, BoundWrite, Executable, QueryPart, WriteExecutable } from './executable.ts';

// Measured on V8: the difference in heap between keeping and not keeping a thousand of a kind.
/** About what one parameter takes in memory: where it comes from, and how it is checked and encoded. */
const parameterBytes = 200;
/** The same of one value in a list of them. */
const itemBytes = 80;
/** One member of an answer: its key, its text and its place. */
const partBytes = 200;
/** One definition of a document that is made for a member alone: a place in a list. */
const definitionBytes = 8;
/** What the pool and the driver know of one statement: its name, how it is planned, that it was met. */
const statementBytes = 400;

/** About how many bytes an executable takes, so that caches can be bounded by memory instead of by number. */
export function weightOf(executable: Executable): number {
  if (executable.kind !== 'mutation') {
    const parts = executable.parts.reduce((sum, part) => sum + ofPart(part), 0);
    return parts + ofStatement(executable.statement) + ofStatement(executable.multiplexed);
  }
  return executable.parts.reduce((before, part) => {
    const sum = before + partBytes;
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

function ofPart(part: QueryPart): number {
  // Its own nodes are those of the whole document.
  return part.kind === 'introspection'
    ? 3 * partBytes + part.document.definitions.length * definitionBytes
    : partBytes;
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
  if (statement === null) return 0;
  const { prepared, parameters } = statement;
  return parameters.reduce((sum, source) => sum + ofSource(source), statementBytes + prepared.text.length);
}

function ofSource(source: ParameterSource): number {
  switch (source.kind) {
    case 'list':
      return source.items.reduce((sum, item) => sum + ofItem(item), parameterBytes);
    case 'literal':
      return parameterBytes + (source.text?.length ?? 0);
    default:
      return parameterBytes;
  }
}

function ofItem(source: ParameterSource): number {
  return source.kind === 'literal' ? itemBytes + (source.text?.length ?? 0) : ofSource(source);
}
