import { checkSync } from 'recheck';

/** Far above what any pattern of ours takes, also on a busy machine. */
const timeoutMs = 60_000;

/**
 * Why a pattern is not known to be linear; null where it is proven to be. The proof is by automaton, never by
 * trial: what automata cannot express (lookaround, back references) counts as not proven.
 */
export function problemOfPattern(source: string, flags: string): string | null {
  const result = checkSync(source, flags, { checker: 'automaton', timeout: timeoutMs });
  const pattern = `/${source}/${flags}`;
  if (result.status === 'safe') return null;
  if (result.status === 'unknown') return `${pattern} is not proven to be linear (${result.error.kind})`;
  return `${pattern} is ${result.complexity.summary}, such as for ${result.attack.pattern}`;
}
