import { expect, test } from 'vitest';
import { createTimeFormat, csvRecord } from './csv.ts';

test.each([
  ['plain', 'plain'],
  [7, '7'],
  [null, ''],
  ['Crème, “brûlée” 🍮', '"Crème, “brûlée” 🍮"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['+49 30', "'+49 30"],
  ['-1', "'-1"],
  ['@cell', "'@cell"],
  ['\t=1', "'\t=1"],
  ['\n=1', '"\'\n=1"'],
  ['\uFF1D1+1', "'\uFF1D1+1"],
  ['\uFF0B1', "'\uFF0B1"],
  ['\uFF0D1', "'\uFF0D1"],
  ['\uFF20cell', "'\uFF20cell"],
  ['\u22121', "'\u22121"],
  ['\uFE66 1', "'\uFE66 1"],
  ['\u200B=1', "'\u200B=1"],
  [' =1', "' =1"],
  ['\r=1', '"\'\r=1"'],
  ['=HYPERLINK("http://evil.example","x")', '"\'=HYPERLINK(""http://evil.example"",""x"")"'],
  ['a=1', 'a=1'],
  ["'quoted", "'quoted"],
])('the cell %j is written %j', (value, written) => {
  expect(csvRecord([value, 'x'])).toBe(`${written},x\r\n`);
});

test('times are written as spreadsheets read them, in the zone that was asked for', () => {
  expect(createTimeFormat('Europe/Berlin')('2026-03-29T00:30:00.123456Z')).toBe('2026-03-29 01:30:00');
  expect(createTimeFormat('Europe/Berlin')('2026-03-29T01:30:00Z')).toBe('2026-03-29 03:30:00');
  expect(createTimeFormat('Pacific/Apia')('2026-12-31T23:00:00Z')).toBe('2027-01-01 12:00:00');
});
