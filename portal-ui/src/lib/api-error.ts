/** The error codes of the contract, and two of our own for what never reached a handler. */
export const errorCodes = [
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
  'DATABASE_ERROR',
  'INTERNAL_ERROR',
  /** No answer, or one that no handler wrote. Whether the call took effect is not known. */
  'NETWORK',
  'UNKNOWN',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One thing that is wrong with one field. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** A refused or failed call, whichever way it was made. */
export interface ApiProblem {
  readonly code: ErrorCode;
  /** Seconds until another try makes sense. */
  readonly retryAfter?: number;
  readonly fields: readonly FieldProblem[];
}

/** A problem as an error that can be thrown. */
export class ApiError extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem, options?: ErrorOptions) {
    super(problem.code, options);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && (errorCodes as readonly string[]).includes(code);
}

function isFieldProblem(value: unknown): value is FieldProblem {
  if (typeof value !== 'object' || value === null) return false;
  const { field, message } = value as { field?: unknown; message?: unknown };
  return typeof field === 'string' && typeof message === 'string';
}

/** Codes that Hasura itself gives before a handler sees the call, by what they mean to a person. */
const engineCodes: Readonly<Record<string, ErrorCode>> = {
  'invalid-jwt': 'UNAUTHORIZED',
  'invalid-headers': 'UNAUTHORIZED',
  'access-denied': 'FORBIDDEN',
  'validation-failed': 'INVALID_INPUT',
  'parse-failed': 'INVALID_INPUT',
  'data-exception': 'INVALID_INPUT',
  'constraint-violation': 'INVALID_INPUT',
  'permission-error': 'FORBIDDEN',
};

/** Reads a problem from a REST body or the `extensions` of a GraphQL error; both carry the same keys. */
export function readProblem(source: unknown): ApiProblem {
  const { code, retryAfter, errors } = (typeof source === 'object' && source !== null ? source : {}) as {
    code?: unknown;
    retryAfter?: unknown;
    errors?: unknown;
  };
  return {
    code: isErrorCode(code)
      ? code
      : ((typeof code === 'string' ? engineCodes[code] : undefined) ?? 'UNKNOWN'),
    ...(typeof retryAfter === 'number' && retryAfter > 0 ? { retryAfter } : {}),
    fields: Array.isArray(errors) ? errors.filter(isFieldProblem) : [],
  };
}

/** The problem of a failed call of `auth-api` or the session store. */
export function problemOf(error: unknown): ApiProblem {
  return error instanceof ApiError ? error.problem : { code: 'UNKNOWN', fields: [] };
}
