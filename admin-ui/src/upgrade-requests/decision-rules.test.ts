import { describe, expect, it } from 'vitest';
import { sampleRow } from '../testing/samples.ts';
import { checkReason, countCharacters, findObstacle } from './decision-rules.ts';
import { firstLine } from './queue-columns.tsx';

describe('checkReason', () => {
  it.each([
    ['', 'too-short'],
    ['         x         ', 'too-short'],
    ['123456789', 'too-short'],
    ['1234567890', undefined],
    ['👍'.repeat(9), 'too-short'],
    ['👍'.repeat(1000), undefined],
    ['x'.repeat(1001), 'too-long'],
  ])('%j', (reason, problem) => expect(checkReason(reason)).toBe(problem));
});

describe('countCharacters', () => {
  it('counts code points after trimming', () => expect(countCharacters('  añ👍 ')).toBe(3));
});

describe('findObstacle', () => {
  it('lets nobody approve what they sent themselves', () => {
    expect(findObstacle(sampleRow({ user_id: 'me' }), 'me')).toBe('own-request');
    expect(findObstacle(sampleRow({ user_id: null }), 'me')).toBeUndefined();
  });

  it('sees that a vendor has the tier already', () => {
    const vendor = { id: 'v', name: 'V', tier: 2 };
    expect(findObstacle(sampleRow({ target_tier: 2, vendor }), 'me')).toBe('pointless');
    expect(findObstacle(sampleRow({ target_tier: 3, vendor }), 'me')).toBeUndefined();
  });
});

describe('firstLine', () => {
  it.each([
    ['one\ntwo', 'one'],
    ['\r\n  one \r\ntwo', 'one'],
    ['', ''],
  ])('%j', (text, line) => expect(firstLine(text)).toBe(line));
});
