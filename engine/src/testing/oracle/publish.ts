import { tableName, toBoolExp, type Value } from './expression.ts';
import type { World } from './world.ts';

/** The world as statements. */
export function toSql(world: World): string {
  const types = { int: 'int', text: 'text collate "C"', bool: 'boolean' } as const;
  const made = world.tables.flatMap(({ name, links }) =>
    links
      .filter(({ isComputed }) => isComputed)
      .map(
        (link) =>
          `create function ${name}_${link.name}(r ${name}) returns setof ${tableName(link.table)} language sql stable
             as $$ select * from ${tableName(link.table)} where ${link.to} = r.${link.from} $$;`,
      ),
  );
  const tables = world.tables.map(({ name, columns, links, rows }) => {
    const parent = tableName(links[0]?.table ?? 0);
    const list = columns.slice(2).map((column) => `, ${column.name} ${types[column.type]}`);
    const values = rows.map((row) => `(${columns.map((column) => literal(row[column.name])).join(', ')})`);
    return `create table ${name} (id int primary key, parent int references ${parent}${list.join('')});
        insert into ${name} values ${values.join(', ')};
        create function ${name}_label(r ${name}) returns text language sql stable
          as $$ select '${name}-' || coalesce(r.parent::text, 'none') || '-' || r.id $$;`;
  });
  return [...tables, ...made].join('\n');
}

function literal(value: Value | null | undefined): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** The world as metadata. */
export function toMetadata(world: World): Record<string, unknown> {
  const tables = world.tables.map((table, index) => ({
    table: { schema: 'public', name: table.name },
    computed_fields: [
      { name: 'label', definition: { function: { schema: 'public', name: `${table.name}_label` } } },
      ...table.links
        .filter(({ isComputed }) => isComputed)
        .map(({ name }) => ({
          name,
          definition: { function: { schema: 'public', name: `${table.name}_${name}` } },
        })),
    ],
    object_relationships: [{ name: 'up', using: { foreign_key_constraint_on: 'parent' } }],
    array_relationships: table.links
      .filter(({ kind, isComputed }) => kind === 'array' && !isComputed)
      .map((link) => ({
        name: link.name,
        using: {
          foreign_key_constraint_on: {
            table: { schema: 'public', name: tableName(link.table) },
            column: 'parent',
          },
        },
      })),
    select_permissions: Object.entries(world.roles).flatMap(([role, permissions]) => {
      const permission = permissions[index];
      if (!permission) return [];
      const { columns, label, filter, limit, aggregates } = permission;
      return {
        role,
        permission: {
          columns,
          computed_fields: label ? ['label'] : [],
          filter: toBoolExp(filter),
          ...(limit === null ? {} : { limit }),
          allow_aggregations: aggregates,
        },
      };
    }),
    update_permissions: Object.entries(world.roles).flatMap(([role, permissions]) => {
      const update = permissions[index]?.update;
      if (!update) return [];
      return {
        role,
        permission: {
          columns: ['id'],
          filter: toBoolExp(update.filter),
          check: toBoolExp(update.check),
        },
      };
    }),
  }));
  return {
    version: 3,
    sources: [
      {
        name: 'default',
        kind: 'postgres',
        tables,
        configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
      },
    ],
    inherited_roles: Object.entries(world.inherited).map(([role_name, role_set]) => ({
      role_name,
      role_set,
    })),
  };
}
