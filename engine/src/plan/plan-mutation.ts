import { textType } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { encodeJson, encoderOf, encodeScalar, listEncoderOf } from '../predicate/encode.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import { both, columnSubject, type Parameter, type Predicate } from '../predicate/types.ts';
import type { InputValue } from '../request/input-value.ts';
import { inputMeaningOf, toReadColumn } from '../schema/meaning.ts';
import type { Presets } from '../source/role-permissions.ts';
import type { Column, TrackedTable } from '../source/types.ts';
import {
  type Arguments,
  collectTyped,
  objectTypeOf,
  type PlanContext,
  permissionsFor,
  readArguments,
  type TypedField,
} from './context.ts';
import { asObject, operandParameter, planPredicate } from './plan-predicate.ts';
import { readColumns } from './plan-range.ts';
import { planSelection } from './plan-rows.ts';
import type {
  Assignment,
  ColumnValue,
  DeletePlan,
  InsertPlan,
  MutationOutput,
  OnConflictPlan,
  TableName,
  UpdatePlan,
} from './types.ts';

const nameOf = (table: TrackedTable): TableName => ({
  schema: table.catalog.schema,
  name: table.catalog.name,
});

/** `insert_<table>` and `insert_<table>_one`. */
export function planInsert(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  single: boolean,
): InsertPlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  const permission = permissionsFor(context, table).insert;
  if (!permission) throw new EngineError('unexpected', `role cannot insert into "${table.displayName}"`);
  const objects = listItems(args.get(single ? 'object' : 'objects'));
  const given = objects.map((object) => readColumnValues(object));
  const names = new Set(given.flatMap((row) => [...row.keys()]));
  for (const name of permission.presets.keys()) names.add(name);
  const columns = [...names];
  const rows = given.map((row) =>
    columns.map((name): ColumnValue => permission.presets.get(name) ?? row.get(name) ?? 'default'),
  );
  return {
    kind: 'insert',
    key: field.key,
    path: field.path,
    table: nameOf(table),
    columns,
    rows,
    onConflict: planOnConflict(context, table, args),
    check: permission.check,
    output: single ? rowOutput(context, field) : responseOutput(context, field),
  };
}

function listItems(input: InputValue | undefined): readonly InputValue[] {
  if (input === undefined || input.kind === 'null') return [];
  return input.kind === 'list' ? input.items : [input];
}

function readColumnValues(input: InputValue): Map<string, Parameter> {
  const values = new Map<string, Parameter>();
  for (const { field, value } of asObject(input).fields.values()) {
    const meaning = inputMeaningOf(field);
    if (meaning?.kind === 'column') values.set(meaning.column.name, columnParameter(meaning.column, value));
  }
  return values;
}

/** A column's new value, in the column's own type. */
function columnParameter(column: Column, value: InputValue): Parameter {
  const sqlType = sqlTypeOf(column.type);
  if (value.kind === 'null') return { kind: 'parameter', source: { kind: 'literal', text: null }, sqlType };
  return operandParameter(value, encoderOf(column.type), itemEncoder(column), sqlType);
}

function itemEncoder(column: Column) {
  return column.type.element === 'json' || column.type.element === 'jsonb' ? encodeJson : encodeScalar;
}

function planOnConflict(context: PlanContext, table: TrackedTable, args: Arguments): OnConflictPlan | null {
  const input = args.get('on_conflict');
  const update = permissionsFor(context, table).update;
  if (!update || input === undefined || input.kind === 'null') return null;
  const fields = asObject(input).fields;
  const constraint = fields.get('constraint')?.value;
  if (constraint?.kind !== 'enum')
    throw new EngineError('validation-failed', "missing required field 'constraint'", { path: input.at });
  const updateColumns = readColumns(fields.get('update_columns')?.value);
  if (updateColumns.some((name) => !update.columns.has(name))) {
    throw new EngineError('validation-failed', 'erroneous column name', { path: input.at });
  }
  return {
    constraint: String(constraint.value),
    updateColumns,
    presets: updateColumns.length === 0 ? [] : presetList(update.presets),
    where: both(update.filter, planPredicate(context, fields.get('where')?.value)),
  };
}

function presetList(presets: Presets): { column: string; value: Parameter }[] {
  return [...presets].map(([column, value]) => ({ column, value }));
}

/** `update_<table>`, `update_<table>_by_pk`. */
export function planUpdate(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  byKey: boolean,
): UpdatePlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  const where = byKey
    ? planKey(asObject(args.get('pk_columns') as InputValue).fields.values())
    : planPredicate(context, args.get('where'));
  return updatePlan(
    context,
    table,
    field,
    args,
    where,
    byKey ? rowOutput(context, field) : responseOutput(context, field),
    `${field.path}.args`,
  );
}

