import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { StackStartError } from '../errors.ts';
import { PROJECT_ROOT } from '../project.ts';

/** Reads `.env` beside package.json, if there is one; what the shell sets already wins. */
export function loadDotEnv(
  path: string = join(PROJECT_ROOT, '.env'),
  environment: Record<string, string | undefined> = process.env,
): void {
  for (const [name, value] of Object.entries(parseEnv(readText(path)))) environment[name] ??= value;
}

/** Half-read settings would start something else than was meant, so a file that cannot be read whole stops the start. */
function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return '';
    const reason = code === 'EISDIR' ? 'it is a folder' : (code ?? String(cause));
    throw new StackStartError(`${path} cannot be read (${reason}); make it a readable file or remove it.`, {
      cause,
    });
  }
  try {
    // Takes a byte order mark at the beginning off, which would be part of the first name.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new StackStartError(`${path} is not in UTF-8; save it as UTF-8.`, { cause });
  }
}
