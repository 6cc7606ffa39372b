import type { ValuePath } from './mistakes.ts';

/** Every value at a pattern of keys with its path; `*` stands for every entry of a list or key of an object. */
export function* findAll(
  value: unknown,
  pattern: readonly string[],
  path: ValuePath = [],
): Generator<{ path: ValuePath; value: unknown }> {
  const [key, ...rest] = pattern;
  if (key === undefined) {
    if (value !== undefined) yield { path, value };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    if (key === '*' || key === name) {
      yield* findAll(item, rest, [...path, Array.isArray(value) ? Number(name) : name]);
    }
  }
}