/** `update_<table>_many`: each entry is an update of its own, under the same row filter. */
export function planUpdateMany(context: PlanContext, table: TrackedTable, field: TypedField): UpdatePlan[] {
  const args = readArguments(context, field.definition, field.node, field.path);
  return listItems(args.get('updates')).map((entry) => {
    const fields = new Map([...asObject(entry).fields].map(([name, part]) => [name, part.value]));
    const where = planPredicate(context, fields.get('where'));
    return updatePlan(context, table, field, fields, where, responseOutput(context, field), entry.at);
  });
}

function updatePlan(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  args: Arguments,
  where: Predicate,
  output: MutationOutput,
  path: string,
): UpdatePlan {
  const permission = permissionsFor(context, table).update;
  if (!permission) throw new EngineError('unexpected', `role cannot update "${table.displayName}"`);
  const assignments = planAssignments(args, permission.presets.size > 0, path);
  for (const [column, value] of permission.presets) assignments.push({ column, template: 'R', value });
  return {
    kind: 'update',
    key: field.key,
    path: field.path,
    table: nameOf(table),
    assignments,
    where: both(permission.filter, where),
    check: permission.check,
    output,
  };
}

interface UpdateOperator {
  readonly template: string;
  parameter(column: Column, value: InputValue): Parameter;
}

const textList = (_column: Column, value: InputValue): Parameter =>
  operandParameter(value, listEncoderOf(textType), encodeScalar, '"text"[]');

const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  _set: { template: 'R', parameter: columnParameter },
  _inc: { template: 'L + R', parameter: columnParameter },
  _append: { template: 'L || R', parameter: columnParameter },
  _prepend: { template: 'R || L', parameter: columnParameter },
  _delete_key: {
    template: 'L - R',
    parameter: (_column, value) => operandParameter(value, encodeScalar, encodeScalar, '"text"'),
  },
  _delete_elem: {
    template: 'L - R',
    parameter: (_column, value) => operandParameter(value, encodeScalar, encodeScalar, '"int4"'),
  },
  _delete_at_path: { template: 'L #- R', parameter: textList },
};

function planAssignments(args: Arguments, hasPresets: boolean, path: string): Assignment[] {
  const assignments: Assignment[] = [];
  const users = new Map<string, string[]>();
  let given = false;
  for (const [name, operator] of Object.entries(updateOperators)) {
    const input = args.get(name);
    if (input === undefined || input.kind === 'null') continue;
    given = true;
    for (const { field, value } of asObject(input).fields.values()) {
      const meaning = inputMeaningOf(field);
      if (meaning?.kind !== 'column') continue;
      assignments.push({
        column: meaning.column.name,
        template: operator.template,
        value: operator.parameter(meaning.column, value),
      });
      users.set(meaning.column.name, [...(users.get(meaning.column.name) ?? []), name]);
    }
  }
  const twice = [...users]
    .filter(([, operators]) => operators.length > 1)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  if (twice.length > 0) {
    const list = twice.map(([column, operators]) => `"${column}" in ${operators.join(', ')}`).join('. ');
    throw new EngineError('validation-failed', `column found in multiple operators; ${list}`, { path });
  }
  if (!given && !hasPresets) {
    const names = Object.keys(updateOperators)
      .map((name) => `\`${name}\``)
      .join(', ');
    throw new EngineError('validation-failed', `at least any one of ${names} operator is expected`, { path });
  }
  return assignments;
}

/** `delete_<table>`, `delete_<table>_by_pk`. */
export function planDelete(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  byKey: boolean,
): DeletePlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  const permission = permissionsFor(context, table).delete;
  if (!permission) throw new EngineError('unexpected', `role cannot delete from "${table.displayName}"`);
  const where = byKey ? planKeyArguments(field, args) : planPredicate(context, args.get('where'));
  return {
    kind: 'delete',
    key: field.key,
    path: field.path,
    table: nameOf(table),
    where: both(permission.filter, where),
    output: byKey ? rowOutput(context, field) : responseOutput(context, field),
  };
}

/** The primary key given as the arguments of a `_by_pk` field. */
export function planKeyArguments(field: TypedField, args: Arguments): Predicate {
  return planKey(
    field.definition.args.flatMap((argument) => {
      const value = args.get(argument.name);
      return value ? [{ field: argument, value }] : [];
    }),
  );
}

function planKey(
  entries: Iterable<{
    readonly field: { readonly extensions: Readonly<Record<string, unknown>> };
    readonly value: InputValue;
  }>,
): Predicate {
  const parts: Predicate[] = [];
  for (const { field, value } of entries) {
    const meaning = inputMeaningOf(field);
    if (meaning?.kind !== 'column') continue;
    const operand = columnParameter(meaning.column, value);
    const subject = columnSubject(toReadColumn(meaning));
    parts.push({ kind: 'compare', subject, castTo: null, template: 'L = R', operand });
  }
  return { kind: 'and', of: parts };
}

function rowOutput(context: PlanContext, field: TypedField): MutationOutput {
  return { kind: 'row', selection: planSelection(context, objectTypeOf(field), field.nodes, field.path) };
}

function responseOutput(context: PlanContext, field: TypedField): MutationOutput {
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
