/**
 * Cuts SQL text at its top-level semicolons. The text is only ever sent whole, as it was written; the
 * cut serves to tell on which line of the file a failing statement starts.
 */

/** One statement: where it starts (1-based line of its first word) and its text without the semicolon. */
export interface SqlStatement {
  readonly line: number;
  readonly text: string;
}

/** The statements of a SQL text in order; comments between them belong to none. */
export function splitSql(sql: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let start = -1;
  let index = 0;
  let blockDepth = 0;
  let isRoutine = false;

  const finish = (end: number): void => {
    if (start >= 0) statements.push({ line: lineAt(sql, start), text: sql.slice(start, end).trim() });
    start = -1;
    blockDepth = 0;
    isRoutine = false;
  };

  while (index < sql.length) {
    const skipped = skipBlank(sql, index);
    if (skipped > index) {
      index = skipped;
      continue;
    }
    const char = sql[index] as string;
    if (char === ';' && blockDepth === 0) {
      finish(index);
      index += 1;
      continue;
    }
    if (start < 0) start = index;
    const word = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/.exec(sql.slice(index, index + 64))?.[0];
    if (word !== undefined && !/^[eEbBxXnN]'/.test(sql.slice(index, index + 2))) {
      const upper = word.toUpperCase();
      if (/^(FUNCTION|PROCEDURE)$/.test(upper) && /^CREATE\b/i.test(sql.slice(start))) isRoutine = true;
      // A routine may have a standard SQL body, BEGIN ATOMIC … END, with semicolons of its own.
      else if (isRoutine && upper === 'BEGIN') blockDepth += 1;
      else if (blockDepth > 0 && upper === 'CASE') blockDepth += 1;
      else if (blockDepth > 0 && upper === 'END') blockDepth -= 1;
      index += word.length;
      continue;
    }
    index = skipToken(sql, index);
  }
  finish(sql.length);
  return statements;
}

/** The 1-based line that holds the character at `index`. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Moves over white space and comments, which in Postgres may be nested. */
function skipBlank(sql: string, from: number): number {
  let index = from;
  while (index < sql.length) {
    if (/\s/.test(sql[index] as string)) index += 1;
    else if (sql.startsWith('--', index)) {
      const end = sql.indexOf('\n', index);
      index = end < 0 ? sql.length : end + 1;
    } else if (sql.startsWith('/*', index)) {
      let depth = 0;
      do {
        if (sql.startsWith('/*', index)) {
          depth += 1;
          index += 2;
        } else if (sql.startsWith('*/', index)) {
          depth -= 1;
          index += 2;
        } else index += 1;
      } while (depth > 0 && index < sql.length);
    } else break;
  }
  return index;
}

/** Moves over one quoted string, quoted name, dollar-quoted body, or any other single character. */
function skipToken(sql: string, from: number): number {
  const char = sql[from] as string;
  if (/^[eE]'/.test(sql.slice(from, from + 2))) return skipQuoted(sql, from + 1, true);
  if (char === "'" || char === '"') return skipQuoted(sql, from, false);
  if (char === '$') {
    const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(sql.slice(from, from + 80))?.[0];
    if (tag !== undefined) {
      const end = sql.indexOf(tag, from + tag.length);
      return end < 0 ? sql.length : end + tag.length;
    }
  }
  return from + 1;
}

function skipQuoted(sql: string, from: number, hasBackslashes: boolean): number {
  const quote = sql[from] as string;
  let index = from + 1;
  while (index < sql.length) {
    if (hasBackslashes && sql[index] === '\\') index += 2;
    else if (sql[index] === quote) {
      if (sql[index + 1] !== quote) return index + 1;
      index += 2;
    } else index += 1;
  }
  return sql.length;
}
