import { describe, expect, it, vi } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('JSON of a request', () => {
  it.each([
    ['{"id": 9007199254740993}', '9007199254740993'],
    ['[ -12345678901234567890]', '-12345678901234567890'],
    ['{"n":[1,0.1234567890123456789]}', '0.1234567890123456789'],
    ['{"n": 1234567890.123456789}', '1234567890.123456789'],
    ['90071992547409931', '90071992547409931'],
  ])('keeps the digits of %s', (text, digits) => {
    expect(JSON.stringify(parseJson(text))).toContain(digits);
  });

  it('reads an exponent', () => {
    expect(Number(String((parseJson('{"n":1e3}') as { n: unknown }).n))).toBe(1000);
    expect(Number(String((parseJson('[2.5E-3]') as unknown[])[0]))).toBe(0.0025);
  });

  it.each([
    '{"id":"7e57d004-2b97-0e7a-b45f-5387367791cd"}',
    '{"at":"2026-01-02T03:04:05.123456+00:00","digits":"12345678901234567890"}',
    '{"n":[1,2,3.5,-4],"s":"a: 1,2"}',
  ])('is parsed the quick way where no number is long: %s', (text) => {
    const parse = vi.spyOn(JSON, 'parse');
    try {
      parseJson(text);
      expect(parse.mock.calls).toEqual([[text]]);
    } finally {
      parse.mockRestore();
    }
  });
});
