import { prettyFactory } from 'pino-pretty';

/** Makes the function that writes a child's log line: as it came, or made readable for a person at a terminal. */
export function createLogWriter(
  format: 'json' | 'pretty',
  out: NodeJS.WritableStream,
): (line: string) => void {
  if (format === 'json') return (line) => void out.write(`${line}\n`);
  const isTerminal = 'isTTY' in out && out.isTTY === true;
  const prettify = prettyFactory({
    colorize: isTerminal,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
    singleLine: true,
  });
  return (line) => {
    const entry = readEntry(line);
    out.write(entry ? prettify(entry) : `${line}\n`);
  };
}

/** A line as an object, or undefined for plain text. */
function readEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return withMessage(JSON.parse(line) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

/** The engine logs as Hasura does, with the sentence for people inside `detail`; here it comes first. */
function withMessage(entry: Record<string, unknown>): Record<string, unknown> {
  const { type: _type, detail, timestamp, ...rest } = entry;
  if (typeof detail !== 'object' || detail === null || !('message' in detail)) return entry;
  const { message, kind: _kind, ...more } = detail as Record<string, unknown>;
  return { ...rest, ...more, time: timestamp, service: 'engine', msg: String(message) };
}
