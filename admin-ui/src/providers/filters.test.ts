import { describe, expect, it } from 'vitest';
import { isUuid, readQueueFilter, searchForm, toBoolExp, toConditions } from './filters.ts';

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
            _or: [{ vendor: { search_name: { _like: '%quay%' } } }, { search_text: { _like: '%quay%' } }],
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

  it('takes days as the days of whoever looks, the last one included', () => {
    expect(toBoolExp({ from: '2026-05-01', to: '2026-05-01' })).toEqual({
      _and: [
        { created_at: { _gte: new Date(2026, 4, 1).toISOString() } },
        { created_at: { _lt: new Date(2026, 4, 2).toISOString() } },
      ],
    });
  });

  it('finds a pasted id', () => {
    expect(JSON.stringify(toBoolExp({ q: id }))).toContain(`{"id":{"_eq":"${id}"}}`);
  });
});

describe('readQueueFilter', () => {
  it('takes what the queue writes into the address', () => {
    const days = { from: '2026-05-01', to: '2026-05-31' };
    const filter = { status: 'pending', target_tier: 2, vendor_id: id, q: 'quay', ...days };
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
    { vendor_id: '1 or 1=1' },
    { from: '2026-02-30', to: 'soon' },
  ])('leaves out %j', (values) => expect(readQueueFilter(values)).toEqual({}));
});

describe('isUuid', () => {
  it.each([id, id.toUpperCase()])('takes %s', (text) => expect(isUuid(text)).toBe(true));
  it.each(['', 'abc', `${id}'`, `${id}0`, '../x'])('refuses %j', (text) => expect(isUuid(text)).toBe(false));
});

describe('searchForm', () => {
  it.each([
    ['Łódź İstanbul ß', 'łodz istanbul ß'],
    ['CAFE\u0301', 'cafe'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ﬁn', 'fin'],
  ])('takes %s as %s', (text, form) => expect(searchForm(text)).toBe(form));
});
