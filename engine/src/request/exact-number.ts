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

/** A number as `0.digits × 10^point`; zero has no digits. */
export interface DecimalNumber {
  readonly isNegative: boolean;
  /** Without zeros at either end. */
  readonly digits: string;
  readonly point: number;
}

/** Reads a number as JSON, GraphQL or JavaScript writes it. */
export function readDecimal(text: string): DecimalNumber {
  const isNegative = text.startsWith('-');
  const [mantissa = '', exponent = '0'] = text.slice(isNegative ? 1 : 0).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let start = 0;
  while (all[start] === '0') start += 1;
  let end = all.length;
  while (end > start && all[end - 1] === '0') end -= 1;
  const digits = all.slice(start, end);
  if (digits === '') return { isNegative: false, digits, point: 0 };
  return { isNegative, digits, point: whole.length - start + Number(exponent) };
}

/** Negative, zero or positive, as the left number is less than, equal to or greater than the right one. */
export function compareDecimals(left: DecimalNumber, right: DecimalNumber): number {
  if (left.isNegative !== right.isNegative) return left.isNegative ? -1 : 1;
  const direction = left.isNegative ? -1 : 1;
  if (left.digits === '' || right.digits === '')
    return direction * (left.digits.length - right.digits.length);
  if (left.point !== right.point) return direction * (left.point < right.point ? -1 : 1);
  if (left.digits === right.digits) return 0;
  return direction * (left.digits < right.digits ? -1 : 1);
}

/** Fifteen digits always survive a double whose exponent is not at either end of what it can have. */
const safeDigits = 15;

function isExact(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  const size = Math.abs(value);
  if (source.length <= safeDigits && size > 1e-300 && size < 1e300) return true;
  // What JavaScript would write says whether it is the same number.
  return compareDecimals(readDecimal(source), readDecimal(String(value))) === 0;
}
