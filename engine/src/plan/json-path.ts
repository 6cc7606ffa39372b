import { EngineError } from '../errors.ts';
import { toArrayLiteral } from '../predicate/array-literal.ts';
import { encodeScalar } from '../predicate/encode.ts';

const step = /\.([A-Za-z_][\w-]*)|\.?\[(?:(\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]/y;

/** Reads Hasura's JSON select path (`$.a.b[0]["c d"]`, the `$` and a dot before a bracket optional) into a text array literal. */
export function readJsonPath(path: string, at: string): string {
  let rest = path.startsWith('$') ? path.slice(1) : path;
  if (rest !== '' && !rest.startsWith('.') && !rest.startsWith('[')) rest = `.${rest}`;
  const steps: string[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (!match) throw new EngineError('parse-failed', `parse json path error: ${path}`, { path: at });
    const [, name, index, double, single] = match;
    steps.push(name ?? index ?? unescapeQuoted(double ?? single ?? ''));
  }
  return toArrayLiteral(steps, encodeScalar);
}

function unescapeQuoted(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}
