/** One thing wrong with a project folder: where it is and what it is. */
export interface MetadataMistake {
  /** Path of the file, relative to the project folder. */
  readonly file: string;
  /** Where in the file, such as `[0].select_permissions[1].permission.columns`; empty for the whole file. */
  readonly path: string;
  /** 1-based line, where it is known. */
  readonly line?: number;
  readonly message: string;
}

/** Keys and indexes from the root of a value to one of its parts. */
export type ValuePath = readonly (string | number)[];

/** Everything that is wrong with a project folder, thrown at once so that one run finds all mistakes. */
export class MetadataFolderError extends Error {
  override readonly name = 'MetadataFolderError';
  readonly mistakes: readonly MetadataMistake[];

  constructor(mistakes: readonly MetadataMistake[]) {
    super(mistakes.map(formatMistake).join('\n'));
    this.mistakes = mistakes;
  }
}

/** `file:line: path: message`, leaving out what is not known. */
export function formatMistake(mistake: MetadataMistake): string {
  const place = mistake.line === undefined ? mistake.file : `${mistake.file}:${mistake.line}`;
  return mistake.path === ''
    ? `${place}: ${mistake.message}`
    : `${place}: ${mistake.path}: ${mistake.message}`;
}

/** `['tables', 0, 'odd key']` → `tables[0]["odd key"]`. */
export function formatPath(path: ValuePath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w$-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
