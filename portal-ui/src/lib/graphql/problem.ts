import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors';
import { ApiError, type ApiProblem, readProblem } from '../api-error.ts';

/** Codes that the database's own refusals of table mutations begin with. */
const databaseCodes = ['LOCATION_LIMIT_REACHED', 'RATE_LIMIT_EXCEEDED'] as const;

/** Reads what went wrong from whatever Apollo threw. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiError) return error.problem;
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const code = databaseCodes.find((name) => first?.message.startsWith(`${name}: `));
    if (code !== undefined) return { code, fields: [] };
    return readProblem(first?.extensions);
  }
  if (ServerError.is(error) || ServerParseError.is(error) || error instanceof TypeError || isAborted(error))
    return { code: 'NETWORK', fields: [] };
  return { code: 'UNKNOWN', fields: [] };
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');
}
