import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors';
import { ApiError, type ApiProblem, readProblem } from '../api-error.ts';

const locationLimit = 'LOCATION_LIMIT_REACHED: ';

/** Reads what went wrong from whatever Apollo threw. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiError) return error.problem;
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    if (first?.message.startsWith(locationLimit)) return { code: 'LOCATION_LIMIT_REACHED', fields: [] };
    return readProblem(first?.extensions);
  }
  if (ServerError.is(error) || ServerParseError.is(error) || error instanceof TypeError || isAborted(error))
    return { code: 'NETWORK', fields: [] };
  return { code: 'UNKNOWN', fields: [] };
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');
}
