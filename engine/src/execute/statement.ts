import { createHash } from 'node:crypto';

/** A value as the driver sends it: text or null, cast by the statement. */
export type ParameterValue = string | null;

/** One row of columns that are all text. */
export type TextRow = readonly (string | null)[];

/** SQL text with `$n` places; `name` makes it a prepared statement on each connection. */
export interface PreparedStatement {
  readonly text: string;
  readonly name?: string;
}

/** Names a statement by its text, so that every connection prepares it once. */
export function prepare(text: string): PreparedStatement {
  return { text, name: hash(text) };
}

/** A short name for a text. */
export function hash(text: string): string {
  return createHash('sha1').update(text).digest('base64url');
}
