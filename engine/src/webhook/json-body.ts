/** A body as JSON where it is JSON, otherwise as the text it is; for error details that show both. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
