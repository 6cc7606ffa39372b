import { describe, expect, it } from 'vitest';
import {
  beyond,
  beyondNeighbour,
  isSeekable,
  longestWaitingFirst,
  neighbourOrder,
  newestFirst,
  readSort,
  reverse,
  toOrderBy,
  usualOrder,
} from './queue-order.ts';

describe('readSort', () => {
  it('keeps to the columns that can be sorted', () => {
    expect(readSort({ field: 'vendor.name', order: 'ASC' })).toEqual({ field: 'vendor.name', order: 'ASC' });
    expect(readSort({ field: 'user.password_hash', order: 'ASC' })).toEqual(newestFirst);
    expect(readSort({ field: 'status', order: 'sideways' })).toEqual({ field: 'status', order: 'DESC' });
    expect(readSort(undefined)).toEqual(newestFirst);
  });
});

describe('toOrderBy', () => {
  it('settles equal values by the id', () => {
    expect(toOrderBy(newestFirst)).toEqual([{ created_at: 'desc' }, { id: 'desc' }]);
    expect(toOrderBy(reverse(newestFirst))).toEqual([{ created_at: 'asc' }, { id: 'asc' }]);
    expect(toOrderBy({ field: 'vendor.name', order: 'ASC' })).toEqual([
      { vendor: { name: 'asc' } },
      { id: 'asc' },
    ]);
  });
});

describe('beyond', () => {
  const place = {
    id: 'b',
    created_at: '2026-05-01T00:00:00.000001+00:00',
    target_tier: 3,
    reviewed_at: '2026-05-02T00:00:00+00:00',
    vendor: { name: 'Quay' },
  };

  it('starts where an index can, and goes by the id where values are equal', () => {
    expect(beyond(newestFirst, place)).toEqual({
      _and: [
        { created_at: { _lte: place.created_at } },
        { _or: [{ created_at: { _lt: place.created_at } }, { id: { _lt: 'b' } }] },
      ],
    });
    expect(beyond({ field: 'target_tier', order: 'ASC' }, place)).toEqual({
      _and: [{ target_tier: { _gte: 3 } }, { _or: [{ target_tier: { _gt: 3 } }, { id: { _gt: 'b' } }] }],
    });
  });

  it('is not for what may be null or lies in another table', () => {
    expect(isSeekable({ field: 'reviewed_at', order: 'DESC' })).toBe(false);
    expect(isSeekable({ field: 'vendor.name', order: 'ASC' })).toBe(false);
    expect(isSeekable({ field: 'reviewed_at', order: 'DESC' }, 'rejected')).toBe(true);
  });

  it('is known for neighbours in the order of names as well', () => {
    expect(beyondNeighbour({ field: 'vendor.name', order: 'DESC' }, place)).toEqual({
      _or: [
        { vendor: { name: { _lt: 'Quay' } } },
        { _and: [{ vendor: { name: { _eq: 'Quay' } } }, { id: { _lt: 'b' } }] },
      ],
    });
  });
});

describe('the usual order', () => {
  it('is fair to those who wait, and has the last decision on top', () => {
    expect(usualOrder('pending')).toEqual(longestWaitingFirst);
    expect(usualOrder('rejected')).toEqual({ field: 'reviewed_at', order: 'DESC' });
    expect(usualOrder(undefined)).toEqual(newestFirst);
  });
});

describe('the order of neighbours', () => {
  const place = { id: 'b', created_at: 'x', target_tier: 3, reviewed_at: 'y', vendor: { name: 'Quay' } };

  it('is that of the list, where a request has a place in it', () => {
    const byDecision = { field: 'reviewed_at', order: 'DESC' } as const;
    expect(neighbourOrder(byDecision, 'rejected', place)).toEqual(byDecision);
    expect(neighbourOrder(byDecision, undefined, place)).toEqual(newestFirst);
    expect(neighbourOrder({ field: 'status', order: 'ASC' }, 'pending', place)).toEqual(newestFirst);
    expect(neighbourOrder({ field: 'vendor.name', order: 'ASC' }, 'pending', place).field).toBe(
      'vendor.name',
    );
  });
});
