/** Whatever was thrown → the one error that the caller sees. */

import { DatabaseFailure } from './db.ts';
import { ActionError, DATABASE_ERROR_MESSAGE, INTERNAL_ERROR_MESSAGE } from './errors.ts';
import { refusalOf } from './upgrade-requests/refusals.ts';

/** Keeps what is meant for callers and hides everything else behind INTERNAL_ERROR or DATABASE_ERROR. */
export function toActionError(error: unknown): ActionError {
  if (error instanceof ActionError) return error;
  if (error instanceof DatabaseFailure) {
    return refusalOf(error) ?? new ActionError('DATABASE_ERROR', DATABASE_ERROR_MESSAGE, { cause: error });
  }
  return readHttpError(error) ?? new ActionError('INTERNAL_ERROR', INTERNAL_ERROR_MESSAGE, { cause: error });
}

const HTTP_MESSAGES: Readonly<Record<number, string>> = {
  413: 'The body is too large: 100 kB at most.',
  415: 'The body must be JSON in UTF-8, sent as application/json.',
};

/** Express and its body parser mark what the client did wrong with a 4xx status. */
function readHttpError(error: unknown): ActionError | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  const isBrokenJson = 'type' in error && error.type === 'entity.parse.failed';
  const message = isBrokenJson ? 'The body is not valid JSON.' : HTTP_MESSAGES[status];
  return new ActionError('INVALID_INPUT', message ?? 'The request could not be read.', { status });
}
