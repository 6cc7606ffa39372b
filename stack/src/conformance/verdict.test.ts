import { describe, expect, it } from 'vitest';
import { compatibilityTable, withTable } from './table.ts';
import { type CaseResult, judge } from './verdict.ts';

const results: readonly CaseResult[] = [
  { id: 'queries/basic/by_pk.yaml', category: 'queries/basic', outcome: 'passed' },
  { id: 'queries/basic/odd.yaml', category: 'queries/basic', outcome: 'failed', reason: 'a is b' },
  { id: 'events/slow', category: 'events', outcome: 'skipped', reason: 'no such mode' },
];
const exceptions = [
  { case: 'queries/basic/odd.yaml', reason: 'the reference is odd' },
  { case: 'events/slow', reason: 'needs a slow machine' },
];

describe('a conformance run', () => {
  it('is good when every case passes or has a reason not to', () => {
    expect(judge(results, exceptions)).toEqual({ passed: 1, mistakes: [] });
  });

  it('is not when a case fails or is skipped without a reason', () => {
    expect(judge(results, []).mistakes).toEqual([
      'queries/basic/odd.yaml failed: a is b',
      'events/slow skipped: no such mode',
    ]);
  });

  it('is not when a reason has become untrue, or nothing ran', () => {
    const old = [
      ...exceptions,
      { case: 'queries/basic/by_pk.yaml', reason: 'once' },
      { case: 'gone', reason: 'x' },
    ];
    expect(judge(results, old).mistakes).toEqual([
      'queries/basic/by_pk.yaml passes, so it is no exception any longer',
      'gone is an exception, but no case',
    ]);
    expect(judge([], []).mistakes).toEqual(['no case ran']);
  });

  it('becomes a table of features, states and cases, with the reason of each that is left out', () => {
    expect(compatibilityTable(results, exceptions)).toBe(`1 of 3 cases pass.

| feature | status | pass | cases |
| --- | --- | --- | --- |
| events | left out | 0 of 1 | **slow** (skipped) |
| queries/basic | but for exceptions | 1 of 2 | by\\_pk, **odd** (failed) |

| case left out | reason |
| --- | --- |
| queries/basic/odd.yaml | the reference is odd |
| events/slow | needs a slow machine |`);
  });

  it('takes the place of the table before it, and refuses a page without one', () => {
    const page =
      'before\n<!-- conformance: begin, written by `npm run conformance -- DIR --table` -->\nold\n<!-- conformance: end -->\nafter\n';
    expect(withTable(page, 'new')).toBe(page.replace('old', 'new'));
    expect(() => withTable('nothing', 'new')).toThrow('no place for the table');
  });
});
