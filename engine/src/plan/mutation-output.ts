import { collectTyped, objectTypeOf, type PlanContext, type TypedField } from './context.ts';
import { planSelection } from './plan-rows.ts';
import type { MutationOutput } from './types.ts';

/** What `_one` and `_by_pk` mutations answer: the row itself. */
export function rowOutput(context: PlanContext, field: TypedField): MutationOutput {
  return { kind: 'row', selection: planSelection(context, objectTypeOf(field), field.nodes, field.path) };
}

/** `affected_rows` and `returning`. */
export function responseOutput(context: PlanContext, field: TypedField): MutationOutput {
  return {
    kind: 'response',
    fields: collectTyped(context, objectTypeOf(field), field.nodes, field.path).map((part) => {
      if ('typename' in part) return { kind: 'typename', key: part.key, name: part.typename };
      if (part.name === 'affected_rows') return { kind: 'affected_rows', key: part.key };
      return {
        kind: 'returning',
        key: part.key,
        selection: planSelection(context, objectTypeOf(part), part.nodes, part.path),
      };
    }),
  };
}
