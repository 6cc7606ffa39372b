import { EngineError } from '../errors.ts';
import { inheritedRole } from '../metadata/schemas/others.ts';
import { readName } from './arguments.ts';
import { readShape } from './read-shape.ts';
import type { Operation } from './types.ts';

/** `add_inherited_role`: one that is there already is replaced. */
export const addInheritedRole: Operation = ({ draft }, args) => {
  const { role_name: role, role_set: parents } = readShape(inheritedRole, args);
  if (parents.includes(role)) {
    throw new EngineError('invalid-params', 'an inherited role name cannot be in the role combination', {
      path: '$.args',
    });
  }
  const entry = { role_name: role, role_set: [...new Set(parents)] };
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
