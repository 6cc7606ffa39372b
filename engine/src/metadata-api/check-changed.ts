import type { z } from 'zod';
import { EngineError } from '../errors.ts';
import { wholeAction, wholeCustomTypes } from '../metadata/schemas/actions.ts';
import { otherFiles } from '../metadata/schemas/others.ts';
import { table, trackedFunction } from '../metadata/schemas/sources.ts';
import type { Metadata } from '../metadata/types.ts';
import { complaintOf } from './read-shape.ts';

/**
 * Refuses what an operation put into the metadata in a shape that nothing below could read. Keys that nobody
 * knows are left alone, as by the reference; what stood there before has been looked at already. A mistake's
 * path is that in the metadata where all of it was given (`isWhole`), and else that in the command's own part.
 */
export function refuseMisshapen(before: Metadata, after: Metadata, isWhole: boolean): void {
  try {
    checkParts(before, after);
  } catch (error) {
    if (isWhole || !(error instanceof EngineError)) throw error;
    throw error.at(error.path.replace(ownPart, '$'));
  }
}

const ownPart =
  /^\$\.(sources\[\d+\]\.(tables|functions)\[\d+\](\.\w+\[\d+\])?|actions\[\d+\]|\w+\[\d+\]|custom_types)/;

function checkParts(before: Metadata, after: Metadata): void {
  const [old] = before.sources;
  for (const [index, source] of after.sources.entries()) {
    const place = ['sources', index];
    checkEach(table, old?.tables, source.tables, [...place, 'tables']);
    checkEach(trackedFunction, old?.functions, source.functions, [...place, 'functions']);
  }
  checkEach(wholeAction, before.actions, after.actions, ['actions']);
  check(wholeCustomTypes, before.custom_types, after.custom_types, ['custom_types']);
  for (const key of otherParts) check(otherFiles[key].schema, before[key], after[key], [key]);
}

const otherParts = ['cron_triggers', 'inherited_roles', 'graphql_schema_introspection'] as const;

type Place = readonly (string | number)[];

function checkEach(schema: z.ZodType, before: unknown, after: unknown, place: Place): void {
  if (!Array.isArray(after)) {
    check(schema.array(), undefined, after, place);
    return;
  }
  const known = new Set((Array.isArray(before) ? before : []).map((item) => JSON.stringify(item)));
  for (const [index, item] of after.entries())
    if (!known.has(JSON.stringify(item))) check(schema, undefined, item, [...place, index]);
}

function check(schema: z.ZodType, before: unknown, after: unknown, place: Place): void {
  if (after === undefined || JSON.stringify(before) === JSON.stringify(after)) return;
  const result = schema.safeParse(after, { reportInput: true });
  const issue = result.error?.issues.find((candidate) => !isHarmless(candidate));
  if (issue) throw complaintOf(issue, place);
}

/** Unknown keys mean nothing, and a negative limit is the reference's to complain about where it reads it. */
function isHarmless(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'unrecognized_keys') return true;
  if (issue.code === 'too_small') return issue.origin === 'number' || issue.origin === 'int';
  return (
    issue.code === 'invalid_union' &&
    issue.errors.some((branch) => branch.length > 0 && branch.every(isHarmless))
  );
}
