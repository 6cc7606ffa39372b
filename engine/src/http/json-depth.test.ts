import { describe, expect, it } from 'vitest';
import { checkJsonDepth } from './json-depth.ts';
import { parseJson } from './parse-json.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('the depth of JSON', () => {
  it('is counted without recursion, in lists and objects', () => {
    expect(() => checkJsonDepth(nested(64), 64)).not.toThrow();
    expect(() => checkJsonDepth(nested(65), 64)).toThrow('deeper than 64 levels');
    expect(() => checkJsonDepth('{"a":'.repeat(65), 64)).toThrow('deeper than 64 levels');
    expect(() => checkJsonDepth('['.repeat(4_000_000))).toThrow('deeper than 256 levels');
    expect(() => checkJsonDepth(`[${'[],'.repeat(100_000)}1]`, 2)).not.toThrow();
  });

  it('does not count what stands in a text, whatever marks are in it', () => {
    for (const text of ['[[[[', '\\', '\\"[[[[', '"[[[', 'ends in \\\\']) {
      const json = JSON.stringify({ a: [text, 'plain', ['b']] });
      expect(() => checkJsonDepth(json, 3), json).not.toThrow();
      expect(() => checkJsonDepth(json, 2), json).toThrow();
    }
    expect(() => checkJsonDepth(`["${'\\'.repeat(101)}`, 10)).not.toThrow();
  });

  it('is looked at before anything is parsed', () => {
    expect(() => parseJson(nested(300))).toThrow('deeper than 256 levels');
    expect(() => parseJson(nested(300), 200)).toThrow('deeper than 200 levels');
    expect(JSON.stringify(parseJson(nested(200), 200))).toBe(nested(200));
  });

  it('is counted in a time that grows with the text alone', () => {
    const started = process.cpuUsage();
    checkJsonDepth(`["${'\\\\'.repeat(1_000_000)}"]`, 64);
    checkJsonDepth(`[${'"\\"",'.repeat(300_000)}1]`, 64);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});
