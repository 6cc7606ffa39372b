import { type DestinationStream, pino } from 'pino';
import { heardElsewhere } from './guarded.ts';

/** From the most to the least talkative. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What happened, in Hasura's names; `internal` is for what has no type of its own. */
export type LogType =
  | 'startup'
  | 'http-log'
  | 'webhook-log'
  | 'websocket-log'
  | 'query-log'
  | 'execution-log'
  | 'livequery-poller-log'
  | 'action-handler-log'
  | 'jwk-refresh-log'
  | 'event-trigger'
  | 'scheduled-trigger'
  | 'inconsistent-metadata'
  | 'internal';

/**
 * Writes lines shaped like Hasura's: `{"type", "timestamp", "level", "detail"}`. Values of variables and
 * parameters never belong into a detail: they may be passwords.
 */
export interface Log {
  event(type: LogType, level: LogLevel, detail: Readonly<Record<string, unknown>>): void;
  /** True when a line of this type and level would be written, for details that cost something to make. */
  isOn(type: LogType, level: LogLevel): boolean;
}

/** What is logged, in what form, and where to. */
export interface LogOptions {
  readonly level: LogLevel;
  /** Types to write; those that no setting can name are always written. */
  readonly types: readonly string[];
  readonly format: 'json' | 'pretty';
  /** Where lines go instead of standard output. */
  readonly destination?: DestinationStream;
}

const ALWAYS: ReadonlySet<string> = new Set([
  'inconsistent-metadata',
  'internal',
  'event-trigger',
  'scheduled-trigger',
]);
const RANK: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/** A log that writes what is switched on, and nothing else. */
export function createLog(options: LogOptions): Log {
  const { format, level } = options;
  const destination = options.destination ?? standardOutput();
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    format === 'json' ? destination : { write: (line) => destination.write(prettify(line)) },
  );
  const types = new Set(options.types);
  const isOn = (type: LogType, wanted: LogLevel): boolean =>
    RANK[wanted] >= RANK[level] && (types.has(type) || ALWAYS.has(type));
  return {
    isOn,
    event(type, wanted, detail) {
      if (isOn(type, wanted)) logger[wanted]({ type, detail });
    },
  };
}

/** Lines that cannot be written, as to a file on a full disk, are lost; requests are served all the same. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: false });
  destination.on('error', heardElsewhere);
  return destination;
}

/** One line a person can read: time, level, type, then the detail's entries. */
function prettify(line: string): string {
  const { timestamp, level, type, detail } = JSON.parse(line) as {
    timestamp: string;
    level: string;
    type: string;
    detail: Record<string, unknown>;
  };
  const entries = Object.entries(detail).map(([key, value]) =>
    key === 'message' && typeof value === 'string' ? value : `${key}=${JSON.stringify(value)}`,
  );
  return `${timestamp.slice(11, 23)} ${level.padEnd(5)} ${type} ${entries.join(' ')}\n`;
}

/** Says nothing; for tests and for callers that want no lines. */
export const silentLog: Log = { event: () => {}, isOn: () => false };
