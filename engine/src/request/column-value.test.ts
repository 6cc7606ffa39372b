import { describe, expect, it } from 'vitest';
import { parseJson } from '../http/parse-json.ts';
import { checkColumnValue, outOfBounds } from './column-value.ts';

const check = (type: string, json: string) => checkColumnValue(type, parseJson(json), '$.x');

describe('a value of a column', () => {
  it.each([
    ['Int', '"12"'],
    ['Int', '-2147483648'],
    ['smallint', '32767'],
    ['bigint', '9223372036854775807'],
    ['bigint', '1e3'],
    ['numeric', '1.234567890123456789012345'],
    ['float8', '"NaN"'],
    ['Boolean', '"yes"'],
    ['uuid', '"left to Postgres"'],
    ['interval', '"1 day"'],
    ['jsonb', '{"any": [1]}'],
    ['ltree', '""'],
    ['ltree', '"Top.Ätna.a-b_1"'],
  ])('of type %s may be %s', (type, json) => {
    expect(() => check(type, json)).not.toThrow();
  });

  it.each([
    ['smallint', '40000', 'The value 40000.0 lies outside the bounds'],
    ['Int', '2147483648', 'The value 2.147483648e9 lies outside the bounds'],
    ['Int', '1.5', 'The value 1.5 lies outside the bounds'],
    ['bigint', '9223372036854775808', 'The value 9.223372036854775808e18 lies outside the bounds'],
    ['Int', 'true', 'parsing Integer failed, expected Number, but encountered Boolean'],
    ['numeric', '[1]', 'parsing numeric failed, expected Number, but encountered Array'],
    ['String', '5', 'parsing Text failed, expected String, but encountered Number'],
    ['uuid', '5', 'parsing UUID failed, expected String, but encountered Number'],
    ['interval', '5', 'A string is expected for type: interval'],
    ['Boolean', '1', 'parsing Bool failed, expected Boolean, but encountered Number'],
    ['ltree', '"a..b"', 'Expecting label path'],
    ['ltree', '5', 'parsing ltree failed, expected String, but encountered Number'],
  ])('of type %s may not be %s', (type, json, message) => {
    expect(() => check(type, json)).toThrow(
      expect.objectContaining({
        code: 'parse-failed',
        path: '$.x',
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each([
    ['0', '0.0'],
    ['0.5', '0.5'],
    ['0.05', '5.0e-2'],
    ['-12.50', '-12.5'],
    ['9999999', '9999999.0'],
    ['1e7', '1.0e7'],
    ['123e20', '1.23e22'],
  ])('is written as the reference writes it: %s as %s', (text, shown) => {
    expect(outOfBounds(text)).toContain(`The value ${shown} lies`);
  });
});
