import { parseJson } from '../http/parse-json.ts';

/** A body as JSON where it is JSON, otherwise as the text it is; for error details that show both. */
export function jsonOrText(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
