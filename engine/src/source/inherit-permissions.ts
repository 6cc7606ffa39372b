import { both, isAlways, type Predicate } from '../predicate/types.ts';
import type { ResolvedPermissions, ResolvedSelect } from './resolved-permissions.ts';

/**
 * What an inherited role may read of a table: every row that one of its parents may, and in each row the columns
 * of those parents only whose filters let the row through. A column that all of them may read shows in every row;
 * any other is null where none of its parents reaches (and nullable even where one of them reaches every row). Limits count by the largest one given.
 */
export function combineSelects(parents: readonly ResolvedSelect[]): ResolvedSelect | undefined {
  const [first, ...others] = parents;
  if (!first) return undefined;
  if (others.length === 0) return first;
  const limits = parents.flatMap(({ limit }) => (limit === null ? [] : [limit]));
  return {
    columns: combineValues(parents, (parent) => parent.columns),
    computedFields: combineValues(parents, (parent) => parent.computedFields),
    filter: anyOf(parents.map(({ filter }) => filter)),
    limit: limits.length === 0 ? null : Math.max(...limits),
    allowAggregations: parents.some(({ allowAggregations }) => allowAggregations),
    queryRootFields: combineRootFields(parents.map(({ queryRootFields }) => queryRootFields)),
    subscriptionRootFields: combineRootFields(
      parents.map(({ subscriptionRootFields }) => subscriptionRootFields),
    ),
  };
}

type Values = ReadonlyMap<string, Predicate | null>;

function combineValues(
  parents: readonly ResolvedSelect[],
  valuesOf: (parent: ResolvedSelect) => Values,
): Map<string, Predicate | null> {
  const combined = new Map<string, Predicate | null>();
  for (const name of new Set(parents.flatMap((parent) => [...valuesOf(parent).keys()]))) {
    const showing = parents.filter((parent) => valuesOf(parent).has(name));
    const conditions = showing.map((parent) => valuesOf(parent).get(name) ?? null);
    const showsEverywhere =
      showing.length === parents.length && conditions.every((condition) => condition === null);
    // A parent may itself be an inherited role that shows the value in some of its rows only.
    const shown = showing.map(({ filter }, index) => {
      const condition = conditions[index] ?? null;
      return condition === null ? filter : both(filter, condition);
    });
    combined.set(name, showsEverywhere ? null : anyOf(shown));
  }
  return combined;
}

function anyOf(predicates: readonly Predicate[]): Predicate {
  const different = new Map(predicates.map((predicate) => [JSON.stringify(predicate), predicate]));
  const parts = [...different.values()];
  const always = parts.find(isAlways);
  if (always) return always;
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'or', of: parts };
}

/** Null is all of them. */
function combineRootFields(sets: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  return sets.some((set) => set === null) ? null : new Set(sets.flatMap((set) => [...(set ?? [])]));
}

/** Permissions to write that one role has and another may inherit. */
type Write = NonNullable<ResolvedPermissions['insert' | 'update' | 'delete']>;

/**
 * What an inherited role may write: the same as its parents when those that may write at all may write alike.
 * Parents that differ are a conflict, from which nothing is inherited.
 */
export function combineWrites<Kind extends Write>(parents: readonly Kind[]): Kind | 'conflict' | undefined {
  const [first, ...others] = parents;
  if (!first) return undefined;
  const wanted = canonical(first);
  return others.every((other) => canonical(other) === wanted) ? first : 'conflict';
}

/** A permission as text in which order means nothing where it means nothing to the permission. */
function canonical(value: unknown): string {
  if (value instanceof Set) return `{${[...value].map(canonical).sort().join()}}`;
  if (value instanceof Map) return canonical(Object.fromEntries(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const parts = Object.entries(value).map(([key, part]) =>
    isJunction(value) && key === 'of'
      ? `of:${canonical(new Set(part as readonly Predicate[]))}`
      : `${JSON.stringify(key)}:${canonical(part)}`,
  );
  return `{${parts.sort().join()}}`;
}

function isJunction(value: object): boolean {
  return 'kind' in value && (value.kind === 'and' || value.kind === 'or');
}
