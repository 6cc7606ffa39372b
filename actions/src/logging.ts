/** The log: JSON lines for machines, coloured ones for a terminal. */

import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from './config.ts';
import { DatabaseFailure } from './db.ts';
import { heardElsewhere } from './guarded.ts';

/** Never logged on purpose; should a line carry one by mistake, it is blanked. */
const SECRET_FIELDS = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'businessJustification',
  'authorization',
  'cookie',
] as const;

/** A logger as the settings ask for it; tests pass their own destination. */
export function createLogger(
  { logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>,
  destination: DestinationStream = logFormat === 'pretty' ? PinoPretty({ sync: true }) : standardOutput(),
): Logger {
  return pino(
    {
      level: logLevel,
      base: { service: 'actions' },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[redacted]',
      },
    },
    destination,
  );
}

/** Lines that cannot be written, as to a file on a full disk, are lost; requests are served all the same. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({ sync: true });
  destination.on('error', heardElsewhere);
  return destination;
}

/**
 * What the log may know of an error.
 *
 * Errors of libraries carry more than their message: Postgres repeats whole rows in `detail`, the body parser the body.
 * So nothing is spread; only these fields are copied.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  if (error instanceof DatabaseFailure) {
    return {
      type: error.name,
      message: error.message,
      sqlstate: error.sqlstate,
      constraint: error.constraint,
    };
  }
  return { type: error.name, message: error.message, stack: error.stack };
}
