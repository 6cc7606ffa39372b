import { createTestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Permission, permissionsOf, readColumns, readTables, type Table } from './metadata.ts';

let tables: Table[];
let columns: Map<string, Set<string>>;

beforeAll(async () => {
  tables = await readTables();
  columns = await readColumns(await createTestDatabase());
});

const permissionOf = (
  name: string,
  kind: 'insert' | 'select' | 'update' | 'delete',
  role: string,
): Permission['permission'] | undefined =>
  tables
    .find(({ table }) => table.name === name)
    ?.[`${kind}_permissions`]?.find((permission) => permission.role === role)?.permission;

describe('the permissions', () => {
  it('list columns by name, bound every select and never write id or created_at', () => {
    for (const table of tables) {
      for (const { kind, permission } of permissionsOf(table)) {
        if (kind !== 'delete') expect(Array.isArray(permission.columns)).toBe(true);
        if (kind === 'select') expect(permission.limit).toBe(1000);
        else {
          const written = [...(permission.columns ?? []), ...Object.keys(permission.set ?? {})];
          expect(written).not.toContain('id');
          expect(written).not.toContain('created_at');
        }
      }
    }
  });

  it('let anonymous read the tiers and nothing else, and rest on no session variable', () => {
    const open = tables.flatMap((table) =>
      permissionsOf(table)
        .filter(({ role }) => role === 'anonymous')
        .map(({ kind, permission }) => ({ table: table.table.name, kind, filter: permission.filter })),
    );
    expect(open).toEqual([{ table: 'tiers', kind: 'select', filter: {} }]);
  });

  it('write only what the contract opens', () => {
    const writes = tables.flatMap((table) =>
      permissionsOf(table)
        .filter(({ kind }) => kind !== 'select')
        .map(
          ({ kind, role, permission }) =>
            `${role} ${kind} ${table.table.name} ${(permission.columns ?? []).join(',')}`,
        ),
    );
    expect(writes.sort()).toEqual([
      'app_admin update notifications read_at',
      'vendor delete vendor_locations ',
      'vendor insert vendor_locations name,address,city,country',
      'vendor update notifications read_at',
      'vendor update vendor_locations name,address,city,country',
      'vendor update vendors name,email',
    ]);
    expect(permissionOf('vendor_locations', 'insert', 'vendor')!.set).toEqual({
      vendor_id: 'X-Hasura-Vendor-Id',
    });
    expect(permissionOf('notifications', 'update', 'app_admin')!.filter).toEqual({
      user_id: { _eq: 'X-Hasura-User-Id' },
    });
  });

  it('keep from a vendor what is not its own', () => {
    const scope = {
      vendors: { id: { _eq: 'X-Hasura-Vendor-Id' } },
      users: { id: { _eq: 'X-Hasura-User-Id' } },
      tier_upgrade_requests: { vendor_id: { _eq: 'X-Hasura-Vendor-Id' } },
      vendor_locations: { vendor_id: { _eq: 'X-Hasura-Vendor-Id' } },
      notifications: { user_id: { _eq: 'X-Hasura-User-Id' } },
    };
    for (const [name, filter] of Object.entries(scope)) {
      for (const kind of ['select', 'update', 'delete'] as const) {
        const permission = permissionOf(name, kind, 'vendor');
        if (permission) expect(permission.filter, `${kind} ${name}`).toEqual(filter);
      }
    }
    expect(permissionOf('tier_upgrade_request_events', 'select', 'vendor')!.filter).toEqual({
      _and: [
        { vendor_id: { _eq: 'X-Hasura-Vendor-Id' } },
        { kind: { _in: ['submitted', 'approved', 'rejected', 'cancelled', 'tier_changed'] } },
      ],
    });
    const hidden = {
      tier_upgrade_requests: ['user_id', 'reviewed_by', 'admin_notes'],
      tier_upgrade_request_events: ['actor_id', 'internal_note'],
      users: ['password_hash'],
    };
    for (const [name, secrets] of Object.entries(hidden)) {
      for (const secret of secrets) {
        expect(columns.get(name)).toContain(secret);
        expect(permissionOf(name, 'select', 'vendor')!.columns).not.toContain(secret);
      }
    }
    for (const name of ['email_deliveries', 'analytics_events', 'tier_upgrade_stats', 'tier_upgrade_daily']) {
      expect(permissionOf(name, 'select', 'vendor')).toBeUndefined();
    }
  });

  it('show an administrator everything but password hashes', () => {
    for (const { table } of tables) {
      const { columns: shown, filter, allow_aggregations } = permissionOf(table.name, 'select', 'app_admin')!;
      const expected = [...columns.get(table.name)!].filter((column) => column !== 'password_hash');
      expect([...shown!].sort(), table.name).toEqual(expected.sort());
      expect(filter).toEqual({});
      expect(allow_aggregations).toBe(true);
    }
  });
});
