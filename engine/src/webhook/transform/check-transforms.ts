import { findAll } from '../../metadata/find-all.ts';
import { formatPath } from '../../metadata/mistakes.ts';

/** Everywhere that metadata may hold a transform. */
const PLACES = ['actions.*.definition', 'sources.*.tables.*.event_triggers.*', 'cron_triggers.*'];
const KEYS = ['request_transform', 'response_transform'] as const;

/** What is wrong with the transforms of an action, an event trigger or a cron trigger, by the part that holds them. */
export type TransformProblems = ReadonlyMap<unknown, string>;

/**
 * Everything in the metadata whose transforms cannot be used, by action definition or trigger, with the first reason.
 * Reading templates takes a parser that metadata without any does not need.
 */
export async function findTransformProblems(metadata: unknown): Promise<TransformProblems> {
  const problems = new Map<unknown, string>();
  for (const place of PLACES) {
    for (const { value: holder } of findAll(metadata, place.split('.'))) {
      for (const key of KEYS) {
        const raw = (holder as Record<string, unknown> | null)?.[key];
        if (raw === undefined || raw === null || problems.has(holder)) continue;
        const { compileRequestTransform, compileResponseTransform } = await import('./compile.ts');
        const compile = key === 'request_transform' ? compileRequestTransform : compileResponseTransform;
        const [mistake] = compile(raw).mistakes;
        if (mistake) problems.set(holder, `${formatPath([key, ...mistake.path])}: ${mistake.message}`);
      }
    }
  }
  return problems;
}
