import { describe, expect, it } from 'vitest';
import { formatAgo, formatSpan, isOverdue } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('formatSpan', () => {
  it.each([
    [-5000, '< 1 min'],
    [45_000, '< 1 min'],
    [12 * MINUTE, '12 min'],
    [47 * HOUR, '47 h'],
    [3 * DAY + HOUR, '3 d'],
  ])('%d ms is %s', (span, words) => expect(formatSpan(span)).toBe(words));
});

describe('formatAgo', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    [now + HOUR, 'just now'],
    [now - 20_000, 'just now'],
    [now - 5 * MINUTE, '5 minutes ago'],
    [now - HOUR, '1 hour ago'],
    [now - 26 * HOUR, 'yesterday'],
    [now - 12 * DAY, '12 days ago'],
    [Date.parse('2026-05-12T12:00:00Z'), '12 May 2026'],
  ])('%d reads %s', (at, words) => expect(formatAgo(at, now)).toBe(words));
});

it('calls yesterday what was before the last midnight, and not before the one before', () => {
  const evening = new Date(2026, 10, 21, 23, 0).getTime();
  expect(formatAgo(new Date(2026, 10, 20, 0, 30).getTime(), evening)).toBe('yesterday');
  expect(formatAgo(new Date(2026, 10, 19, 23, 30).getTime(), evening)).toBe('2 days ago');
});

describe('isOverdue', () => {
  it('marks what waits for more than three days', () => {
    expect(isOverdue(0, 3 * DAY)).toBe(false);
    expect(isOverdue(0, 3 * DAY + 1)).toBe(true);
  });
});
