import type { Log } from '../log.ts';
import type { BoundStatement, BoundWrite, Executable } from './executable.ts';
import type { ReadyOperation } from './operation-cache.ts';

/**
 * One `query-log` line: which operation runs, and at level `debug` the SQL it runs. The SQL holds places instead
 * of values, and neither the text of the operation nor its variables are told: either may be a password.
 */
export function logOperation(log: Log, ready: ReadyOperation, requestId: string): void {
  if (!log.isOn('query-log', 'info')) return;
  const { executable, operation } = ready;
  log.event('query-log', 'info', {
    request_id: requestId,
    kind: executable.kind,
    operation_name: operation.definition.name?.value ?? null,
    ...(log.isOn('query-log', 'debug') ? { generated_sql: statementsOf(executable) } : {}),
  });
}

/** The texts of everything that an operation sends to Postgres. */
function statementsOf(executable: Executable): readonly string[] {
  if (executable.kind !== 'mutation') {
    return [executable.statement, executable.multiplexed].flatMap(textOf);
  }
  return executable.parts.flatMap((part) => {
    switch (part.kind) {
      case 'write':
        return part.write.kind === 'insert'
          ? part.write.levels.flat().flatMap(textsOf)
          : textsOf(part.write.statements);
      case 'writes':
        return part.writes.flatMap(({ statements }) => textsOf(statements));
      case 'select':
        return textOf(part.select);
      default:
        return [];
    }
  });
}

function textsOf(write: BoundWrite | null): readonly string[] {
  return write ? [write.write, write.reread].flatMap(textOf) : [];
}

function textOf(statement: BoundStatement | null): readonly string[] {
  return statement ? [statement.prepared.text] : [];
}
