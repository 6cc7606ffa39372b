import { EngineError } from '../errors.ts';
import { kindOf, readName } from './arguments.ts';
import type { Operation } from './types.ts';

/** `add_inherited_role`: one that is there already is replaced. */
export const addInheritedRole: Operation = ({ draft }, args) => {
  const role = readName(args, 'role_name');
  const parents = readRoles(args.role_set);
  if (parents.includes(role)) {
    throw new EngineError('invalid-params', 'an inherited role name cannot be in the role combination', {
      path: '$.args',
    });
  }
  const entry = { role_name: role, role_set: parents };
  const roles = draft.inherited_roles ?? [];
  draft.inherited_roles = roles.some((known) => known.role_name === role)
    ? roles.map((known) => (known.role_name === role ? entry : known))
    : [...roles, entry];
  return {};
};

/** `drop_inherited_role` */
export const dropInheritedRole: Operation = ({ draft }, args) => {
  const role = readName(args, 'role_name');
  const roles = draft.inherited_roles ?? [];
  const rest = roles.filter((entry) => entry.role_name !== role);
  if (rest.length === roles.length) {
    throw new EngineError('not-exists', `"${role}" inherited role doesn't exist`, { path: '$.args' });
  }
  if (rest.length === 0) delete draft.inherited_roles;
  else draft.inherited_roles = rest;
  return {};
};

function readRoles(value: unknown): string[] {
  if (value === undefined)
    throw new EngineError('parse-failed', 'key "role_set" not found', { path: '$.args' });
  if (!Array.isArray(value) || !value.every((role) => typeof role === 'string' && role !== '')) {
    throw new EngineError('parse-failed', `expected a list of role names, but found ${kindOf(value)}`, {
      path: '$.args.role_set',
    });
  }
  return [...new Set(value as string[])];
}
