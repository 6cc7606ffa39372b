import type { ReadColumn } from '../predicate/types.ts';
import { meaningOf, toReadColumn } from '../schema/meaning.ts';
import type { TrackedTable } from '../source/types.ts';
import {
  collectTyped,
  leavesAsText,
  objectTypeOf,
  type PlanContext,
  readArguments,
  readColumnOf,
  type TypedField,
} from './context.ts';
import { readColumns } from './plan-range.ts';
import type { AggregatedColumn, AggregateField, AggregateValue, RowsPlan } from './types.ts';

/** Functions whose result keeps the column's type, and so its way of leaving. */
const keepsType = new Set(['max', 'min', 'sum']);

/** The fields of `<table>_aggregate`; `planNodes` plans the rows under `nodes`. */
export function planAggregateFields(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  planNodes: (field: TypedField) => RowsPlan,
): { fields: AggregateField[]; columns: ReadColumn[] } {
  const columns = new Map<string, ReadColumn>();
  const fields = collectTyped(context, objectTypeOf(field), field.nodes, field.path).map(
    (part): AggregateField => {
      if ('typename' in part) return { kind: 'typename', key: part.key, name: part.typename };
      if (part.name === 'nodes') return { kind: 'nodes', key: part.key, rows: planNodes(part) };
      return { kind: 'values', key: part.key, values: planValues(context, table, part, columns) };
    },
  );
  return { fields, columns: [...columns.values()] };
}

function planValues(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  columns: Map<string, ReadColumn>,
): AggregateValue[] {
  return collectTyped(context, objectTypeOf(field), field.nodes, field.path).map((part): AggregateValue => {
    if ('typename' in part) return { kind: 'typename', key: part.key, name: part.typename };
    if (part.name === 'count') {
      const args = readArguments(context, part.definition, part.node, part.path);
      const counted = readColumns(args.get('columns')).map((name) => readColumnOf(context, table, name));
      for (const column of counted) columns.set(column.name, column);
      const distinct = args.get('distinct');
      return {
        kind: 'count',
        key: part.key,
        columns: counted,
        distinct: distinct?.kind === 'scalar' && distinct.value === true,
      };
    }
    return {
      kind: 'function',
      key: part.key,
      function: part.name,
      columns: planColumns(context, part, columns),
    };
  });
}

function planColumns(
  context: PlanContext,
  field: TypedField,
  columns: Map<string, ReadColumn>,
): AggregatedColumn[] {
  return collectTyped(context, objectTypeOf(field), field.nodes, field.path).map((part): AggregatedColumn => {
    if ('typename' in part) return { key: part.key, column: null, typename: part.typename, asText: false };
    const meaning = meaningOf(part.definition);
    if (meaning?.kind !== 'column') throw new Error(`aggregate field "${part.name}" stands for no column`);
    const column = toReadColumn(meaning);
    columns.set(column.name, column);
    // Over int columns the reference leaves averages as numbers even when it writes numeric as text.
    const type = meaning.column.type.name;
    const asText = (keepsType.has(field.name) || type === 'numeric') && leavesAsText(context, type);
    return { key: part.key, column, typename: null, asText };
  });
}
