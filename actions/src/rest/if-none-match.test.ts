import { expect, test } from 'vitest';
import { isKnownTag } from './if-none-match.ts';

const tag = 'W/"a1"';

test.each([
  ['W/"a1"'],
  ['"a1"'],
  [' "a1" '],
  ['"b", "a1"'],
  ['"b",W/"a1",'],
  [', "a,1" , "a1"'],
  ['*'],
  [' * '],
])('%s knows it', (header) => {
  expect(isKnownTag(header, tag)).toBe(true);
  expect(isKnownTag(header, '"a1"')).toBe(true);
});

test.each([
  [undefined],
  [''],
  ['a1'],
  ['W/"A1"'],
  ['"a1'],
  ['"x,"a1'],
  ['"b"'],
  ['"*"'],
  ['"a,a1"'],
  ['"b", *'],
])('%s does not', (header) => {
  expect(isKnownTag(header, tag)).toBe(false);
});

test('a header of only quotes and commas is read in one pass', () => {
  expect(isKnownTag('",'.repeat(8000), tag)).toBe(false);
});
