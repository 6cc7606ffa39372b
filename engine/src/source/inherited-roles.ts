import { EngineError } from '../errors.ts';
import type { InheritedRole, Metadata } from '../metadata/types.ts';
import type { Inconsistency, InheritedRoles } from './types.ts';

/** Every role that some permission names: of a table, a function or an action. */
export function findExplicitRoles(metadata: Metadata): Set<string> {
  const roles = new Set<string>();
  const add = (permissions: readonly { readonly role: string }[] | undefined): void => {
    for (const { role } of permissions ?? []) roles.add(role);
  };
  for (const source of metadata.sources) {
    for (const table of source.tables) {
      add(table.select_permissions);
      add(table.insert_permissions);
      add(table.update_permissions);
      add(table.delete_permissions);
    }
    for (const fn of source.functions ?? []) add(fn.permissions);
  }
  for (const action of metadata.actions ?? []) add(action.permissions);
  return roles;
}

/**
 * Reads the inherited roles. One whose parents are not all there is reported and left out; a circle of roles
 * is an EngineError, since nothing could be left out to make sense of it.
 */
export function readInheritedRoles(metadata: Metadata): {
  inheritedRoles: InheritedRoles;
  inconsistencies: readonly Inconsistency[];
} {
  const declared = metadata.inherited_roles ?? [];
  const known = findExplicitRoles(metadata);
  for (const { role_name: role } of declared) known.add(role);
  const inheritedRoles = new Map<string, readonly string[]>();
  const inconsistencies: Inconsistency[] = [];
  for (const entry of declared) {
    const missing = entry.role_set.filter((parent) => !known.has(parent));
    if (missing.length === 0) inheritedRoles.set(entry.role_name, [...new Set(entry.role_set)]);
    else inconsistencies.push(missingParents(entry, missing));
  }
  refuseCycles(inheritedRoles);
  return { inheritedRoles, inconsistencies };
}

function missingParents(entry: InheritedRole, missing: readonly string[]): Inconsistency {
  return {
    type: 'inherited_role',
    name: `inherited_role inherited role ${entry.role_name}`,
    reason: `Inconsistent object: the following parent role(s) are not found: ${missing.join(', ')} which are required to construct the inherited role: "${entry.role_name}"`,
    definition: entry,
  };
}

function refuseCycles(roles: InheritedRoles): void {
  const done = new Set<string>();
  const visit = (role: string, path: readonly string[]): void => {
    if (path.includes(role)) {
      const cycle = [...path.slice(path.indexOf(role)), role];
      throw new EngineError('cyclic-dependency', `found cycle(s) in roles: ${JSON.stringify(cycle)}`, {
        path: '$.args',
      });
    }
    if (done.has(role)) return;
    for (const parent of roles.get(role) ?? []) visit(parent, [...path, role]);
    done.add(role);
  };
  for (const role of roles.keys()) visit(role, []);
}

/** A role with everything it inherits from, however far. */
export function lineageOf(roles: InheritedRoles, role: string): ReadonlySet<string> {
  const lineage = new Set([role]);
  // A set hands out what is added while it is walked.
  for (const member of lineage) for (const parent of roles.get(member) ?? []) lineage.add(parent);
  return lineage;
}
