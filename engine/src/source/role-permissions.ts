import { EngineError } from '../errors.ts';
import type { BoolExp, ColumnList } from '../metadata/types.ts';
import { isSessionVariable } from '../predicate/compare-from-metadata.ts';
import { encoderOf } from '../predicate/encode.ts';
import { readPermissionFilter } from '../predicate/from-metadata.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import { always, type Parameter, type Predicate } from '../predicate/types.ts';
import { combineSelects, combineWrites } from './inherit-permissions.ts';
import { displayNameOf } from './qualified-name.ts';
import type { ResolvedPermissions, RolePermissions } from './resolved-permissions.ts';
import type { Column, Inconsistency, Source, TablePermissions, TrackedTable } from './types.ts';

/**
 * Resolves a role's permissions; `admin` may do everything that the table allows. An inherited role has what its
 * parents have, but where metadata gives it a permission of its own.
 */
export function resolveRolePermissions(source: Source, role: string): RolePermissions {
  const resolved = new Map<string, ResolvedPermissions>();
  for (const table of source.tables.values()) {
    const permissions =
      role === 'admin' ? adminPermissions(table) : resolveInherited(table, role, source, () => undefined);
    if (Object.keys(permissions).length > 0) resolved.set(table.key, permissions);
  }
  return resolved;
}

/** A role's permissions on a table; those that its parents disagree about are told and left out. */
function resolveInherited(
  table: TrackedTable,
  role: string,
  source: Source,
  onConflict: (kind: 'insert' | 'update' | 'delete') => void,
): ResolvedPermissions {
  const own = resolveOwn(table, role, source);
  const roles = source.inheritedRoles.get(role);
  if (!roles) return own;
  const parents = roles.map((parent) => resolveInherited(table, parent, source, () => undefined));
  const write = <Kind extends 'insert' | 'update' | 'delete'>(kind: Kind): ResolvedPermissions => {
    const permissions = parents.flatMap((parent) => parent[kind] ?? []) as NonNullable<
      ResolvedPermissions[Kind]
    >[];
    const combined = own[kind] ?? combineWrites<NonNullable<ResolvedPermissions[Kind]>>(permissions);
    if (combined === 'conflict') onConflict(kind);
    return combined === undefined || combined === 'conflict' ? {} : { [kind]: combined };
  };
  const select = own.select ?? combineSelects(parents.flatMap((parent) => parent.select ?? []));
  return { ...(select ? { select } : {}), ...write('insert'), ...write('update'), ...write('delete') };
}

