import type { SelectionSetNode } from 'graphql';
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
    depth: pick(limits.depth_limit, role),
    nodes: pick(limits.node_limit, role),
    timeSeconds: pick(limits.time_limit, role),
    batch: pick(limits.batch_limit, role),
  };
}

function pick(limit: ApiLimit<number> | undefined, role: string): number | null {
  if (limit === undefined) return null;
  return limit.per_role && Object.hasOwn(limit.per_role, role)
    ? (limit.per_role[role] ?? null)
    : limit.global;
}

/**
 * Refuses an operation that nests or asks too much, before anything is planned. Every field counts, through
 * fragments as often as they are spread; introspection does not.
 */
export function checkLimits(operation: Operation, limits: RoleLimits): void {
  if (limits.depth === null && limits.nodes === null) return;
  let nodes = 0;
  // Without a bound on fields a fragment counts once at each depth: what is below it does not change.
  const walked = new Set<string>();
  const walk = (selectionSet: SelectionSetNode, depth: number, spreading: readonly string[]): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === 'InlineFragment') walk(selection.selectionSet, depth, spreading);
      else if (selection.kind === 'FragmentSpread') {
        const name = selection.name.value;
        const fragment = operation.fragments.get(name);
        // Cycles and unknown fragments are told of by planning, in its own words.
        if (!fragment || spreading.includes(name)) continue;
        const key = `${depth}:${name}`;
        if (limits.nodes === null && walked.has(key)) continue;
        walked.add(key);
        walk(fragment.selectionSet, depth, [...spreading, name]);
      } else if (!selection.name.value.startsWith('__')) {
        nodes += 1;
        if (limits.nodes !== null && nodes > limits.nodes) {
          throw new EngineError(
            'node-limit-exceeded',
            `the operation asks for more than ${limits.nodes} fields`,
            { path: '$' },
          );
        }
        if (limits.depth !== null && depth > limits.depth) {
          throw new EngineError(
            'depth-limit-exceeded',
            `the operation nests deeper than ${limits.depth} levels`,
            { path: '$' },
          );
        }
        if (selection.selectionSet) walk(selection.selectionSet, depth + 1, spreading);
      }
    }
  };
  walk(operation.definition.selectionSet, 1, []);
}
