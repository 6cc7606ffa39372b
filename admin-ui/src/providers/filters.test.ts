import { describe, expect, it } from 'vitest';
import { isUuid, toBoolExp, toConditions } from './filters.ts';

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

describe('isUuid', () => {
  it.each([id, id.toUpperCase()])('takes %s', (text) => expect(isUuid(text)).toBe(true));
  it.each(['', 'abc', `${id}'`, `${id}0`, '../x'])('refuses %j', (text) => expect(isUuid(text)).toBe(false));
});
