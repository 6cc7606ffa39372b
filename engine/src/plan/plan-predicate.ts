import { type CatalogType, textType } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { encodeJson, encoderOf, encodeScalar, listEncoderOf } from '../predicate/encode.ts';
import type { ComparisonOperator } from '../predicate/operators.ts';
import { sqlListTypeOf, sqlTypeOf } from '../predicate/sql-type.ts';
import {
  always,
  both,
  type Encoder,
  type Parameter,
  type ParameterSource,
  type Predicate,
  type ReadColumn,
} from '../predicate/types.ts';
import type { InputValue, ObjectInput } from '../request/input-value.ts';
import { type ColumnMeaning, inputMeaningOf, toReadColumn } from '../schema/meaning.ts';
import type { TrackedTable } from '../source/types.ts';
import { type PlanContext, selectPermission, toParameter } from './context.ts';

/** Reads a `bool_exp`; absent and null mean all rows. */
export function planPredicate(context: PlanContext, input: InputValue | undefined): Predicate {
  if (input === undefined || input.kind === 'null') return always;
  return planBoolExp(context, asObject(input));
}

function planBoolExp(context: PlanContext, input: ObjectInput): Predicate {
  const parts: Predicate[] = [];
  for (const [name, { field, value }] of input.fields) {
    const meaning = inputMeaningOf(field);
    if (meaning?.kind === 'column') parts.push(planComparisons(context, meaning, value));
    else if (meaning?.kind === 'relationship')
      parts.push(planRelated(context, meaning.relationship.mapping, meaning.table, value));
    else if (name === '_and') parts.push({ kind: 'and', of: planList(context, value) });
    else if (name === '_or') parts.push({ kind: 'or', of: planList(context, value) });
    else if (value.kind !== 'null') parts.push({ kind: 'not', of: planBoolExp(context, asObject(value)) });
  }
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function planList(context: PlanContext, value: InputValue): Predicate[] {
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.map((item) => planBoolExp(context, asObject(item)));
}

/** Rows the role may not see never count, not even for filtering. */
function planRelated(
  context: PlanContext,
  mapping: readonly { readonly from: string; readonly to: string }[],
  table: TrackedTable,
  value: InputValue,
): Predicate {
  if (value.kind === 'null') return always;
  const where = both(selectPermission(context, table).filter, planBoolExp(context, asObject(value)));
  return {
    kind: 'related',
    target: { schema: table.catalog.schema, name: table.catalog.name, mapping },
    where,
  };
}

function planComparisons(context: PlanContext, meaning: ColumnMeaning, value: InputValue): Predicate {
  if (value.kind === 'null') return always;
  const parts = comparisons(context, toReadColumn(meaning), meaning.column.type, null, asObject(value));
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function comparisons(
  context: PlanContext,
  column: ReadColumn,
  type: CatalogType,
  castTo: string | null,
  input: ObjectInput,
): Predicate[] {
  const parts: Predicate[] = [];
  for (const [name, { field, value }] of input.fields) {
    const meaning = inputMeaningOf(field);
    if (value.kind === 'null') {
      throw new EngineError('validation-failed', `unexpected null value for type "${String(field.type)}"`, {
        path: value.at,
      });
    }
    if (meaning?.kind === 'operator') {
      const operand = planOperand(meaning.operator, type, value);
      parts.push({ kind: 'compare', column, castTo, template: meaning.operator.template, operand });
    } else if (name === '_is_null') {
      parts.push({ kind: 'null', column, isNull: value.kind === 'scalar' && value.value === true });
    } else if (name === '_cast') {
      for (const cast of asObject(value).fields.values()) {
        if (cast.value.kind !== 'null')
          parts.push(...comparisons(context, column, textType, 'text', asObject(cast.value)));
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

/** One parameter whatever the list's length; a literal list with variables in it is put together per request. */
export function operandParameter(
  value: InputValue,
  encodeWhole: Encoder,
  encodeItem: Encoder,
  sqlType: string,
): Parameter {
  if (value.kind === 'scalar') return toParameter(value, encodeWhole, sqlType);
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

export function asObject(input: InputValue): ObjectInput {
  if (input.kind !== 'object') {
    throw new EngineError('validation-failed', 'expected an object, but found null', { path: input.at });
  }
  return input;
}
