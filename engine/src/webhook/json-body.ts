import { checkJsonDepth } from '../http/json-depth.ts';

/** A body as JSON where it is JSON, otherwise as the text it is; for error details that show both. */
export function jsonOrText(text: string): unknown {
  try {
    checkJsonDepth(text);
    return JSON.parse(text);
  } catch {
    return text;
  }
}
