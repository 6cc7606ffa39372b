import { describe, expect, it } from 'vitest';
import { isUuid, readQueueFilter, readSort, toBoolExp, toConditions } from './filters.ts';

const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

describe('toConditions', () => {
  it('asks for nothing without a filter', () => {
    expect(toConditions({})).toEqual([]);
    expect(toConditions({ q: '   ' })).toEqual([]);
  });

  it('joins status, tier and words', () => {
    expect(toConditions({ status: 'pending', target_tier: 3, q: 'quay' })).toEqual([
      { status: { _eq: 'pending' } },
      {
        _and: [
          { target_tier: { _eq: 3 } },
          {
            _or: [
              { vendor: { name: { _ilike: '%quay%' } } },
              { vendor: { email: { _ilike: '%quay%' } } },
              { business_justification: { _ilike: '%quay%' } },
            ],
          },
        ],
      },
    ]);
  });

  it('leaves the status out of what tab counts are taken under', () => {
    expect(toBoolExp({ status: 'pending' })).toEqual({});
  });

  it('takes the signs of a pattern as letters and drops what Postgres cannot store', () => {
    expect(JSON.stringify(toBoolExp({ q: '50%_\\\0' }))).toContain(JSON.stringify('%50\\%\\_\\\\%'));
  });

  it('finds a pasted id', () => {
    expect(JSON.stringify(toBoolExp({ q: id }))).toContain(`{"id":{"_eq":"${id}"}}`);
  });
});

describe('readQueueFilter', () => {
  it('takes what the queue writes into the address', () => {
    const filter = { status: 'pending', target_tier: 2, q: 'quay' };
    expect(readQueueFilter(filter)).toEqual(filter);
  });

  it.each([
    null,
    undefined,
    'x',
    [],
    { status: 'gone' },
    { target_tier: '2; drop' },
    { target_tier: 1e12 },
    { q: { a: 1 } },
  ])('leaves out %j', (values) => expect(readQueueFilter(values)).toEqual({}));
});

describe('readSort', () => {
  it('keeps to the columns that can be sorted', () => {
    expect(readSort({ field: 'vendor.name', order: 'ASC' })).toEqual({ field: 'vendor.name', order: 'ASC' });
    expect(readSort({ field: 'user.password_hash', order: 'ASC' })).toEqual({
      field: 'created_at',
      order: 'DESC',
    });
    expect(readSort({ field: 'status', order: 'sideways' })).toEqual({ field: 'status', order: 'DESC' });
    expect(readSort(undefined)).toEqual({ field: 'created_at', order: 'DESC' });
  });
});

describe('isUuid', () => {
  it.each([id, id.toUpperCase()])('takes %s', (text) => expect(isUuid(text)).toBe(true));
  it.each(['', 'abc', `${id}'`, `${id}0`, '../x'])('refuses %j', (text) => expect(isUuid(text)).toBe(false));
});
