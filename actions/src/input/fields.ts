/** The kinds of field that inputs are made of. */

import { z } from 'zod';
import { fieldCodes } from './parse-input.ts';

/** How many characters a person would count: Unicode code points. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** NUL cannot be stored in Postgres, and half a surrogate pair is no character at all. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Any text that can be stored, as it was written. `missing` is what to say when there is none. */
export function textField(missing: string) {
  return z
    .string({ error: (issue) => (isAbsent(issue.input) ? missing : 'This must be a text.') })
    .refine(isStorableText, { error: 'This contains a character that cannot be stored.', abort: true });
}

interface TrimmedTextOptions {
  readonly min?: number;
  readonly max: number;
  readonly missing: string;
  readonly tooShort?: string;
  readonly tooLong: string;
}

/** A text that is trimmed as JavaScript does and then has between `min` and `max` characters. */
export function trimmedTextField({ min = 0, max, missing, tooShort = missing, tooLong }: TrimmedTextOptions) {
  return textField(missing)
    .transform((text) => text.trim())
    .refine((text) => countCharacters(text) >= min, tooShort)
    .refine((text) => countCharacters(text) <= max, tooLong);
}

/** Turns "not given" in any of its spellings (absent, null, nothing but white space) into null. */
export function optionalText(field: ReturnType<typeof trimmedTextField>) {
  return field.nullish().transform((text) => (text ? text : null));
}

/** An id. Any version of UUID, written the usual way; compared and stored in lower case, as Postgres prints it. */
export function idField(missing = 'This id is required.') {
  return z
    .guid({ error: (issue) => (isAbsent(issue.input) ? missing : 'This is not a valid id.') })
    .transform((id) => id.toLowerCase());
}

/** A tier. */
export function tierField() {
  const message = 'The tier must be a whole number from 1 to 4.';
  return z.int(message).min(1, message).max(4, message).register(fieldCodes, { code: 'INVALID_TIER' });
}

/** A yes or no that has to be said. */
export function booleanField() {
  return z.boolean('This must be true or false.');
}

/** A yes or no that is no when nothing is said. */
export function flagField() {
  return booleanField()
    .nullish()
    .transform((flag) => flag ?? false);
}

/** A value that may be left out or null. */
export function optional<Schema extends z.ZodType>(field: Schema) {
  return field.nullish().transform((value) => value ?? null);
}

function isAbsent(input: unknown): boolean {
  return input === undefined || input === null;
}
