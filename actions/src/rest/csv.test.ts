import { expect, test } from 'vitest';
import { csvRecord } from './csv.ts';

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
  ['\r=1', '"\'\r=1"'],
  ['=HYPERLINK("http://evil.example","x")', '"\'=HYPERLINK(""http://evil.example"",""x"")"'],
  ['a=1', 'a=1'],
  ["'quoted", "'quoted"],
])('the cell %j is written %j', (value, written) => {
  expect(csvRecord([value, 'x'])).toBe(`${written},x\r\n`);
});
