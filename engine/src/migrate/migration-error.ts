import { DatabaseError } from 'pg';
import { lineAt, splitSql } from './split-sql.ts';

/** A migration or seed that cannot be read or applied; the message names the file and, if known, the line. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly file: string;
  readonly line: number | null;

  constructor(file: string, line: number | null, message: string, cause?: unknown) {
    super(
      `${file}${line === null ? '' : `:${line}`}: ${message}`,
      cause === undefined ? undefined : { cause },
    );
    this.file = file;
    this.line = line;
  }
}

/**
 * Tells where in a file Postgres stopped. It gives a position only for mistakes it finds while reading a
 * statement; for others the number of statements it had finished leads to the line.
 */
export function locateSqlError(file: string, sql: string, finished: number, thrown: unknown): MigrationError {
  if (!(thrown instanceof DatabaseError)) {
    return new MigrationError(file, null, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
  const details = [thrown.message, thrown.detail, thrown.hint].filter((text) => text).join(' ');
  const message = thrown.code === undefined ? details : `${details} (SQLSTATE ${thrown.code})`;
  return new MigrationError(file, findLine(sql, finished, thrown.position), message, thrown);
}

function findLine(sql: string, finished: number, position: string | undefined): number | null {
  // Postgres counts characters, JavaScript UTF-16 units: count code points up to the position.
  if (position !== undefined) {
    const before = Array.from(sql)
      .slice(0, Number(position) - 1)
      .join('');
    return lineAt(sql, before.length);
  }
  return splitSql(sql)[finished]?.line ?? null;
}
