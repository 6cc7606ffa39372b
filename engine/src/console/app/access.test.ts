import { describe, expect, it } from 'vitest';
import { findAccessProblem, loadAccess, noAccess, saveAccess, toHeaders } from './access.ts';

describe('access', () => {
  it('becomes headers', () => {
    expect(toHeaders(noAccess)).toEqual({});
    expect(
      toHeaders({
        kind: 'admin-secret',
        secret: 's',
        role: 'vendor',
        headers: 'x-hasura-vendor-id: 7\n\nx-a:b:c',
      }),
    ).toEqual({
      'x-hasura-admin-secret': 's',
      'x-hasura-role': 'vendor',
      'x-hasura-vendor-id': '7',
      'x-a': 'b:c',
    });
    expect(toHeaders({ ...noAccess, kind: 'token', secret: 'Bearer a.b.c' })).toEqual({
      authorization: 'Bearer a.b.c',
    });
  });

  it('tells what is missing or wrong', () => {
    expect(findAccessProblem(noAccess)).toBeNull();
    expect(findAccessProblem({ ...noAccess, kind: 'token', secret: ' ' })).toBe('Paste a token first.');
    expect(findAccessProblem({ ...noAccess, headers: 'no header' })).toContain('is not a header');
  });

  it('survives a reload, and storage that holds nonsense', () => {
    const stored = new Map<string, string>();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    const access = { ...noAccess, kind: 'token' as const, secret: 'a.b.c' };
    saveAccess(storage, access);
    expect(loadAccess(storage)).toEqual(access);
    for (const key of stored.keys()) stored.set(key, '{');
    expect(loadAccess(storage)).toEqual(noAccess);
  });
});
