import { describe, expect, it } from 'vitest';
import { findPatterns } from './find-patterns.ts';
import { problemOfPattern } from './prove-pattern.ts';

describe('finding the regular expressions of a source', () => {
  it('tells literals from divisions, texts and comments, with their lines and flags', () => {
    const text = [
      'const half = whole / 2 / 3; // not /this/ one',
      'const a = /x[/]y/gi;',
      "const b = 'neither /this/';",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source text holds a template.
      'const c = text.replace(/a+/, `${/b/u.test(d)}`);',
    ].join('\n');
    expect(findPatterns('a.ts', text)).toEqual([
      { file: 'a.ts', line: 2, source: 'x[/]y', flags: 'gi' },
      { file: 'a.ts', line: 4, source: 'a+', flags: '' },
      { file: 'a.ts', line: 4, source: 'b', flags: 'u' },
    ]);
  });

  it('reads texts that become patterns, and says where nobody can', () => {
    const text = "new RegExp('a+', 'u');\nRegExp(String.raw`\\d`);\nnew RegExp(x);\nnew RegExp(/y/, 'g');";
    expect(findPatterns('a.ts', text).map(({ line, source }) => [line, source])).toEqual([
      [1, 'a+'],
      [2, '\\d'],
      [3, null],
      [4, 'y'],
    ]);
  });
});

describe('proving a pattern linear', () => {
  it.each([
    ['(?:[\\s,]|#[^\\r\\n]*)*\\{', 'exponential'],
    ['\\/+$', '2nd degree polynomial'],
    ['[\\d.]*(?<=[\\d.]{16})', 'not proven'],
  ])('refuses /%s/: %s', (source, words) => {
    expect(problemOfPattern(source, '')).toContain(words);
  });

  it('takes one that is', () => {
    expect(problemOfPattern('^(?:[\\s,]|#[^\\r\\n]*[\\r\\n])*\\{', '')).toBeNull();
  });
});