/** What metadata itself gives a role; a permission that cannot be read is inconsistent and gives nothing. */
function resolveOwn(table: TrackedTable, role: string, source: Source): ResolvedPermissions {
  const permissions = table.permissions.get(role) ?? {};
  let resolved: ResolvedPermissions = {};
  for (const kind of permissionKinds) {
    const permission = permissions[kind];
    if (!permission) continue;
    try {
      resolved = { ...resolved, ...resolveTable(table, { [kind]: permission }, source) };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return resolved;
}

/** What the reference spells out of a permission that leaves it unsaid. */
const permissionDefaults = {
  select: { allow_aggregations: false, computed_fields: [] },
  insert: { backend_only: false },
  update: {},
  delete: {},
} as const;

const permissionKinds = ['select', 'insert', 'update', 'delete'] as const;

/** Tells where an inherited role's parents disagree about what may be written. */
export function findInheritanceConflicts(source: Source): Inconsistency[] {
  const found: Inconsistency[] = [];
  for (const role of source.inheritedRoles.keys()) {
    for (const table of source.tables.values()) {
      resolveInherited(table, role, source, (kind) => {
        const entity = `${kind} permission, table: ${table.displayName}, source: '${source.name}'`;
        found.push({
          type: 'inherited role permission inconsistency',
          name: role,
          reason: `Could not inherit permission for the role '${role}' for the entity: '${entity}'`,
          entity: { table: table.displayName, source: source.name, permission_type: kind },
        });
      });
    }
  }
  return found;
}

/** Checks every permission of every role once, so that a mistake shows at load and not at a request. */
export function findPermissionInconsistencies(source: Source): Inconsistency[] {
  const found: Inconsistency[] = [];
  for (const table of source.tables.values()) {
    for (const [role, permissions] of table.permissions) {
      for (const kind of permissionKinds) {
        const permission = permissions[kind];
        if (!permission) continue;
        try {
          resolveTable(table, { [kind]: permission }, source);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          found.push({
            type: `${kind}_permission`,
            name: `${kind}_permission ${role} in table ${table.displayName} in source ${source.name}`,
            reason: `Inconsistent object: in table "${table.displayName}": in permission for role "${role}": ${error.message}`,
            definition: {
              role,
              source: source.name,
              table: { schema: table.catalog.schema, name: table.catalog.name },
              permission: { ...permissionDefaults[kind], ...permission },
              comment: null,
            },
          });
        }
      }
    }
  }
  return found;
}

function adminPermissions(table: TrackedTable): ResolvedPermissions {
  const all = new Set(table.columns.map((column) => column.name));
  const writable = new Set(
    table.columns.filter((column) => !column.isGenerated).map((column) => column.name),
  );
  const { isUpdatable, isDeletable } = table.catalog;
  return {
    select: {
      columns: everywhere(all),
      computedFields: everywhere(table.computedFields.map((field) => field.name)),
      filter: always,
      limit: null,
      allowAggregations: true,
      queryRootFields: null,
      subscriptionRootFields: null,
    },
    // A view that Postgres cannot insert into has no root field, but an input among those of its relationships.
    insert: { columns: writable, check: always, presets: new Map(), backendOnly: false },
    ...(isUpdatable
      ? {
          update: {
            columns: writable,
            filter: always,
            check: null,
            presets: new Map(),
            backendOnly: false,
          },
        }
      : {}),
    ...(isDeletable ? { delete: { filter: always, backendOnly: false } } : {}),
  };
}

function resolveTable(
  table: TrackedTable,
  permissions: TablePermissions,
  source: Source,
): ResolvedPermissions {
  const { select, insert, update, delete: remove } = permissions;
  const filter = (expression: BoolExp): Predicate => readPermissionFilter(expression, table, source.tables);
  const { isUpdatable, isDeletable } = table.catalog;
  return {
    ...(select
      ? {
          select: {
            columns: everywhere(resolveColumns(table, select.columns)),
            computedFields: everywhere(resolveComputedFields(table, select.computed_fields ?? [])),
            filter: filter(select.filter),
            limit: checkLimit(select.limit ?? null),
            allowAggregations: select.allow_aggregations ?? false,
            queryRootFields: select.query_root_fields ? new Set(select.query_root_fields) : null,
            subscriptionRootFields: select.subscription_root_fields
              ? new Set(select.subscription_root_fields)
              : null,
          },
        }
      : {}),
    ...(insert
      ? {
          insert: {
            columns: writableColumns(table, insert.columns ?? '*', insert.set),
            check: filter(insert.check),
            presets: resolvePresets(table, insert.set),
            backendOnly: insert.backend_only ?? false,
          },
        }
      : {}),
    ...(update && isUpdatable
      ? {
          update: {
            columns: writableColumns(table, update.columns, update.set),
            filter: filter(update.filter),
            check: update.check ? filter(update.check) : null,
            presets: resolvePresets(table, update.set),
            backendOnly: update.backend_only ?? false,
          },
        }
      : {}),
    ...(remove && isDeletable
      ? { delete: { filter: filter(remove.filter), backendOnly: remove.backend_only ?? false } }
      : {}),
  };
}

function checkLimit(limit: number | null): number | null {
  if (limit !== null && limit < 0) throw new EngineError('not-supported', 'unexpected negative value');
  return limit;
}

/** Values that show in every row. */
function everywhere(names: Iterable<string>): Map<string, null> {
  return new Map([...names].map((name) => [name, null]));
}

function resolveColumns(table: TrackedTable, columns: ColumnList): Set<string> {
  if (columns === '*') return new Set(table.columns.map((column) => column.name));
  for (const name of columns) findColumn(table, name);
  return new Set(columns);
}

function resolveComputedFields(table: TrackedTable, names: readonly string[]): Set<string> {
  for (const name of names) {
    const field = table.computedFields.find((candidate) => candidate.name === name);
    if (!field) throw new EngineError('not-exists', `computed field "${name}" does not exist`);
    if (field.result.kind === 'table') {
      throw new EngineError(
        'invalid-configuration',
        `select permissions on computed field "${name}" are auto-derived from the permissions on its returning table "${displayOfKey(field.result.target)}" and cannot be specified manually`,
      );
    }
  }
  return new Set(names);
}

function displayOfKey(key: string): string {
  const [schema, name] = JSON.parse(key) as [string, string];
  return displayNameOf(schema, name);
}

/** A preset column is not the client's to write, nor is a generated one. */
function writableColumns(
  table: TrackedTable,
  columns: ColumnList,
  set: Readonly<Record<string, unknown>> | undefined,
): Set<string> {
  const resolved = resolveColumns(table, columns);
  for (const name of Object.keys(set ?? {})) resolved.delete(name);
  for (const column of table.columns) if (column.isGenerated) resolved.delete(column.name);
  return resolved;
}

function resolvePresets(
  table: TrackedTable,
  set: Readonly<Record<string, unknown>> | undefined,
): Map<string, Parameter> {
  const presets = new Map<string, Parameter>();
  for (const [name, value] of Object.entries(set ?? {})) {
    const column = findColumn(table, name);
    const sqlType = sqlTypeOf(column.type);
    const source = isSessionVariable(value)
      ? ({ kind: 'session', name: value.toLowerCase() } as const)
      : ({ kind: 'literal', text: value === null ? null : encoderOf(column.type)(value) } as const);
    presets.set(name, { kind: 'parameter', source, sqlType });
  }
  return presets;
}

function findColumn(table: TrackedTable, name: string): Column {
  const column = table.columnByName.get(name);
  if (column) return column;
  const kind = table.relationships.some((relationship) => relationship.name === name)
    ? 'relationship'
    : table.computedFields.some((field) => field.name === name)
      ? 'computed field'
      : null;
  if (kind === null) throw new EngineError('not-exists', `column "${name}" does not exist`);
  throw new EngineError(
    'unexpected-payload',
    `expecting a column in database; but, "${name}" is a ${kind}; `,
  );
}
