import { EngineError } from '../errors.ts';
import { parseJson } from './parse-json.ts';

/** Reads a body that is to be JSON, nested no deeper than `maxDepth`; throws an EngineError that says what is wrong. */
export function readJson(text: string, maxDepth: number): unknown {
  try {
    return parseJson(text, maxDepth);
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    throw new EngineError('invalid-json', `Error in $: ${(thrown as Error).message}`);
  }
}

/** Reads a body that is to be a JSON object. */
export function readJsonObject(text: string, maxDepth: number): Readonly<Record<string, unknown>> {
  const value = readJson(text, maxDepth);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new EngineError('parse-failed', 'the body must be a JSON object');
}
