import { exactNumber } from '../request/exact-number.ts';

/** A long number or one with an exponent, where JSON can have a number: most UUIDs hold a digit before an `e`. */
const MAY_LOSE_DIGITS = /(?:^|[:[,])\s*-?\d(?:[\d.]*[eE]|[\d.]{15})/;

/** Parses JSON without losing digits of large or long numbers; throws SyntaxError. */
export function parseJson(text: string): unknown {
  if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text);
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) =>
    typeof value !== 'number' || context?.source === undefined ? value : exactNumber(context.source),
  );
}

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;
