import { describe, expect, it } from 'vitest';
import { readListWish } from './list-rules.ts';

const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const ask = (resource: string, filter: object, sort = { field: 'created_at', order: 'DESC' as const }) =>
  readListWish(resource, { pagination: { page: 1, perPage: 25 }, sort, filter });
const conditions = (resource: string, filter: object) => ask(resource, filter)?.toConditions();

describe('the lists that ra-data-hasura reads', () => {
  it('are narrowed by what the filters offer', () => {
    expect(conditions('vendors', { q: '50%', tier: 2, beta: 'no', waiting: 'yes' })).toEqual([
      {
        _or: [
          { search_name: { _like: '%50\\%%' } },
          { email: { _ilike: '%50\\%%' } },
          { slug: { _ilike: '%50\\%%' } },
        ],
      },
      { tier: { _eq: 2 } },
      { is_beta: { _eq: false } },
      { requests: { status: { _eq: 'pending' } } },
    ]);
    expect(conditions('users', { q: id, role: 'admin', state: 'disabled' })).toEqual([
      {
        _or: [
          { email: { _ilike: `%${id}%` } },
          { vendor: { search_name: { _like: `%${id}%` } } },
          { id: { _eq: id } },
        ],
      },
      { role: { _eq: 'admin' } },
      { disabled_at: { _is_null: false } },
    ]);
    expect(conditions('email_deliveries', { status: 'dead' })).toEqual([{ status: { _eq: 'dead' } }]);
  });

  it('let nothing else through that an address may hold', () => {
    const made = { 'password_hash@_ilike': 'x', q: 7, tier: '2', beta: true, status: { _neq: '' } };
    for (const resource of ['vendors', 'users', 'email_deliveries']) {
      expect(conditions(resource, made)).toEqual([]);
    }
  });

  it('have an order that the list offers, whatever the address asks for', () => {
    expect(ask('vendors', {})?.sort).toEqual({ field: 'created_at', order: 'DESC' });
    const byName = { field: 'name', order: 'ASC' as unknown as 'DESC' };
    expect(ask('vendors', {}, byName)?.sort).toEqual({ field: 'name', order: 'ASC' });
    const byHash = { field: 'password_hash', order: 'ASC' as unknown as 'DESC' };
    expect(ask('users', {}, byHash)?.sort).toEqual({ field: 'created_at', order: 'DESC' });
  });

  it('name the vendors of a search by their ids, where few are meant', () => {
    const named = { vendor_id: { _in: [id] } };
    expect(ask('users', { q: ' quay ' })?.vendorWords).toBe('quay');
    expect(ask('users', { q: ' quay ' })?.toConditions(named)).toEqual([
      { _or: [{ email: { _ilike: '%quay%' } }, named] },
    ]);
    expect(ask('vendors', { q: 'quay' })?.vendorWords).toBe('');
  });

  it('are left alone where there are no rules', () => {
    expect(ask('tiers', { q: 'quay' })).toBeUndefined();
  });
});
