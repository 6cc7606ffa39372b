import { EngineError } from '../errors.ts';
import { usedUpBudget } from '../sql/row-budget.ts';

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

/** Class 08, and Postgres going down or not up yet: it ends connections with these words. */
const connectionLost = /^(08...|57P0[1235])$/;

/** What Postgres, the driver and the network say when Postgres is away; the latters' codes are words such as ECONNREFUSED. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isReport(error)) return connectionLost.test(error.code);
  const { code } = error as { code?: unknown };
  const isNetwork = typeof code === 'string' && /^E[A-Z]+$/.test(code);
  return (
    isNetwork ||
    /^(connection terminated|timeout exceeded|client has encountered|client was closed)/i.test(error.message)
  );
}

/** Whether an error came from Postgres or the way to it, and not from our own code. */
export function isDatabaseError(error: unknown): boolean {
  return isReport(error) || isConnectionError(error);
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
  if (!isReport(error) || isConnectionError(error)) {
    const internal = error instanceof Error ? error.message : String(error);
    return new EngineError('postgres-error', 'connection error', { status: 500, internal });
  }
  const sqlClass = error.code.slice(0, 2);
  const told = `${constraintPrefixes[error.code] ?? ''}${error.message}`;
  if (error.code === '23514') return new EngineError('permission-error', told);
  if (sqlClass === '23') return new EngineError('constraint-violation', told);
  if (sqlClass === '22') return new EngineError('data-exception', error.message);
  const budget = error.code === '42704' ? usedUpBudget(error.message) : undefined;
  if (budget) {
    return new EngineError(
      budget.what === 'rows' ? 'answer-rows-limit-exceeded' : 'answer-size-limit-exceeded',
      `lists below lists of the answer have more than ${budget.most} ${budget.what}; ask for fewer (limit, where)`,
    );
  }
  const internal = { error: details(error) };
  // query_canceled: nothing but a time limit cancels.
  if (error.code === '57014') {
    return new EngineError('time-limit-exceeded', 'the operation took too long', { internal });
  }
  return new EngineError('postgres-error', 'database query error', { status: 500, internal });
}

/** A commit that was not answered may have been carried out or not; whoever asked for it must not take it for failed. */
export function fromCommitError(error: unknown): EngineError {
  const isUnknown =
    isConnectionError(error) || (error instanceof EngineError && error.code === 'time-limit-exceeded');
  if (!isUnknown) return fromPostgresError(error);
  return new EngineError(
    'postgres-error',
    'it is not known whether the changes were made: the database did not answer the commit',
    { status: 500, internal: (error as Error).message },
  );
}

/** All that Postgres said of an error, for those who may run any SQL anyway; undefined for other errors. */
export function postgresDetails(error: unknown): Record<string, unknown> | undefined {
  return isReport(error) ? details(error) : undefined;
}
