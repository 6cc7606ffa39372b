import type { FieldNode, SelectionSetNode } from 'graphql';
import { EngineError } from '../errors.ts';
import type { ApiLimit, ApiLimits } from '../metadata/types.ts';
import type { Operation } from './parse-document.ts';

/** The limits of one role; null where none is set. */
export interface RoleLimits {
  readonly depth: number | null;
  readonly nodes: number | null;
  readonly timeSeconds: number | null;
  readonly batch: number | null;
}

const none: RoleLimits = { depth: null, nodes: null, timeSeconds: null, batch: null };

/** Reads what `api_limits` says of a role: its own value, otherwise the global one. The admin role has no limits. */
export function limitsOf(limits: ApiLimits | undefined, role: string): RoleLimits {
  if (limits === undefined || limits.disabled || role === 'admin') return none;
  return {
    depth: limitOfRole(limits.depth_limit, role),
    nodes: limitOfRole(limits.node_limit, role),
    timeSeconds: limitOfRole(limits.time_limit, role),
    batch: limitOfRole(limits.batch_limit, role),
  };
}

/** A limit's value for a role: its own where it has one; null where nothing is set. */
export function limitOfRole<Value>(limit: ApiLimit<Value> | undefined, role: string): Value | null {
  if (limit === undefined) return null;
  return limit.per_role && Object.hasOwn(limit.per_role, role)
    ? (limit.per_role[role] ?? null)
    : limit.global;
}

/**
 * Refuses an operation that nests or asks too much, before anything is planned. A node is a field with a selection
 * of its own, counted through fragments as often as they are spread, and depth is how far nodes nest. A plain field
 * is free but for asking it again under another name, which would make an answer grow without end. Introspection
 * does not count. Fragments must be known to lead to no cycle, and the operation to be of a size that may be walked
 * as often as it is written: `checkFragments` and `checkSize` see to that.
 */
export function checkLimits(operation: Operation, limits: RoleLimits): void {
  if (limits.depth === null && limits.nodes === null) return;
  let nodes = 0;
  const countNode = (): void => {
    nodes += 1;
    if (limits.nodes === null || nodes <= limits.nodes) return;
    throw new EngineError('node-limit-exceeded', `the operation asks for more than ${limits.nodes} nodes`, {
      path: '$',
    });
  };
  const walk = (selectionSet: SelectionSetNode, depth: number, leaves: Map<string, Set<string>>): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === 'InlineFragment') walk(selection.selectionSet, depth, leaves);
      else if (selection.kind === 'FragmentSpread') {
        const fragment = operation.fragments.get(selection.name.value);
        if (fragment) walk(fragment.selectionSet, depth, leaves);
      } else if (selection.name.value.startsWith('__')) continue;
      else if (selection.selectionSet) {
        countNode();
        if (limits.depth !== null && depth > limits.depth) {
          throw new EngineError(
            'depth-limit-exceeded',
            `the operation nests deeper than ${limits.depth} levels`,
            { path: '$' },
          );
        }
        walk(selection.selectionSet, depth + 1, new Map());
      } else if (isAskedAgain(selection, leaves)) countNode();
    }
  };
  walk(operation.definition.selectionSet, 1, new Map());
}

/** Notes a plain field; true when its selection has it already under another name. */
function isAskedAgain(field: FieldNode, leaves: Map<string, Set<string>>): boolean {
  const key = field.alias?.value ?? field.name.value;
  const keys = leaves.get(field.name.value);
  if (keys === undefined) leaves.set(field.name.value, new Set([key]));
  else if (!keys.has(key)) keys.add(key);
  else return false;
  return keys !== undefined;
}
