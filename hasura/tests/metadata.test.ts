import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  METADATA,
  permissionsOf,
  readColumns,
  readTables,
  readYaml,
  type Table,
  type TableName,
} from './metadata.ts';
import { PROJECT } from './project.ts';

let db: TestDatabase;
let tables: Table[];
let columns: Map<string, Set<string>>;

beforeAll(async () => {
  db = await createTestDatabase();
  tables = await readTables();
  columns = await readColumns(db);
});

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

  it('bound every role by the limits of the contract', async () => {
    expect(await readYaml(`${METADATA}/api_limits.yaml`)).toEqual({
      disabled: false,
      depth_limit: { global: 10, per_role: {} },
      node_limit: { global: 300, per_role: {} },
      time_limit: { global: 10, per_role: { anonymous: 3 } },
      batch_limit: { global: 10, per_role: {} },
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
