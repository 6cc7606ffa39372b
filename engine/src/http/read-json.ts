import { EngineError } from '../errors.ts';
import { parseJson } from './parse-json.ts';

/** Reads a body that is to be JSON; throws an EngineError that says why it is none. */
export function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (thrown) {
    throw new EngineError('invalid-json', `Error in $: ${(thrown as Error).message}`);
  }
}

/** Reads a body that is to be a JSON object. */
export function readJsonObject(text: string): Readonly<Record<string, unknown>> {
  const value = readJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new EngineError('parse-failed', 'the body must be a JSON object');
}
