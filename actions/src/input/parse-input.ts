/** Untrusted input → typed input, or one error that lists every field that is wrong. */

import { z } from 'zod';
import { ActionError, type ErrorCode, type FieldError } from '../errors.ts';

/** A field whose errors have a code of their own, as its schema says with `.register(fieldCodes, { code })`. */
export const fieldCodes = z.registry<{ code: ErrorCode }>();

/** Parameters for `addIssue` when one field has several codes. */
export interface IssueParams {
  readonly code: ErrorCode;
}

interface CodedFieldError extends FieldError {
  readonly code: ErrorCode;
}

/**
 * Parses the input of a use case.
 *
 * One wrong field answers with its own code, several with INVALID_INPUT; `errors` lists them all either way.
 */
export function parseInput<Schema extends z.ZodObject>(schema: Schema, input: unknown): z.output<Schema> {
  return parseParts({ input: { schema, input } }).input;
}

/** One part of an input that comes from several places, as an HTTP request does: path, query and body. */
export interface InputPart<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema;
  readonly input: unknown;
}

/** Parses an input that comes in parts; the error is one, about all parts together. */
export function parseParts<Parts extends Readonly<Record<string, InputPart>>>(
  parts: Parts,
): { [Name in keyof Parts]: z.output<Parts[Name]['schema']> } {
  const errors: CodedFieldError[] = [];
  const entries = Object.entries(parts).map(([name, { schema, input }]) => {
    const result = schema.safeParse(input ?? {});
    if (!result.success) errors.push(...result.error.issues.flatMap((issue) => readIssue(schema, issue)));
    return [name, result.data];
  });
  if (errors.length > 0) throw toInputError(firstPerField(errors));
  return Object.fromEntries(entries) as { [Name in keyof Parts]: z.output<Parts[Name]['schema']> };
}

function toInputError(errors: readonly CodedFieldError[]): ActionError {
  const fields = errors.map(({ field, message }) => ({ field, message }));
  const [first] = errors;
  if (errors.length === 1 && first !== undefined)
    return new ActionError(first.code, first.message, { errors: fields });
  return new ActionError('INVALID_INPUT', 'Several fields are not valid.', { errors: fields });
}

/** So many mistakes help whoever made them; an answer must not grow with what a stranger sent. */
const MOST_ERRORS = 50;
const MOST_CHARACTERS = 64;

/** Names of a caller's own making, at no more than a length that tells them apart. */
function cut(name: string): string {
  return name.length <= MOST_CHARACTERS ? name : `${name.slice(0, MOST_CHARACTERS)}…`;
}

/** A field is told one thing at a time: the first that is wrong with it. */
function firstPerField(errors: readonly CodedFieldError[]): CodedFieldError[] {
  const seen = new Map<string, CodedFieldError>();
  for (const error of errors) if (!seen.has(error.field)) seen.set(error.field, error);
  return [...seen.values()].slice(0, MOST_ERRORS);
}

function readIssue(schema: z.ZodObject, issue: z.core.$ZodIssue): CodedFieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_ERRORS).map((key) => ({
      field: cut(key),
      message: 'This field is not known here.',
      code: 'INVALID_INPUT',
    }));
  }
  const field = fieldName(issue.path);
  if (field === '')
    return [{ field: 'body', message: 'The input must be a JSON object.', code: 'INVALID_INPUT' }];
  const own = (issue.code === 'custom' ? issue.params : undefined) as IssueParams | undefined;
  const fieldSchema = schema.shape[String(issue.path[0])] as z.core.$ZodType | undefined;
  const registered = fieldSchema === undefined ? undefined : fieldCodes.get(fieldSchema);
  return [{ field, message: issue.message, code: own?.code ?? registered?.code ?? 'INVALID_INPUT' }];
}

/** As a program would write it: `requestIds[3]`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
