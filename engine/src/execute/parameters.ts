import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import { toArrayLiteral } from '../predicate/array-literal.ts';
import type { ParameterSource } from '../predicate/types.ts';
import type { Variables } from '../request/variables.ts';
import type { ParameterValue } from './statement.ts';

/** What a request brings to a statement. */
export interface ParameterScope {
  readonly session: Session;
  readonly variables: Variables;
  /** The rows of the write before, for the select that follows it. */
  readonly writtenRows?: string;
  /** The keys of the rows that an insert has written so far, by level and row. */
  readonly writtenKeys?: WrittenKeys;
  /** Where a stream has come to. */
  readonly cursor?: readonly ParameterValue[];
}

/** By level, then by row: the columns that other levels take over. */
export type WrittenKeys = ReadonlyMap<number, readonly (readonly (string | null)[] | undefined)[]>;

/** The parameters of a statement as text, in order. */
export function resolveParameters(
  sources: readonly ParameterSource[],
  scope: ParameterScope,
): ParameterValue[] {
  const missing = new Set<string>();
  for (const source of sources) {
    if (source.kind === 'session' && scope.session.variables[source.name] === undefined)
      missing.add(source.name);
  }
  if (missing.size > 0) throw missingVariables([...missing]);
  return sources.map((source) => resolve(source, scope));
}

function missingVariables(names: readonly string[]): EngineError {
  const list = names.map((name) => `"${name}"`).join(', ');
  return new EngineError('not-found', `missing session variables: ${list}`, { path: '$' });
}

function resolve(source: ParameterSource, scope: ParameterScope): ParameterValue {
  switch (source.kind) {
    case 'literal':
      return source.text;
    case 'variable':
      return source.encode(follow(scope.variables, source.path));
    case 'session': {
      const value = scope.session.variables[source.name];
      if (value === undefined) throw missingVariables([source.name]);
      return value;
    }
    case 'session-json':
      return JSON.stringify(scope.session.variables);
    case 'written-key':
      return scope.writtenKeys?.get(source.level)?.[source.row]?.[source.column] ?? null;
    case 'cursor':
      return scope.cursor?.[source.part] ?? null;
    case 'written-rows':
      return scope.writtenRows ?? '[]';
    case 'list':
      return toArrayLiteral(
        source.items.map((item) => resolve(item, scope)),
        (item) => item as string | null,
      );
  }
}

function follow(variables: Variables, path: readonly (string | number)[]): unknown {
  let value: unknown = variables;
  for (const key of path) {
    // The signature under which the plan was found says that every step is there.
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
