import { describe, expect, it } from 'vitest';
import type { Metadata } from '../../../metadata/types.ts';
import { describeGrant } from './describe-grant.ts';
import { buildPermissionMatrix, type Grant, type PermissionMatrix } from './permission-matrix.ts';

const metadata: Metadata = {
  version: 3,
  sources: [
    {
      name: 'default',
      kind: 'postgres',
      configuration: { connection_info: { database_url: 'postgres://localhost' } },
      functions: [{ function: { schema: 'shop', name: 'restock' }, permissions: [{ role: 'clerk' }] }],
      tables: [
        {
          table: { schema: 'public', name: 'orders' },
          select_permissions: [
            { role: 'clerk', permission: { columns: '*', filter: {}, allow_aggregations: true } },
            {
              role: 'guest',
              permission: {
                columns: ['id'],
                filter: { owner: { _eq: 'X-Hasura-User-Id' } },
                limit: 5,
                query_root_fields: ['select_by_pk'],
              },
            },
          ],
          insert_permissions: [
            {
              role: 'guest',
              permission: { check: {}, set: { owner: 'x-hasura-user-id' }, backend_only: true },
            },
          ],
          delete_permissions: [{ role: 'clerk', permission: { filter: { paid: false } } }],
        },
        { table: 'audit' },
      ],
    },
  ],
  actions: [
    {
      name: 'pay',
      definition: { handler: 'http://x', output_type: 'Done' },
      permissions: [{ role: 'guest' }],
    },
  ],
  inherited_roles: [
    { role_name: 'staff', role_set: ['clerk', 'guest'] },
    { role_name: 'chief', role_set: ['staff'] },
  ],
};

const matrix = buildPermissionMatrix(metadata);

/** A cell in one line: `select* delete` is every row to see and some to delete. */
function cell({ subjects }: PermissionMatrix, name: string, role: string): string {
  const grants = subjects.find((subject) => subject.name === name)?.grants.get(role) ?? [];
  return grants
    .map(
      ({ operation, coversAllRows, inheritedFrom }) =>
        `${operation}${coversAllRows ? '*' : ''}${inheritedFrom ? `<${inheritedFrom}` : ''}`,
    )
    .join(' ');
}

function grant(role: string, operation: Grant['operation']): Grant {
  const grants = matrix.subjects.find(({ name }) => name === 'orders')?.grants.get(role) ?? [];
  return grants.find((each) => each.operation === operation) as Grant;
}

describe('the permission matrix', () => {
  it('has everything and every role, in order', () => {
    expect(matrix.roles).toEqual([
      { name: 'chief', parents: ['staff'] },
      { name: 'clerk', parents: [] },
      { name: 'guest', parents: [] },
      { name: 'staff', parents: ['clerk', 'guest'] },
    ]);
    expect(matrix.subjects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'table audit',
      'table orders',
      'function shop.restock',
      'action pay',
    ]);
  });

  it('tells who may do what, and whether a condition stands in the way', () => {
    expect(cell(matrix, 'orders', 'clerk')).toBe('select* delete');
    expect(cell(matrix, 'orders', 'guest')).toBe('select insert*');
    expect(cell(matrix, 'audit', 'clerk')).toBe('');
    expect(cell(matrix, 'shop.restock', 'clerk')).toBe('call*');
    expect(cell(matrix, 'pay', 'guest')).toBe('call*');
  });

  it('hands permissions down to roles that inherit, over several steps', () => {
    expect(cell(matrix, 'orders', 'staff')).toBe('select*<clerk delete<clerk select<guest insert*<guest');
    expect(cell(matrix, 'pay', 'chief')).toBe('call*<guest');
  });
});

describe('a permission in words', () => {
  const lines = (of: Grant) =>
    describeGrant(of).map(({ label, value }) => {
      const text =
        value.kind === 'words' ? value.words : value.kind === 'names' ? value.names.join() : value.json;
      return `${label}: ${text.replace(/\s+/g, ' ')}`;
    });

  it('says which rows, which columns and what else', () => {
    expect(lines(grant('guest', 'select'))).toEqual([
      'Rows: { "owner": { "_eq": "X-Hasura-User-Id" } }',
      'Columns: id',
      'Computed fields: none',
      'Rows at once: 5',
      'Aggregates: no',
      'Root fields of a query: select_by_pk',
    ]);
    expect(lines(grant('clerk', 'select')).slice(0, 2)).toEqual(['Rows: every row', 'Columns: all']);
  });

  it('says what is checked and set when writing', () => {
    expect(lines(grant('guest', 'insert'))).toEqual([
      'Check of what is written: none',
      'Columns: all',
      'Presets: { "owner": "x-hasura-user-id" }',
      'From: backends with the admin secret only',
    ]);
    expect(lines(grant('clerk', 'delete'))).toEqual(['Rows: { "paid": false }', 'From: any client']);
  });
});
