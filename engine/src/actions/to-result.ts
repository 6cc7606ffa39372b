import { type GraphQLOutputType, getNamedType, isObjectType } from 'graphql';
import { EngineError, toApiError } from '../errors.ts';
import { meaningOf } from '../schema/meaning.ts';
import type { ActionRun } from './action-log.ts';
import { checkOutput } from './check-output.ts';

/** An asynchronous action as its result field shows it. */
export function toResult(
  run: ActionRun,
  type: GraphQLOutputType,
  showsInternal: boolean,
): Readonly<Record<string, unknown>> {
  const { id, createdAt } = run;
  const { output, errors } = checkAgain(run, type);
  return { id, created_at: createdAt, errors: showsInternal ? errors : withoutInternal(errors), output };
}

/** An output that was stored before the action's type changed may fit no more. */
function checkAgain(run: ActionRun, type: GraphQLOutputType): { output: unknown; errors: unknown } {
  const { output, errors } = run;
  if (output === null) return { output, errors };
  try {
    checkOutput(declaredOutput(type), output);
    return { output, errors };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { output: null, errors: toApiError(thrown, false) };
  }
}

/** The output type as the action declares it, out of the type of its result field. */
export function declaredOutput(type: GraphQLOutputType): GraphQLOutputType {
  const result = getNamedType(type);
  const field = isObjectType(result) ? result.getFields().output : undefined;
  const meaning = field ? meaningOf(field) : undefined;
  if (meaning?.kind === 'async_action_output') return meaning.type;
  throw new EngineError('unexpected', `"${result.name}" is no result of an action`, { status: 500 });
}

function withoutInternal(errors: unknown): unknown {
  if (typeof errors !== 'object' || errors === null) return errors;
  const { internal: _, ...told } = errors as Record<string, unknown>;
  return told;
}
