import { describe, expect, it } from 'vitest';
import { toGeneratedParams } from './list-rules.ts';

const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const ask = (resource: string, filter: object, sort = { field: 'created_at', order: 'DESC' as const }) =>
  toGeneratedParams(resource, { pagination: { page: 1, perPage: 25 }, sort, filter }) as {
    readonly customFilters?: unknown;
    readonly filter: unknown;
    readonly sort: unknown;
  };

describe('the lists that ra-data-hasura reads', () => {
  it('are narrowed by what the filters offer', () => {
    expect(ask('vendors', { q: '50%', tier: 2, beta: 'no', waiting: 'yes' }).customFilters).toEqual([
      {
        _or: [
          { name: { _ilike: '%50\\%%' } },
          { email: { _ilike: '%50\\%%' } },
          { slug: { _ilike: '%50\\%%' } },
        ],
      },
      { tier: { _eq: 2 } },
      { is_beta: { _eq: false } },
      { requests: { status: { _eq: 'pending' } } },
    ]);
    expect(ask('users', { q: id, role: 'admin', state: 'disabled' }).customFilters).toEqual([
      {
        _or: [
          { email: { _ilike: `%${id}%` } },
          { vendor: { name: { _ilike: `%${id}%` } } },
          { id: { _eq: id } },
        ],
      },
      { role: { _eq: 'admin' } },
      { disabled_at: { _is_null: false } },
    ]);
    expect(ask('email_deliveries', { status: 'dead' }).customFilters).toEqual([{ status: { _eq: 'dead' } }]);
  });

  it('let nothing else through that an address may hold', () => {
    const made = { 'password_hash@_ilike': 'x', q: 7, tier: '2', beta: true, status: { _neq: '' } };
    for (const resource of ['vendors', 'users', 'email_deliveries']) {
      expect(ask(resource, made)).toMatchObject({ customFilters: [], filter: {} });
    }
  });

  it('have an order that is stable, whatever the address asks for', () => {
    expect(ask('vendors', {}).sort).toEqual({ field: 'created_at,id', order: 'desc,desc' });
    const byName = { field: 'name', order: 'ASC' as unknown as 'DESC' };
    expect(ask('vendors', {}, byName).sort).toEqual({ field: 'name,id', order: 'asc,asc' });
    const byHash = { field: 'password_hash', order: 'ASC' as unknown as 'DESC' };
    expect(ask('users', {}, byHash).sort).toEqual({ field: 'created_at,id', order: 'desc,desc' });
  });
});
