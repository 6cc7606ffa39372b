import type { Metadata, QualifiedName, TableMetadata } from '../../../metadata/types.ts';

/** What a role may do: the four operations on a table, or calling a function or an action. */
export type OperationName = 'select' | 'insert' | 'update' | 'delete' | 'call';

/** One permission, as the metadata has it. */
export interface Grant {
  readonly operation: OperationName;
  /** False where a filter or a check lets only some rows through. */
  readonly coversAllRows: boolean;
  /** The role that it comes from, where the asking one inherits it. */
  readonly inheritedFrom: string | null;
  readonly permission: Readonly<Record<string, unknown>>;
  readonly comment: string | null;
}

/** Something that roles have permissions on. */
export interface Subject {
  readonly kind: 'table' | 'function' | 'action';
  readonly name: string;
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
}

/** A role as a column of the matrix. */
export interface RoleColumn {
  readonly name: string;
  /** The roles whose permissions it has; empty for a role of its own. */
  readonly parents: readonly string[];
}

/** Everything × every role. */
export interface PermissionMatrix {
  readonly roles: readonly RoleColumn[];
  readonly subjects: readonly Subject[];
}

const OPERATIONS = ['select', 'insert', 'update', 'delete'] as const;

/** Lays the permissions of some metadata out as a matrix, roles and subjects by name. */
export function buildPermissionMatrix(metadata: Metadata): PermissionMatrix {
  const tables = metadata.sources.flatMap((source) => source.tables.map(tableSubject));
  const functions = metadata.sources.flatMap((source) =>
    (source.functions ?? []).map(({ function: name, permissions = [] }) =>
      callSubject('function', displayName(name), permissions),
    ),
  );
  const actions = (metadata.actions ?? []).map(({ name, permissions = [] }) =>
    callSubject('action', name, permissions),
  );
  const own = [...sorted(tables), ...sorted(functions), ...sorted(actions)];
  const inherited = metadata.inherited_roles ?? [];
  const parents = new Map(inherited.map(({ role_name: name, role_set: set }) => [name, set]));
  const names = new Set([...own.flatMap(({ grants }) => [...grants.keys()]), ...parents.keys()]);
  return {
    roles: [...names].sort().map((name) => ({ name, parents: parents.get(name) ?? [] })),
    subjects: own.map((subject) => withInherited(subject, parents)),
  };
}

function tableSubject(table: TableMetadata): Subject {
  const grants = new Map<string, Grant[]>();
  for (const operation of OPERATIONS) {
    for (const { role, permission, comment } of table[`${operation}_permissions`] ?? []) {
      const { filter, check } = permission as { filter?: unknown; check?: unknown };
      const grant: Grant = {
        operation,
        coversAllRows: isEmpty(filter) && isEmpty(check),
        inheritedFrom: null,
        permission: permission as unknown as Record<string, unknown>,
        comment: comment ?? null,
      };
      grants.set(role, [...(grants.get(role) ?? []), grant]);
    }
  }
  return { kind: 'table', name: displayName(table.table), grants };
}

function callSubject(
  kind: 'function' | 'action',
  name: string,
  permissions: readonly { readonly role: string }[],
): Subject {
  const grant: Grant = {
    operation: 'call',
    coversAllRows: true,
    inheritedFrom: null,
    permission: {},
    comment: null,
  };
  return { kind, name, grants: new Map(permissions.map(({ role }) => [role, [grant]])) };
}

/** An inherited role has its parents' grants wherever it has none of its own for the operation. */
function withInherited(subject: Subject, parents: ReadonlyMap<string, readonly string[]>): Subject {
  const grants = new Map(subject.grants);
  const grantsOf = (role: string, seen: readonly string[]): readonly Grant[] => {
    const own = subject.grants.get(role) ?? [];
    const owned = new Set(own.map(({ operation }) => operation));
    const given = (parents.get(role) ?? [])
      .filter((parent) => !seen.includes(parent))
      .flatMap((parent) =>
        grantsOf(parent, [...seen, parent]).map((grant) => ({
          ...grant,
          inheritedFrom: grant.inheritedFrom ?? parent,
        })),
      );
    return [...own, ...given.filter(({ operation }) => !owned.has(operation))];
  };
  for (const role of parents.keys()) {
    const all = grantsOf(role, [role]);
    if (all.length > 0) grants.set(role, all);
  }
  return { ...subject, grants };
}

function displayName(name: QualifiedName): string {
  if (typeof name === 'string') return name;
  return name.schema === undefined || name.schema === 'public' ? name.name : `${name.schema}.${name.name}`;
}

function isEmpty(expression: unknown): boolean {
  return expression === undefined || expression === null || Object.keys(expression).length === 0;
}

function sorted(subjects: readonly Subject[]): readonly Subject[] {
  return [...subjects].sort((left, right) => left.name.localeCompare(right.name));
}
