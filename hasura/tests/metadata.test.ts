import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { buildASTSchema, type GraphQLObjectType, isObjectType, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { PROJECT } from './project.ts';

const METADATA = `${PROJECT}metadata`;

interface TableName {
  readonly name: string;
  readonly schema: string;
}

interface Relationship {
  readonly name: string;
  readonly using: {
    readonly foreign_key_constraint_on?: string | { readonly column: string; readonly table: TableName };
    readonly manual_configuration?: {
      readonly remote_table: TableName;
      readonly column_mapping: Readonly<Record<string, string>>;
    };
  };
}

interface Permission {
  readonly role: string;
  readonly permission: {
    readonly columns?: readonly string[];
    readonly filter?: unknown;
    readonly check?: unknown;
    readonly set?: Readonly<Record<string, string>>;
    readonly limit?: number;
    readonly allow_aggregations?: boolean;
  };
}

interface Table {
  readonly table: TableName;
  readonly object_relationships?: readonly Relationship[];
  readonly array_relationships?: readonly Relationship[];
  readonly insert_permissions?: readonly Permission[];
  readonly select_permissions?: readonly Permission[];
  readonly update_permissions?: readonly Permission[];
  readonly delete_permissions?: readonly Permission[];
}

interface ActionsFile {
  readonly actions: readonly {
    readonly name: string;
    readonly definition: {
      readonly kind: string;
      readonly handler: string;
      readonly headers: readonly { readonly name: string; readonly value_from_env: string }[];
    };
    readonly permissions: readonly { readonly role: string }[];
  }[];
  readonly custom_types: {
    readonly objects: readonly {
      readonly name: string;
      readonly relationships?: readonly {
        readonly name: string;
        readonly type: string;
        readonly source: string;
        readonly remote_table: TableName;
        readonly field_mapping: Readonly<Record<string, string>>;
      }[];
    }[];
  };
}

const readYaml = async <T>(path: string): Promise<T> => parseYaml(await readFile(path, 'utf8')) as T;

let db: TestDatabase;
let tables: Table[];
/** Table → its columns, as Postgres knows them. */
let columns: Map<string, Set<string>>;

beforeAll(async () => {
  db = await createTestDatabase();
  const folder = `${METADATA}/databases/default/tables`;
  const includes = await readYaml<string[]>(`${folder}/tables.yaml`);
  tables = await Promise.all(
    includes.map((include) => readYaml<Table>(join(folder, include.replace('!include ', '')))),
  );
  const { rows } = await db.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
     group by c.relname`,
  );
  columns = new Map(rows.map((row) => [row.name, new Set(row.columns)]));
});

function permissionsOf(table: Table): { kind: string; role: string; permission: Permission['permission'] }[] {
  return (['insert', 'select', 'update', 'delete'] as const).flatMap((kind) =>
    (table[`${kind}_permissions`] ?? []).map((permission) => ({ kind, ...permission })),
  );
}

const tableNamed = (name: string) => tables.find(({ table }) => table.name === name)!;

const permissionOf = (
  name: string,
  kind: 'insert' | 'select' | 'update' | 'delete',
  role: string,
): Permission['permission'] | undefined =>
  tableNamed(name)[`${kind}_permissions`]?.find((permission) => permission.role === role)?.permission;

/** Every column that a filter or check names, with the table it belongs to. */
function* namedColumns(table: string, expression: unknown): Generator<[string, string]> {
  for (const [key, inner] of Object.entries((expression ?? {}) as Record<string, unknown>)) {
    if (key === '_and' || key === '_or')
      for (const each of inner as unknown[]) yield* namedColumns(table, each);
    else if (key === '_not') yield* namedColumns(table, inner);
    else if (key === '_exists') {
      const { _table, _where } = inner as { _table: TableName; _where: unknown };
      yield* namedColumns(_table.name, _where);
    } else yield [table, key];
  }
}

describe('the files', () => {
  it('are those that the CLI exports, each valid YAML', async () => {
    const names = (await readdir(METADATA, { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    expect(names.sort()).toEqual([
      'actions.graphql',
      'actions.yaml',
      'allow_list.yaml',
      'api_limits.yaml',
      'backend_configs.yaml',
      'cron_triggers.yaml',
      'graphql_schema_introspection.yaml',
      'inherited_roles.yaml',
      'metrics_config.yaml',
      'network.yaml',
      'opentelemetry.yaml',
      'query_collections.yaml',
      'remote_schemas.yaml',
      'rest_endpoints.yaml',
      'version.yaml',
    ]);
    for (const name of names.filter((each) => each.endsWith('.yaml'))) await readYaml(`${METADATA}/${name}`);
    expect(await readYaml(`${METADATA}/version.yaml`)).toEqual({ version: 3 });
    expect(await readYaml(`${PROJECT}config.yaml`)).toMatchObject({
      version: 3,
      metadata_directory: 'metadata',
      migrations_directory: 'migrations',
      seeds_directory: 'seeds',
    });
  });

  it('include only files that exist, and leave none out', async () => {
    const databases = `${METADATA}/databases/databases.yaml`;
    const [source, ...others] = await readYaml<{ name: string; kind: string; tables: string }[]>(databases);
    expect(others).toEqual([]);
    expect(source).toMatchObject({ name: 'default', kind: 'postgres' });
    const list = join(dirname(databases), source!.tables.replace('!include ', ''));
    const includes = (await readYaml<string[]>(list)).map((include) => include.replace('!include ', ''));
    for (const include of includes) await access(join(dirname(list), include));
    expect([...includes, 'tables.yaml'].sort()).toEqual((await readdir(dirname(list))).sort());
  });

  it('track every table and view of the schema public, one file each', () => {
    expect(tables.map(({ table }) => table.name).sort()).toEqual([...columns.keys()].sort());
    expect(tables.every(({ table }) => table.schema === 'public')).toBe(true);
  });
});

describe('what they name', () => {
  it('is in the database: columns, relationships, foreign keys', async () => {
    const { rows } = await db.query<{ table: string; column: string }>(
      `select c.conrelid::regclass::text as table, a.attname as column
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
       where c.contype = 'f'`,
    );
    const foreignKeys = new Set(rows.map((row) => `${row.table}.${row.column}`));
    for (const table of tables) {
      const { name } = table.table;
      for (const { using } of [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])]) {
        const key = using.foreign_key_constraint_on;
        if (typeof key === 'string') expect(foreignKeys).toContain(`${name}.${key}`);
        else if (key) expect(foreignKeys).toContain(`${key.table.name}.${key.column}`);
        for (const [here, there] of Object.entries(using.manual_configuration?.column_mapping ?? {})) {
          expect(columns.get(name)).toContain(here);
          expect(columns.get(using.manual_configuration!.remote_table.name)).toContain(there);
        }
      }
      for (const { permission } of permissionsOf(table)) {
        for (const column of [...(permission.columns ?? []), ...Object.keys(permission.set ?? {})]) {
          expect(columns.get(name), name).toContain(column);
        }
        for (const [owner, column] of [
          ...namedColumns(name, permission.filter),
          ...namedColumns(name, permission.check),
        ]) {
          expect(columns.get(owner), `${name}: ${column}`).toContain(column);
        }
      }
    }
  });

  it('are the relationships of the contract', () => {
    const named = Object.fromEntries(
      tables
        .map((table): [string, string[]] => [
          table.table.name,
          [...(table.object_relationships ?? []), ...(table.array_relationships ?? [])].map(
            ({ name }) => name,
          ),
        ])
        .filter(([, names]) => names.length > 0),
    );
    expect(named).toEqual({
      notifications: ['request', 'user'],
      tier_upgrade_request_events: ['actor', 'request', 'vendor'],
      tier_upgrade_requests: ['reviewer', 'user', 'vendor', 'events'],
      users: ['vendor'],
      vendor_locations: ['vendor'],
      vendors: ['tier_info', 'events', 'locations', 'requests', 'users'],
    });
  });
});

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
      tier_upgrade_requests: ['reviewed_by', 'admin_notes'],
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

describe('the actions', () => {
  it('join actions.yaml and actions.graphql, with a handler behind the secret', async () => {
    const { actions, custom_types } = await readYaml<ActionsFile>(`${METADATA}/actions.yaml`);
    const document = parse(await readFile(`${METADATA}/actions.graphql`, 'utf8'));
    // Each action has a `type Mutation` block of its own, as the CLI writes them: read together they are one type.
    const mutations = document.definitions.flatMap((definition) =>
      definition.kind === 'ObjectTypeDefinition' && definition.name.value === 'Mutation'
        ? (definition.fields ?? [])
        : [],
    );
    expect(mutations.map((field) => field.name.value)).toEqual(actions.map(({ name }) => name));
    for (const { name, definition } of actions) {
      expect(definition).toMatchObject({
        kind: 'synchronous',
        handler: `{{ACTIONS_BASE_URL}}/hasura/actions/${name}`,
        headers: [{ name: 'X-Action-Secret', value_from_env: 'ACTION_SECRET' }],
      });
    }

    const others = document.definitions.filter(
      (definition) => !('name' in definition && definition.name?.value === 'Mutation'),
    );
    const scalars = parse('scalar uuid scalar timestamptz').definitions;
    const schema = buildASTSchema({ ...document, definitions: [...others, ...scalars] });
    const objects = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
    );
    expect(objects.map(({ name }) => name).sort()).toEqual(
      custom_types.objects.map(({ name }) => name).sort(),
    );
    for (const { name, relationships = [] } of custom_types.objects) {
      const fields = objects.find((type) => type.name === name)!.getFields();
      for (const { source, remote_table, field_mapping } of relationships) {
        expect(source).toBe('default');
        for (const [field, column] of Object.entries(field_mapping)) {
          expect(fields).toHaveProperty(field);
          expect(columns.get(remote_table.name)).toContain(column);
        }
      }
    }
  });

  it('are open to the roles of the contract', async () => {
    const { actions } = await readYaml<ActionsFile>(`${METADATA}/actions.yaml`);
    expect(
      Object.fromEntries(actions.map(({ name, permissions }) => [name, permissions.map(({ role }) => role)])),
    ).toEqual({
      approveTierUpgradeRequest: ['app_admin'],
      cancelTierUpgradeRequest: ['vendor'],
      login: ['anonymous'],
      logout: ['anonymous', 'app_admin', 'vendor'],
      refreshSession: ['anonymous', 'app_admin', 'vendor'],
      rejectTierUpgradeRequest: ['app_admin'],
      submitTierUpgradeRequest: ['app_admin', 'vendor'],
    });
  });
});
