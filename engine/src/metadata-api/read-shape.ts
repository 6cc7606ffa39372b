import type { z } from 'zod';
import { EngineError } from '../errors.ts';
import { formatPath } from '../metadata/mistakes.ts';
import { kindOf } from './arguments.ts';

const typeNames: Readonly<Record<string, string>> = {
  string: 'Text',
  number: 'Number',
  boolean: 'Bool',
  array: 'Array',
  object: 'Object',
  record: 'Object',
};
const kinds: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  array: 'Array',
  object: 'Object',
  record: 'Object',
};

/** Arguments of the shape that the same part has in a project folder, or the reference's complaint about the first mistake. */
export function readShape<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw complaintOf(issue);
}

/** The reference's complaint about a value, which stands under `prefix` in what was sent. */
export function complaintOf(
  issue: z.core.$ZodIssue | undefined,
  prefix: readonly (string | number)[] = [],
): EngineError {
  const place = [...prefix, ...((issue?.path ?? []) as (string | number)[])];
  if (issue?.code === 'invalid_type' && issue.input === undefined && place.length > 0) {
    const key = place.at(-1);
    return parseFailed(`key "${key}" not found`, place.slice(0, -1));
  }
  if (issue?.code === 'invalid_type') {
    const { expected, input } = issue;
    return parseFailed(
      `parsing ${typeNames[expected] ?? expected} failed, expected ${kinds[expected] ?? expected}, but encountered ${kindOf(input)}`,
      place,
    );
  }
  if (issue?.code === 'too_small' && issue.origin === 'string') {
    return parseFailed('empty string not allowed', place);
  }
  return parseFailed(issue?.message ?? 'a wrong value', place);
}

function parseFailed(message: string, path: readonly (string | number)[]): EngineError {
  return new EngineError('parse-failed', message, {
    path: path.length === 0 ? '$' : `$.${formatPath(path)}`,
  });
}
