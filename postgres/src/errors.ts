/** A start that cannot go on for a reason a person can fix; the message is the one sentence to show them. */
export class PostgresStartError extends Error {
  override name = 'PostgresStartError';
}

/** The `code` of a Node system error such as `ENOENT`, or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
