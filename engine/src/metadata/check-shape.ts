import type { z } from 'zod';
import type { MetadataMistake, ValuePath } from './mistakes.ts';
import { type LocatedValue, locate } from './yaml-file.ts';

/** Checks a located value against a schema; every problem becomes a mistake at its own file and path. */
export function checkShape<Schema extends z.ZodType>(
  located: LocatedValue,
  schema: Schema,
  mistakes: MetadataMistake[],
): z.output<Schema> | undefined {
  const result = schema.safeParse(located.value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues.flatMap((issue) => problemsOf(issue))) {
    mistakes.push(locate(located, path, message));
  }
  return undefined;
}

/** Something wrong at a place of a value. */
export interface Problem {
  readonly path: ValuePath;
  readonly message: string;
}

/** One problem per unknown key; for a union the problems of the branch that came furthest. */
export function problemsOf(issue: z.core.$ZodIssue, prefix: ValuePath = []): Problem[] {
  const path = [...prefix, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'this key is not known' }));
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
