import { EngineError } from '../errors.ts';

/** The fields of a Postgres error report that decide what a client is told. */
interface PostgresReport {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly severity?: string;
}

function isReport(error: unknown): error is PostgresReport & Error {
  return (
    error instanceof Error &&
    typeof (error as { code?: unknown }).code === 'string' &&
    /^[0-9A-Z]{5}$/.test((error as unknown as { code: string }).code) &&
    'severity' in error
  );
}

/** Prefixes of the constraint violations that Hasura knows by name. */
const constraintPrefixes: Readonly<Record<string, string>> = {
  '23502': 'Not-NULL violation. ',
  '23503': 'Foreign key violation. ',
  '23505': 'Uniqueness violation. ',
  '23P01': 'Exclusion constraint violation. ',
  '23514': 'Check constraint violation. ',
};

function details(report: PostgresReport): Record<string, unknown> {
  return {
    exec_status: 'FatalError',
    message: report.message,
    status_code: report.code,
    hint: report.hint ?? null,
    description: report.detail ?? null,
  };
}

/**
 * Maps a driver error to Hasura's words: classes 22 and 23 are told to clients, everything else is
 * `database query error` with the particulars for admins only (engine contract, "Details").
 */
export function fromPostgresError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (!isReport(error)) {
    const internal = error instanceof Error ? error.message : String(error);
    return new EngineError('postgres-error', 'connection error', { status: 500, internal });
  }
  const internal = { error: details(error) };
  const sqlClass = error.code.slice(0, 2);
  if (error.code === '23514') {
    return new EngineError('permission-error', `${constraintPrefixes['23514']}${error.message}`, {
      internal,
    });
  }
  if (sqlClass === '23') {
    return new EngineError(
      'constraint-violation',
      `${constraintPrefixes[error.code] ?? ''}${error.message}`,
      { internal },
    );
  }
  // query_canceled: nothing but a time limit cancels.
  if (error.code === '57014')
    return new EngineError('time-limit-exceeded', 'the operation took too long', { internal });
  if (sqlClass === '22') return new EngineError('data-exception', error.message, { internal });
  return new EngineError('postgres-error', 'database query error', { status: 500, internal });
}

/** The SQLSTATE behind an error that came from Postgres. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof EngineError)) return undefined;
  const internal = error.internal as { error?: { status_code?: string } } | undefined;
  return internal?.error?.status_code;
}
