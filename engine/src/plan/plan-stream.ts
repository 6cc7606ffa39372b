import { EngineError } from '../errors.ts';
import { encoderOf } from '../predicate/encode.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import { both } from '../predicate/types.ts';
import type { InputValue } from '../request/input-value.ts';
import { type ColumnMeaning, inputMeaningOf, toReadColumn } from '../schema/meaning.ts';
import type { TrackedTable } from '../source/types.ts';
import {
  objectTypeOf,
  type PlanContext,
  readArguments,
  selectPermission,
  type TypedField,
} from './context.ts';
import { asObject, operandParameter, planPredicate } from './plan-predicate.ts';
import { readCount } from './plan-range.ts';
import { planSelection } from './plan-rows.ts';
import type { StreamPlan } from './types.ts';

interface Cursor {
  readonly meaning: ColumnMeaning;
  readonly value: InputValue;
  readonly ordering: 'ASC' | 'DESC';
}

/** `<table>_stream`: the rows after a cursor, as many as a batch holds. */
export function planStream(context: PlanContext, table: TrackedTable, field: TypedField): StreamPlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  const select = selectPermission(context, table);
  const { meaning, value, ordering } = readCursor(args.get('cursor'), `${field.path}.args.cursor`);
  const { column } = meaning;
  const sqlType = sqlTypeOf(column.type);
  const keyColumns = (table.catalog.primaryKey?.columns ?? []).filter((name) => name !== column.name);
  return {
    rows: {
      range: {
        table: { schema: table.catalog.schema, name: table.catalog.name },
        where: both(select.filter, planPredicate(context, args.get('where'))),
        orderBy: [],
        distinctOn: [],
        limit: {
          asked: readCount(args.get('batch_size'), 'int4'),
          maximum: select.limit,
        },
        offset: null,
      },
      selection: planSelection(context, objectTypeOf(field), field.nodes, field.path),
    },
    ordering,
    column: { column: toReadColumn(meaning), sqlType },
    key: keyColumns.flatMap((name) => {
      const keyColumn = table.columnByName.get(name);
      return keyColumn ? [{ column: name, sqlType: sqlTypeOf(keyColumn.type) }] : [];
    }),
    initial: operandParameter(value, encoderOf(column.type), encoderOf(column.type), sqlType).source,
  };
}

/** The one column of all the cursors given. */
function readCursor(input: InputValue | undefined, path: string): Cursor {
  const items = input?.kind === 'list' ? input.items : input ? [input] : [];
  const cursors = items.flatMap((item): Cursor[] => {
    if (item.kind === 'null') return [];
    const { fields } = asObject(item);
    const ordering = fields.get('ordering')?.value;
    const initial = fields.get('initial_value')?.value;
    if (initial === undefined) return [];
    return [...asObject(initial).fields.values()].flatMap(({ field, value }): Cursor[] => {
      const meaning = inputMeaningOf(field);
      if (meaning?.kind !== 'column') return [];
      if (value.kind === 'null') {
        throw new EngineError('validation-failed', `unexpected null value for type "${String(field.type)}"`, {
          path: value.at,
        });
      }
      const isDescending = ordering?.kind === 'enum' && ordering.value === 'DESC';
      return [{ meaning, value, ordering: isDescending ? 'DESC' : 'ASC' }];
    });
  });
  const [cursor, second] = cursors;
  if (!cursor) throw new EngineError('validation-failed', 'one streaming column field is expected', { path });
  if (second) {
    throw new EngineError('validation-failed', 'multiple column cursors are not supported yet', { path });
  }
  return cursor;
}
