import { findAll } from '../../metadata/find-all.ts';
import type { ValuePath } from '../../metadata/mistakes.ts';
import { compileRequestTransform, compileResponseTransform } from './compile.ts';

/** Everywhere that metadata may hold a transform. */
const PLACES = ['actions.*.definition', 'sources.*.tables.*.event_triggers.*', 'cron_triggers.*'];

/** What cannot be used of the metadata's transforms, with the path of each place. */
export function findTransformMistakes(metadata: unknown): readonly { path: ValuePath; message: string }[] {
  const found: { path: ValuePath; message: string }[] = [];
  for (const place of PLACES) {
    for (const [key, compile] of [
      ['request_transform', compileRequestTransform],
      ['response_transform', compileResponseTransform],
    ] as const) {
      for (const { path, value } of findAll(metadata, [...place.split('.'), key])) {
        if (value === null) continue;
        for (const mistake of compile(value).mistakes) {
          found.push({ path: [...path, ...mistake.path], message: mistake.message });
        }
      }
    }
  }
  return found;
}
