import type { GraphQLFormattedError } from 'graphql';

/** No answer told whether a change was made: it may have been. */
export class UnknownOutcome extends Error {
  constructor(cause: unknown) {
    super('No answer told whether this was done.', { cause });
    this.name = 'UnknownOutcome';
  }
}

/** What handlers and the engine say before anything is done. Of every other code nobody knows what happened before it. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'UNAUTHORIZED',
  'FORBIDDEN',
  'INVALID_INPUT',
  'INVALID_TIER',
  'JUSTIFICATION_TOO_SHORT',
  'JUSTIFICATION_TOO_LONG',
  'CANNOT_DOWNGRADE',
  'ALREADY_MAX_TIER',
  'SELF_APPROVAL_FORBIDDEN',
  'PENDING_REQUEST_EXISTS',
  'REQUEST_NOT_PENDING',
  'REQUEST_NOT_FOUND',
  'VENDOR_NOT_FOUND',
  'LOCATION_LIMIT_REACHED',
  'RATE_LIMIT_EXCEEDED',
  'STALE_REVIEW',
  'CLAIMED_BY_OTHER',
  'LAST_OWNER',
  'validation-failed',
  'parse-failed',
  'bad-request',
  'access-denied',
  'permission-denied',
  'permission-error',
  'invalid-jwt',
  'invalid-headers',
  'not-found',
  'not-supported',
  'constraint-violation',
  'data-exception',
]);

/** Limits that are told before anything runs; one on time is told in the middle. */
const isLimit = (code: string): boolean => code.endsWith('-exceeded') && !code.startsWith('time-');

/** Whether errors say for certain that nothing was changed. */
export function areRefusals(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.every(({ extensions }) => {
    const code = extensions?.code;
    return REFUSALS.has(code) || (typeof code === 'string' && isLimit(code));
  });
}

/** Whether nobody knows if what was tried was done; also through what libraries wrap around an error. */
export function isUnknownOutcome(error: unknown): boolean {
  return error instanceof UnknownOutcome;
}
