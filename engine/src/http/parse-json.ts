/**
 * Numbers that JavaScript would round. They stay what the client wrote, as raw JSON values, which
 * `JSON.stringify` writes out again digit by digit: a bigint or numeric reaches Postgres unharmed.
 */
const MAY_LOSE_DIGITS = /\d{16}|\d[eE]|\.\d{15}/;

/** Parses JSON without losing digits of large or long numbers; throws SyntaxError. */
export function parseJson(text: string): unknown {
  if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text);
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) => {
    if (typeof value !== 'number' || context?.source === undefined) return value;
    return isExact(value, context.source) ? value : rawJson(context.source);
  });
}

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

const { rawJSON: rawJson } = JSON as unknown as { rawJSON: (text: string) => unknown };

function isExact(value: number, source: string): boolean {
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  // Seventeen significant digits say all that a double can hold; what is longer is meant for a numeric.
  return (
    source
      .replace(/[eE].*$/, '')
      .replace(/\D/g, '')
      .replace(/^0+/, '').length <= 17
  );
}
