/**
 * The small JSONPath of Hasura's JWT settings: `$`, `.name`, `['any name']`, `[0]`.
 * Used for `claims_namespace_path` and `claims_map`.
 */
export type JsonPath = readonly (string | number)[];

/** Reads a path; throws an Error that says what is wrong with it. */
export function parseJsonPath(text: string): JsonPath {
  const steps: (string | number)[] = [];
  let rest = text.startsWith('$') ? text.slice(1) : `.${text}`;
  while (rest !== '') {
    const match =
      /^\.([A-Za-z_][\w-]*)/.exec(rest) ??
      /^\[(\d{1,9})\]/.exec(rest) ??
      /^\['((?:[^'\\]|\\.)*)'\]/.exec(rest) ??
      /^\["((?:[^"\\]|\\.)*)"\]/.exec(rest);
    if (!match?.[0]) throw new Error(`"${text}" is not a JSON path such as $.hasura['all claims'][0]`);
    const step = match[1] ?? '';
    steps.push(/^\[\d/.test(match[0]) ? Number(step) : step.replace(/\\(.)/g, '$1'));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

/** The value at a path; undefined when a step leads nowhere. */
export function readJsonPath(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (typeof step === 'number' ? !Array.isArray(current) : !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}
