import { quoteLiteral } from './quote.ts';

/** One key of a JSON object with the SQL of its value. */
export interface JsonEntry {
  readonly key: string;
  readonly value: string;
}

/** Postgres cuts identifiers after this many bytes (NAMEDATALEN - 1). */
export const postgresNameBytes = 63;

/** Postgres functions take 100 arguments, so an object built by one call has 50 keys. */
const keysPerCall = 50;

/** The length of the longest key, in bytes of UTF-8. */
export function longestKeyBytes(entries: readonly JsonEntry[]): number {
  return entries.reduce((longest, { key }) => Math.max(longest, Buffer.byteLength(key)), 0);
}

/** A JSON object of any number of keys, of any length. */
export function jsonObject(entries: readonly JsonEntry[]): string {
  if (entries.length <= keysPerCall) {
    return `json_build_object(${entries.map(({ key, value }) => `${quoteLiteral(key)}, ${value}`).join(', ')})`;
  }
  // Glued as text: every value is JSON already or is made so.
  const members = entries.map(
    ({ key, value }) =>
      // A literal has no type of its own, which to_json wants to know.
      `${quoteLiteral(`${JSON.stringify(key)}:`)} || coalesce(to_json(${value.startsWith("'") ? `${value}::text` : value})::text, 'null')`,
  );
  return `('{' || ${members.join(" || ',' || ")} || '}')::json`;
}
