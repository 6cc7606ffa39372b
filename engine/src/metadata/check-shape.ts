import type { z } from 'zod';
import { findMeant, knownKeys } from './known-keys.ts';
import type { MetadataMistake, ValuePath } from './mistakes.ts';
import { type LocatedValue, locate } from './yaml-file.ts';

/** Where the findings about a project folder are put: what stops the load, and what is only told. */
export interface Findings {
  readonly mistakes: MetadataMistake[];
  readonly warnings: MetadataMistake[];
}

/**
 * Checks a located value against a schema; every problem becomes a mistake at its own file and path. A key that
 * nobody knows is left out and told as a warning, as the reference ignores it; but one that is a slip of a known key
 * is a mistake, since `chekc` in a permission would leave open what somebody meant to close.
 */
export function checkShape<Schema extends z.ZodType>(
  located: LocatedValue,
  schema: Schema,
  { mistakes, warnings }: Findings,
): z.output<Schema> | undefined {
  let { value } = located;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = new Set([...knownKeys(schema)].map(({ name }) => name));
  let issues = result.error.issues;
  // What a union says of an unknown key may change once that key is gone, so it is asked again.
  for (let round = 0; round < 20; round += 1) {
    const ignored: ValuePath[] = [];
    const problems: Problem[] = [];
    for (const problem of issues.flatMap((issue) => problemsOf(issue))) {
      const key = problem.isUnknownKey ? problem.path.at(-1) : undefined;
      const meant = typeof key === 'string' ? findMeant(key, known) : null;
      if (key === undefined) problems.push(problem);
      else if (meant !== null)
        problems.push({ ...problem, message: `${problem.message}; is ${meant} meant?` });
      else ignored.push(problem.path);
    }
    for (const path of ignored) {
      warnings.push(locate(located, path, 'this key is not known and counts for nothing'));
      value = without(value, path);
    }
    if (problems.length > 0) {
      for (const { path, message } of problems) mistakes.push(locate(located, path, message));
      return undefined;
    }
    const next = schema.safeParse(value);
    if (next.success) return next.data;
    issues = next.error.issues;
  }
  mistakes.push(locate(located, [], 'holds too many keys that are not known'));
  return undefined;
}

/** A value without one key somewhere in it. */
function without(value: unknown, [key, ...rest]: ValuePath): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? without(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      if (name !== key) return [[name, item]];
      return rest.length === 0 ? [] : [[name, without(item, rest)]];
    }),
  );
}

/** Something wrong at a place of a value. */
export interface Problem {
  readonly path: ValuePath;
  readonly message: string;
  /** Whether all that is wrong is a key that the shape does not have. */
  readonly isUnknownKey?: true;
}

/** One problem per unknown key; for a union the problems of the branch that came furthest. */
export function problemsOf(issue: z.core.$ZodIssue, prefix: ValuePath = []): Problem[] {
  const path = [...prefix, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: 'this key is not known',
      isUnknownKey: true,
    }));
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors
      .map((errors) => errors.flatMap((error) => problemsOf(error, path)))
      .filter(
        (problems) => problems.length > 0 && problems.every((problem) => problem.path.length > path.length),
      );
    const [best] = branches.sort((left, right) => left.length - right.length);
    return best ?? [{ path, message: issue.message }];
  }
  if (
    issue.code === 'invalid_type' &&
    issue.input === undefined &&
    /received undefined$/.test(issue.message)
  ) {
    return [
      { path, message: issue.message.replace(/^Invalid input: (.*), received undefined$/, 'is missing: $1') },
    ];
  }
  return [{ path, message: issue.message.replace(/^Invalid input: /, '') }];
}
