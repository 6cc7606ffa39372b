/**
 * The errors that callers may see.
 *
 * Programs read the code, people read the message. Everything else that can be thrown is a defect or an outage: it is
 * logged in full and leaves as INTERNAL_ERROR or DATABASE_ERROR, without a word about what is inside.
 */

/** The codes of the contract that a handler can say, each with when it does. */
export const ERROR_CODES = {
  UNAUTHORIZED: 'No token, a bad or expired one, a wrong password, or a user who is disabled.',
  FORBIDDEN:
    'Another vendor’s path, the wrong role, a foreign page, or a feature that is not on for this vendor.',
  INVALID_INPUT:
    'A malformed id, an unknown field, a missing or too short text, or several wrong fields at once.',
  INVALID_TIER: 'Not a whole number from 1 to 4.',
  JUSTIFICATION_TOO_SHORT: 'Under 50 characters after trimming.',
  JUSTIFICATION_TOO_LONG: 'Over 1000 characters after trimming.',
  CANNOT_DOWNGRADE: 'The target is not above the tier that the vendor has now.',
  ALREADY_MAX_TIER: 'The vendor is at tier 4.',
  SELF_APPROVAL_FORBIDDEN: 'Nobody approves what they submitted themselves.',
  PENDING_REQUEST_EXISTS: 'One is pending already, also when two submissions race.',
  REQUEST_NOT_PENDING: 'It was decided already, also by whoever was faster.',
  REQUEST_NOT_FOUND: 'There is no such request, or not at this path.',
  VENDOR_NOT_FOUND: 'There is no such vendor.',
  RATE_LIMIT_EXCEEDED: 'Called too often; `retryAfter` says how many seconds to wait.',
  DATABASE_ERROR: 'The database did not answer as it should; the same call may work in a moment.',
  INTERNAL_ERROR: 'A mistake on our side; X-Request-Id leads to it.',
} as const;

/** A code of the contract. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** What is wrong with one field of the input. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Where a caller stands who called too often. */
export interface ExceededLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the next call may succeed. */
  readonly resetSeconds: number;
}

interface ActionErrorOptions {
  readonly errors?: readonly FieldError[] | undefined;
  /** For refusals that HTTP itself has a number for, such as 404 for an unknown path. */
  readonly status?: number | undefined;
  /** Of RATE_LIMIT_EXCEEDED. */
  readonly rateLimit?: ExceededLimit | undefined;
  readonly cause?: unknown;
}

/** A refusal or failure whose code and message are meant for the caller. */
export class ActionError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[] | undefined;
  readonly status: number;
  readonly rateLimit: ExceededLimit | undefined;

  constructor(code: ErrorCode, message: string, options: ActionErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'ActionError';
    this.code = code;
    this.errors = options.errors;
    this.rateLimit = options.rateLimit;
    this.status = options.status ?? statusOf(code);
  }
}

/** The error about one field that has the right shape and the wrong value. */
export function invalidField(field: string, message: string): ActionError {
  return new ActionError('INVALID_INPUT', message, { errors: [{ field, message }] });
}

/** The HTTP status that REST answers a code with. The compiler proves that no code is left out. */
export function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'UNAUTHORIZED':
      return 401;
    case 'FORBIDDEN':
    case 'SELF_APPROVAL_FORBIDDEN':
      return 403;
    case 'INVALID_INPUT':
    case 'INVALID_TIER':
    case 'JUSTIFICATION_TOO_SHORT':
    case 'JUSTIFICATION_TOO_LONG':
    case 'CANNOT_DOWNGRADE':
    case 'ALREADY_MAX_TIER':
    case 'REQUEST_NOT_PENDING':
      return 400;
    case 'REQUEST_NOT_FOUND':
    case 'VENDOR_NOT_FOUND':
      return 404;
    case 'PENDING_REQUEST_EXISTS':
      return 409;
    case 'RATE_LIMIT_EXCEEDED':
      return 429;
    case 'DATABASE_ERROR':
    case 'INTERNAL_ERROR':
      return 500;
  }
}

/** The status of the action route: Hasura hides the body of a 5xx, so a failure of ours leaves as a plain 400. */
export function actionStatusOf(error: ActionError): number {
  return error.status >= 500 ? 400 : error.status;
}

/** The message of an outage: no SQL, no host, nothing of the cause. */
export const DATABASE_ERROR_MESSAGE =
  'The database did not answer as it should. Please try again in a moment.';

/** The message of a defect. The request id leads an operator from the complaint to the log line. */
export const INTERNAL_ERROR_MESSAGE = 'Something went wrong on our side. Please try again in a moment.';
