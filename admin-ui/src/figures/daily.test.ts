import { describe, expect, it } from 'vitest';
import { lastDays, niceTop, toDays } from './daily.ts';

describe('the days of a chart', () => {
  it('end with today, in UTC, over the end of a month', () => {
    expect(lastDays(Date.parse('2026-03-01T00:30:00Z'), 3)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
  });

  it('leave no day out, also when nothing happened', () => {
    const rows = [
      { day: '2026-03-01', status: 'submitted', count: 4 },
      { day: '2026-03-01', status: 'approved', count: 2 },
      { day: '2026-01-01', status: 'submitted', count: 9 },
    ];
    expect(toDays(rows, ['2026-02-28', '2026-03-01'])).toEqual([
      { day: '2026-02-28', submitted: 0, approved: 0, rejected: 0, cancelled: 0 },
      { day: '2026-03-01', submitted: 4, approved: 2, rejected: 0, cancelled: 0 },
    ]);
  });

  it.each([
    [0, 4],
    [4, 4],
    [5, 6],
    [17, 20],
    [350, 400],
    [1001, 2000],
  ])('an axis up to %d ends at %d', (highest, top) => expect(niceTop(highest)).toBe(top));
});
