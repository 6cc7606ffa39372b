import { describe, expect, it } from 'vitest';
import { readQueueFilter } from '../providers/filters.ts';
import { type AddressRule, readAddress } from './readable-address.ts';

const rule: AddressRule = {
  readFilter: (values) => ({ ...readQueueFilter(values) }),
  sorts: ['created_at'],
  sort: { field: 'created_at', order: 'ASC' },
  filter: { status: 'pending' },
};

const read = (query: Record<string, string>) => {
  const { search, leftOut } = readAddress(`?${new URLSearchParams(query)}`, rule);
  return { ...Object.fromEntries(new URLSearchParams(search)), leftOut };
};

const plain = { sort: 'created_at', order: 'ASC', page: '1', perPage: '25', leftOut: [] };

describe('an address', () => {
  it('that says nothing is the list as it is at first', () => {
    expect(read({})).toEqual({ ...plain, filter: '{"status":"pending"}' });
  });

  it('that is understood stays as it is', () => {
    const filter = '{"status":"rejected","q":"quay"}';
    const asked = { filter, sort: 'created_at', order: 'DESC', page: '3', perPage: '50' };
    expect(read(asked)).toEqual({ ...asked, leftOut: [] });
  });

  it.each(['{"status":"zzz"}', '5', '"x"', '[]', '{"status":{"_neq":"x"}}', '{"_neq":"x"}', '{', ''])(
    'has no filter %s',
    (filter) => expect(read({ filter })).toEqual({ ...plain, filter: '{}', leftOut: ['filter'] }),
  );

  it('keeps what it understands of a filter', () => {
    expect(read({ filter: '{"status":"rejected","password_hash@_like":"x"}' })).toEqual({
      ...plain,
      filter: '{"status":"rejected"}',
      leftOut: ['filter'],
    });
  });

  it.each(['-5', '0', '100000', '1.5', '1e3', 'x', ''])('has no size of pages %j', (perPage) =>
    expect(read({ filter: '{}', perPage })).toEqual({ ...plain, filter: '{}', leftOut: ['perPage'] }),
  );

  it.each(['1e9', '1000000000', '-1', '0', '402'])('has no page %s', (page) =>
    expect(read({ filter: '{}', page })).toEqual({ ...plain, filter: '{}', leftOut: ['page'] }),
  );

  it.each([{ sort: 'password', order: 'ASC' }, { sort: 'created_at', order: 'up' }, { order: 'ASC' }])(
    'has no order %j',
    (asked) =>
      expect(read({ filter: '{}', ...asked } as never)).toEqual({
        ...plain,
        filter: '{}',
        leftOut: ['sort'],
      }),
  );
});
