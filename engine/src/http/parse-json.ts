import { exactNumber } from '../request/exact-number.ts';
import { checkJsonDepth, defaultJsonDepth } from './json-depth.ts';

/** A long number or one with an exponent, where JSON can have a number: most UUIDs hold a digit before an `e`. */
const MAY_LOSE_DIGITS = /(?:^|[:[,])\s*-?\d(?:[\d.]*[eE]|[\d.]{15})/;

/**
 * Parses JSON from outside without losing digits of large or long numbers. Throws SyntaxError, and an EngineError
 * (`json-depth-limit-exceeded`) for what nests deeper than `maxDepth`.
 */
export function parseJson(text: string, maxDepth: number = defaultJsonDepth): unknown {
  checkJsonDepth(text, maxDepth);
  if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text);
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) =>
    typeof value !== 'number' || context?.source === undefined ? value : exactNumber(context.source),
  );
}

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;
