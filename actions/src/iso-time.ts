/**
 * SQL for a time as ISO 8601, in UTC and with the microseconds of Postgres: sent back as a filter it still fits, which one
 * rounded to a Date's milliseconds would not.
 */
export function isoTime(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
