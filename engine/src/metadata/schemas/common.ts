import { parseType } from 'graphql';
import { z } from 'zod';
import { normaliseQuery } from '../../request/normalise-query.ts';
import { headerVariableProblem } from '../../webhook/environment.ts';

/** What several of the files share. Every object is strict: a key that is not listed is a mistake. */

/** An optional value may also be written as null, as for the reference. */
export function orUndefined<Value>(value: Value | null | undefined): Value | undefined {
  return value ?? undefined;
}

/** Absent, null and empty files all mean an empty list, as for the CLI. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).nullish().transform(orUndefined);
}

/** A name that is not empty. */
export const name = z.string().min(1);
/** A comment; null is none. */
export const comment = z.string().nullish();

/** A name that becomes part of the GraphQL schema. */
export const graphqlName = name.regex(/^[_A-Za-z][_0-9A-Za-z]*$/, {
  error: ({ input }) => `"${input}" is not a valid GraphQL name`,
});

/** `[Name!]!` and its like. */
export const graphqlType = z.string().superRefine((text, context) => {
  try {
    parseType(text);
  } catch {
    context.addIssue({ code: 'custom', message: `not a valid GraphQL type: ${text}` });
  }
});

/** A Postgres object by its name, or by schema and name. */
export const qualifiedName = z.union(
  [name, z.strictObject({ name, schema: name.nullish().transform(orUndefined) })],
  {
    error: 'expected a name, or { name, schema }',
  },
);

/** A value, or the environment variable that holds it. */
export const fromEnv = z.union([z.string(), z.strictObject({ from_env: name })], {
  error: 'expected a text, or { from_env: NAME }',
});

/** A list in which each value, or each item's `key`, stands once. */
export function uniqueBy<List extends z.ZodType<readonly unknown[] | undefined>>(list: List, key?: string) {
  return list.superRefine((items, context) => {
    const seen = new Set<unknown>();
    for (const [index, item] of (items ?? []).entries()) {
      const value = key === undefined ? item : (item as Record<string, unknown>)[key];
      if (seen.has(value)) {
        const path = key === undefined ? [index] : [index, key];
        context.addIssue({ code: 'custom', path, message: `${JSON.stringify(value)} stands here twice` });
      }
      seen.add(value);
    }
  });
}

/** A GraphQL document; what it asks for is checked when it runs. */
export const graphqlText = z.string().superRefine((text, context) => {
  try {
    normaliseQuery(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a valid graphql query' });
  }
});

/** A boolean expression is checked where the table's columns are known; here only that it is an object. */
export const boolExp = z.record(z.string(), z.unknown());

/** Columns by name, or `*` for all of them. */
export const columnList = z.union([z.literal('*'), z.array(name)], {
  error: "expected a list of columns, or '*'",
});

/** A header with its value, or the environment variable that holds it. */
export const header = z
  .strictObject({
    name,
    value: z.string().nullish().transform(orUndefined),
    value_from_env: name.nullish().transform(orUndefined),
  })
  .refine((given) => (given.value === undefined) !== (given.value_from_env === undefined), {
    error: 'expected either value or value_from_env',
  })
  .superRefine(({ value_from_env: variable }, context) => {
    const problem = variable === undefined ? null : headerVariableProblem(variable);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['value_from_env'], message: problem });
  });

/** Parts of the metadata that this engine reads no further; `supported.ts` says which may be filled. */
export const anything = z.unknown().optional();
