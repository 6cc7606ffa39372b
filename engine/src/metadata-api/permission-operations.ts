import { EngineError } from '../errors.ts';
import { displayNameOf } from '../source/qualified-name.ts';
import { readName, readObject, readTableName } from './arguments.ts';
import { removeFrom, requireTable, sourceOf } from './draft.ts';
import type { Operation, TableDraft } from './types.ts';

const kinds = ['insert', 'select', 'update', 'delete'] as const;
type Kind = (typeof kinds)[number];

/** What a permission of each kind cannot be without. */
const requiredKeys = {
  insert: ['check'],
  select: ['columns', 'filter'],
  update: ['columns', 'filter'],
  delete: ['filter'],
} as const;

interface Entry {
  role: string;
  permission: unknown;
  comment?: string | null;
}

function entriesOf(table: TableDraft, kind: Kind): Entry[] {
  return (table[`${kind}_permissions`] ?? []) as Entry[];
}

function createPermission(kind: Kind): Operation {
  return ({ draft }, args) => {
    const role = readName(args, 'role');
    const name = readTableName(args);
    const permission = readObject(args.permission, '$.permission');
    for (const key of requiredKeys[kind]) {
      if (permission[key] === undefined)
        throw new EngineError('parse-failed', `key "${key}" not found`, { path: '$.permission' });
    }
    const table = requireTable(draft, name);
    const display = displayNameOf(name.schema, name.name);
    if (role === 'admin' || entriesOf(table, kind).some((entry) => entry.role === role)) {
      throw new EngineError(
        'already-exists',
        `${kind} permission already defined on table "${display}" with role "${role}"`,
        { path: '$.args' },
      );
    }
    const entry: Entry = {
      role,
      permission,
      ...(typeof args.comment === 'string' ? { comment: args.comment } : {}),
    };
    table[`${kind}_permissions`] = [...entriesOf(table, kind), entry] as never;
    return { subject: `${kind}_permission ${role} in table ${display} in source ${sourceOf(draft).name}` };
  };
}

function dropPermission(kind: Kind): Operation {
  return ({ draft }, args) => {
    const role = readName(args, 'role');
    const name = readTableName(args);
    const table = requireTable(draft, name);
    requirePermission(table, kind, role, displayNameOf(name.schema, name.name));
    removeFrom(table, `${kind}_permissions`, (entry: Entry) => entry.role === role);
    return {};
  };
}

function requirePermission(table: TableDraft, kind: Kind, role: string, display: string): Entry {
  const entry = entriesOf(table, kind).find((candidate) => candidate.role === role);
  if (entry) return entry;
  throw new EngineError(
    'permission-denied',
    `${kind} permission on "${display}" for role "${role}" does not exist`,
    { path: '$.args' },
  );
}

/** `set_permission_comment`, whose `type` names the kind. */
export const setPermissionComment: Operation = ({ draft }, args) => {
  const name = readTableName(args);
  const kind = readName(args, 'type') as Kind;
  const entry = requirePermission(
    requireTable(draft, name),
    kind,
    readName(args, 'role'),
    displayNameOf(name.schema, name.name),
  );
  entry.comment = typeof args.comment === 'string' ? args.comment : null;
  return {};
};

/** `create_<kind>_permission` and `drop_<kind>_permission` for all four kinds. */
export const permissionOperations: Readonly<Record<string, Operation>> = Object.fromEntries(
  kinds.flatMap((kind) => [
    [`create_${kind}_permission`, createPermission(kind)],
    [`drop_${kind}_permission`, dropPermission(kind)],
  ]),
);
