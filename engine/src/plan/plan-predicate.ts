import { type CatalogType, textType } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { encodeJson, encoderOf, encodeScalar, listEncoderOf } from '../predicate/encode.ts';
import { callOnRow, joinOver } from '../predicate/join.ts';
import type { ComparisonOperator } from '../predicate/operators.ts';
import { sqlListTypeOf, sqlTypeOf } from '../predicate/sql-type.ts';
import {
  always,
  both,
  type ChoiceOperand,
  columnSubject,
  type Encoder,
  type JoinTarget,
  type Parameter,
  type ParameterSource,
  type Predicate,
  type Subject,
} from '../predicate/types.ts';
import { type InputValue, type ObjectInput, scalarCheckOf, unexpectedNull } from '../request/input-value.ts';
import { type InputMeaning, inputMeaningOf, toReadColumn } from '../schema/meaning.ts';
import type { TrackedTable } from '../source/types.ts';
import { type PlanContext, readColumnOf, selectPermission, toParameter } from './context.ts';

/** Reads a `bool_exp`; absent and null mean all rows. */
export function planPredicate(context: PlanContext, input: InputValue | undefined): Predicate {
  if (input === undefined || input.kind === 'null') return always;
  return planBoolExp(context, asObject(input));
}

function planBoolExp(context: PlanContext, input: ObjectInput): Predicate {
  const parts: Predicate[] = [];
  for (const [name, { field, value }] of input.fields) {
    const meaning = inputMeaningOf(field);
    // Never all rows for the want of a value: a null here is a mistake, as in the reference, unless its own switch
    // for projects of version 1 says otherwise.
    if (value.kind === 'null') {
      if (context.roleSchema.collapsesNulls) continue;
      throw unexpectedNull(field.type, value.at, scalarCheckOf(field));
    }
    if (meaning?.kind === 'column')
      parts.push(
        planComparisons(
          context,
          columnSubject(toReadColumn(meaning)),
          meaning.column.type,
          value,
          meaning.column.choices,
        ),
      );
    else if (meaning?.kind === 'relationship')
      parts.push(
        planRelated(context, joinOver(meaning.table, meaning.relationship.mapping), meaning.table, value),
      );
    else if (meaning?.kind === 'aggregate')
      parts.push(planAggregated(context, meaning.relationship.mapping, meaning.table, value));
    else if (meaning?.kind === 'computed_field') parts.push(planComputedField(context, meaning, value));
    else if (name === '_and') parts.push({ kind: 'and', of: planList(context, value) });
    else if (name === '_or') parts.push({ kind: 'or', of: planList(context, value) });
    else parts.push({ kind: 'not', of: planBoolExp(context, asObject(value)) });
  }
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function planList(context: PlanContext, value: InputValue): Predicate[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.map((item) => planBoolExp(context, asObject(item)));
}

/** Rows the role may not see never count, not even for filtering. */
function planRelated(
  context: PlanContext,
  target: JoinTarget,
  table: TrackedTable,
  value: InputValue,
): Predicate {
  const where = both(selectPermission(context, table).filter, planBoolExp(context, asObject(value)));
  return { kind: 'related', target, where };
}

function planComputedField(
  context: PlanContext,
  { field, table, visibleWhen }: Extract<InputMeaning, { kind: 'computed_field' }>,
  value: InputValue,
): Predicate {
  const call = callOnRow(field.signature);
  if (table) return planRelated(context, joinOver(table, [], call), table, value);
  if (field.result.kind !== 'scalar') throw new Error(`computed field "${field.name}" is no value`);
  return planComparisons(context, { kind: 'computed', call, visibleWhen }, field.result.type, value);
}

/** `<relationship>_aggregate: {count: {…}, bool_and: {…}}`: every aggregate over its own choice of visible rows. */
function planAggregated(
  context: PlanContext,
  mapping: JoinTarget['mapping'],
  table: TrackedTable,
  value: InputValue,
): Predicate {
  const parts: Predicate[] = [];
  for (const { field, value: part } of asObject(value).fields.values()) {
    const meaning = inputMeaningOf(field);
    if (meaning?.kind !== 'aggregate_predicate' || part.kind === 'null') continue;
    const { fields } = asObject(part);
    const given = (name: string): InputValue | undefined => fields.get(name)?.value;
    const distinct = given('distinct');
    const subject: Subject = {
      kind: 'aggregate',
      function: meaning.operator.name,
      columns: readArgumentColumns(given('arguments')).map((name) => readColumnOf(context, table, name)),
      distinct: distinct?.kind === 'scalar' && distinct.value === true,
    };
    const predicate = given('predicate');
    parts.push({
      kind: 'aggregated',
      target: joinOver(table, mapping),
      where: both(selectPermission(context, table).filter, planPredicate(context, given('filter'))),
      test: predicate ? planComparisons(context, subject, meaning.operator.result, predicate) : always,
    });
  }
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

/** The columns under an aggregate: a list, a single one, or `{X, Y}`. */
function readArgumentColumns(input: InputValue | undefined): string[] {
  if (input?.kind === 'object')
    return ['X', 'Y'].flatMap((name) => readArgumentColumns(input.fields.get(name)?.value));
  if (input?.kind === 'list') return input.items.flatMap(readArgumentColumns);
  return input?.kind === 'enum' ? [String(input.value)] : [];
}

function planComparisons(
  context: PlanContext,
  subject: Subject,
  type: CatalogType,
  value: InputValue,
  choices: readonly string[] = [],
): Predicate {
  const parts = comparisons(context, subject, type, null, asObject(value), choices);
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function comparisons(
  context: PlanContext,
  subject: Subject,
  type: CatalogType,
  castTo: string | null,
  input: ObjectInput,
  choices: readonly string[] = [],
): Predicate[] {
  const parts: Predicate[] = [];
  for (const [name, { field, value }] of input.fields) {
    const meaning = inputMeaningOf(field);
    if (value.kind === 'null') {
      if (context.roleSchema.collapsesNulls) continue;
      throw unexpectedNull(field.type, value.at, scalarCheckOf(field));
    }
    if (meaning?.kind === 'operator') {
      context.input.budget.checkOperator(meaning.operator.name, value.at);
      const parameter = planOperand(meaning.operator, type, value);
      const operand = pickChoice(parameter, meaning.operator, choices) ?? parameter;
      parts.push({ kind: 'compare', subject, castTo, template: meaning.operator.template, operand });
    } else if (name === '_is_null') {
      parts.push({ kind: 'null', subject, isNull: value.kind === 'scalar' && value.value === true });
    } else if (name === '_cast') {
      for (const cast of asObject(value).fields.values()) {
        parts.push(...comparisons(context, subject, textType, 'text', asObject(cast.value)));
      }
    }
  }
  return parts;
}

function planOperand(operator: ComparisonOperator, type: CatalogType, value: InputValue): Parameter {
  const shape = operator.operand;
  if (shape === 'same') return operandParameter(value, encoderOf(type), encoderOf(type), sqlTypeOf(type));
  if (shape === 'list')
    return operandParameter(value, listEncoderOf(type), encoderOf(type), sqlListTypeOf(type));
  if (shape === 'text') return operandParameter(value, encodeScalar, encodeScalar, '"text"');
  if (shape === 'text-list')
    return operandParameter(value, listEncoderOf(textType), encodeScalar, '"text"[]');
  if (shape === 'jsonb') return operandParameter(value, encodeJson, encodeJson, '"jsonb"');
  if ('type' in shape) return operandParameter(value, encodeScalar, encodeScalar, shape.type);
  return operandParameter(value, listEncoderOf(textType), encodeScalar, `${shape.listOf}[]`);
}

/** Values of the document that the column's own definition names too, as that names them. */
function pickChoice(
  { source, sqlType }: Parameter,
  { operand }: ComparisonOperator,
  choices: readonly string[],
): ChoiceOperand | undefined {
  if (choices.length === 0 || (operand !== 'same' && operand !== 'list')) return undefined;
  const sources = source.kind === 'list' ? source.items : [source];
  const texts = sources.flatMap((one) =>
    one.kind === 'literal' ? choices.filter((choice) => choice === one.text) : [],
  );
  // The first that is a variable, or no such value, and all stay parameters.
  if (texts.length !== sources.length || texts.length === 0) return undefined;
  return { kind: 'choice', texts, isList: operand === 'list', sqlType };
}

/** One parameter whatever the list's length; a literal list with variables in it is put together per request. */
export function operandParameter(
  value: InputValue,
  encodeWhole: Encoder,
  encodeItem: Encoder,
  sqlType: string,
): Parameter {
  if (value.kind === 'scalar') return toParameter(value, encodeWhole, sqlType);
  if (value.kind === 'null') return { kind: 'parameter', source: { kind: 'literal', text: null }, sqlType };
  if (value.kind === 'enum')
    return { kind: 'parameter', source: { kind: 'literal', text: String(value.value) }, sqlType };
  if (value.kind === 'list')
    return {
      kind: 'parameter',
      source: { kind: 'list', items: value.items.map((item) => itemSource(item, encodeItem)) },
      sqlType,
    };
  throw new EngineError('unexpected', 'an object cannot be compared', { path: value.at });
}

function itemSource(item: InputValue, encode: Encoder): ParameterSource {
  if (item.kind === 'scalar') return toParameter(item, encode, '').source;
  if (item.kind === 'enum') return { kind: 'literal', text: String(item.value) };
  if (item.kind === 'null') return { kind: 'literal', text: null };
  throw new EngineError('unexpected', 'a list of lists cannot be compared', { path: item.at });
}

/** An input that has to be an object; refuses null. */
export function asObject(input: InputValue): ObjectInput {
  if (input.kind !== 'object') {
    throw new EngineError('validation-failed', 'expected an object, but found null', { path: input.at });
  }
  return input;
}
