/**
 * Numbers that JavaScript would round. They stay what the client wrote, as raw JSON values, which
 * `JSON.stringify` writes out again digit by digit: a bigint or numeric reaches Postgres unharmed.
 */
export interface RawNumber {
  readonly rawJSON: string;
}

const { rawJSON: rawJson, isRawJSON: isRawJson } = JSON as unknown as {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

/** A number as it is written in JSON or GraphQL: a JavaScript number where that says the same. */
export function exactNumber(source: string): number | RawNumber {
  const value = Number(source);
  return isExact(value, source) ? value : rawJson(source);
}

/** Whether a value is a number that was kept as its text. */
export function isRawNumber(value: unknown): value is RawNumber {
  return isRawJson(value);
}

function isExact(value: number, source: string): boolean {
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  // Seventeen significant digits say all that a double can hold; what is longer is meant for a numeric.
  const [mantissa = ''] = source.split(/[eE]/, 1);
  return mantissa.replace(/\D/g, '').replace(/^0+/, '').length <= 17;
}
