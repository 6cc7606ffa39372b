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
  return (line) => void out.write(isJson(line) ? prettify(line) : `${line}\n`);
}

function isJson(line: string): boolean {
  return line.startsWith('{') && line.endsWith('}');
}
