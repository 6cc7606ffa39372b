import type { MutationOutput } from '../plan/types.ts';
import { glueObject, type JsonMember, listItemsText } from './json-text.ts';

/** A write's answer out of the number of its rows and the JSON lists of its selections. */
export function answerWrite(
  output: MutationOutput,
  count: number,
  lists: readonly (string | null)[],
): string {
  // A `_by_pk` or `_one` write touches one row at most.
  if (output.kind === 'row') return listItemsText(lists[0] ?? '[]') || 'null';
  let next = 0;
  return glueObject(
    output.fields.map((field): JsonMember => {
      switch (field.kind) {
        case 'typename':
          return { key: field.key, json: JSON.stringify(field.name) };
        case 'affected_rows':
          return { key: field.key, json: String(count) };
        case 'returning': {
          const json = lists[next] ?? '[]';
          next += 1;
          return { key: field.key, json };
        }
      }
    }),
  );
}
