import { textType } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { encodeScalar, listEncoderOf } from '../predicate/encode.ts';
import { always, both, columnSubject, type Parameter, type Predicate } from '../predicate/types.ts';
import type { InputValue } from '../request/input-value.ts';
import { inputMeaningOf, toReadColumn } from '../schema/meaning.ts';
import type { Column, TrackedTable } from '../source/types.ts';
import { columnParameter, listItems, requireValue, tableName } from './column-parameter.ts';
import {
  type Arguments,
  type PlanContext,
  permissionsFor,
  readArguments,
  type TypedField,
} from './context.ts';
import { responseOutput, rowOutput } from './mutation-output.ts';
import { asObject, operandParameter, planPredicate } from './plan-predicate.ts';
import type { Assignment, DeletePlan, MutationOutput, UpdatePlan } from './types.ts';

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
    table: tableName(table),
    assignments,
    where: both(permission.filter, where),
    check: permission.check ?? always,
    output,
  };
}

interface UpdateOperator {
  readonly template: string;
  takesNull(column: Column): boolean;
  parameter(column: Column, value: InputValue): Parameter;
}

const textList = (_column: Column, value: InputValue): Parameter =>
  operandParameter(value, listEncoderOf(textType), encodeScalar, '"text"[]');

const isNullable = (column: Column): boolean => column.isNullable;

const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  _set: { template: 'R', takesNull: isNullable, parameter: columnParameter },
  _inc: { template: 'L + R', takesNull: isNullable, parameter: columnParameter },
  _append: { template: 'L || R', takesNull: isNullable, parameter: columnParameter },
  _prepend: { template: 'R || L', takesNull: isNullable, parameter: columnParameter },
  _delete_key: {
    template: 'L - R',
    takesNull: () => true,
    parameter: (_column, value) => operandParameter(value, encodeScalar, encodeScalar, '"text"'),
  },
  _delete_elem: {
    template: 'L - R',
    takesNull: () => false,
    parameter: (_column, value) => operandParameter(value, encodeScalar, encodeScalar, '"int4"'),
  },
  _delete_at_path: { template: 'L #- R', takesNull: () => false, parameter: textList },
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
      if (!operator.takesNull(meaning.column)) requireValue(field, value);
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
    table: tableName(table),
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
