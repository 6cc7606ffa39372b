import { EngineError } from '../errors.ts';
import { always, both, type Parameter } from '../predicate/types.ts';
import type { InputValue } from '../request/input-value.ts';
import type { Presets } from '../source/resolved-permissions.ts';
import type { TrackedTable } from '../source/types.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type PlanContext, permissionsFor } from './context.ts';
import { asObject, planPredicate } from './plan-predicate.ts';
import { readColumns } from './plan-range.ts';
import type { OnConflictPlan } from './types.ts';

/** `on_conflict`, under the role's update permission; without one, rows that are there already are passed over. */
export function planOnConflict(
  context: PlanContext,
  table: TrackedTable,
  input: InputValue | undefined,
): OnConflictPlan | null {
  const update = permissionsFor(context, table).update;
  if (input === undefined || input.kind === 'null') return null;
  const fields = asObject(input).fields;
  const constraint = fields.get('constraint')?.value;
  if (constraint?.kind !== 'enum')
    throw new EngineError('validation-failed', 'missing required field "constraint"', { path: input.at });
  const updateColumns = readColumns(fields.get('update_columns')?.value);
  if (updateColumns.some((name) => !update?.columns.has(name))) {
    throw new EngineError('validation-failed', 'erroneous column name', { path: input.at });
  }
  const name = String(constraint.value);
  const index = table.catalog.uniqueIndexes.find((candidate) => candidate.name === name);
  const target = index?.target ?? `ON CONSTRAINT ${quoteIdentifier(name)}`;
  if (!update) return { target, updateColumns: [], presets: [], where: always, check: null };
  return {
    target,
    updateColumns,
    presets: updateColumns.length === 0 ? [] : presetList(update.presets),
    where: both(update.filter, planPredicate(context, fields.get('where')?.value)),
    check: update.check,
  };
}

function presetList(presets: Presets): { column: string; value: Parameter }[] {
  return [...presets].map(([column, value]) => ({ column, value }));
}
