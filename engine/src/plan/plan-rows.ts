import type { FieldNode, GraphQLObjectType } from 'graphql';
import { EngineError } from '../errors.ts';
import type { FunctionCall, Parameter } from '../predicate/types.ts';
import { meaningOf } from '../schema/meaning.ts';
import type { FunctionSignature, TrackedTable } from '../source/types.ts';
import {
  type Arguments,
  collectTyped,
  leavesAsText,
  objectTypeOf,
  type PlanContext,
  readArguments,
  selectPermission,
  type TypedField,
  toParameter,
} from './context.ts';
import { readJsonPath } from './json-path.ts';
import { planAggregateFields } from './plan-aggregate.ts';
import { planCall } from './plan-function.ts';
import { planRange } from './plan-range.ts';
import type { AggregatePlan, ColumnPair, FieldPlan, RowBudget, RowSelection, RowsPlan } from './types.ts';

/** A list of rows with its arguments and selection. */
export function planRows(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  signature?: FunctionSignature,
  mapping: readonly ColumnPair[] = [],
): RowsPlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  return {
    range: { ...planRange(context, table, args, field.path, true), ...callOf(signature, args, field.path) },
    selection: planSelection(context, objectTypeOf(field), field.nodes, field.path),
    ...budgetOf(context, !followsKey(table, mapping)),
  };
}

function budgetOf({ bounds }: PlanContext, isShared: boolean): { budget?: RowBudget } {
  const { answerRows: rows, answerBytes: bytes } = bounds;
  return Number.isFinite(rows) || Number.isFinite(bytes) ? { budget: { rows, bytes, isShared } } : {};
}

/** A foreign key leads from each row to one row at most: then no two of those have the same rows. */
function followsKey({ catalog }: TrackedTable, mapping: readonly ColumnPair[]): boolean {
  return catalog.foreignKeys.some(
    ({ columns, refColumns }) =>
      columns.length === mapping.length &&
      mapping.every(({ from, to }) =>
        columns.some((name, index) => name === to && refColumns[index] === from),
      ),
  );
}

/** The one row at the other end of an object relationship. */
export function planRelatedRow(context: PlanContext, table: TrackedTable, field: TypedField): RowsPlan {
  return {
    range: {
      table: { schema: table.catalog.schema, name: table.catalog.name },
      where: selectPermission(context, table).filter,
      orderBy: [],
      distinctOn: [],
      limit: { asked: null, maximum: null },
      offset: null,
    },
    selection: planSelection(context, objectTypeOf(field), field.nodes, field.path),
  };
}

/** The columns and relationships asked of a row. */
export function planSelection(
  context: PlanContext,
  type: GraphQLObjectType,
  parents: readonly FieldNode[],
  path: string,
): RowSelection {
  return collectTyped(context, type, parents, path).map((field) => ({
    key: field.key,
    field: 'typename' in field ? { kind: 'typename', name: field.typename } : planField(context, field),
  }));
}

function planField(context: PlanContext, field: TypedField): FieldPlan {
  const meaning = meaningOf(field.definition);
  switch (meaning?.kind) {
    case 'column': {
      const args = readArguments(context, field.definition, field.node, field.path);
      const { column, visibleWhen } = meaning;
      const asText = leavesAsText(context, column.type.name);
      return { kind: 'column', name: column.name, visibleWhen, asText, jsonPath: jsonPathOf(args) };
    }
    case 'computed_field': {
      const { field: computed, table, visibleWhen } = meaning;
      if (table)
        return { kind: 'array', rows: planRows(context, table, field, computed.signature), mapping: [] };
      const args = readArguments(context, field.definition, field.node, field.path);
      const call = planCall(computed.signature, args, field.path);
      const type = computed.result.kind === 'scalar' ? computed.result.type.name : '';
      return {
        kind: 'computed',
        call,
        visibleWhen,
        asText: leavesAsText(context, type),
        jsonPath: jsonPathOf(args),
      };
    }
    case 'relationship': {
      const { relationship, table } = meaning;
      if (relationship.kind === 'array')
        return {
          kind: 'array',
          rows: planRows(context, table, field, undefined, relationship.mapping),
          mapping: relationship.mapping,
        };
      readArguments(context, field.definition, field.node, field.path);
      return { kind: 'object', rows: planRelatedRow(context, table, field), mapping: relationship.mapping };
    }
    case 'relationship_aggregate':
      return {
        kind: 'aggregate',
        aggregate: planAggregate(context, meaning.table, field),
        mapping: meaning.relationship.mapping,
      };
    default:
      throw new EngineError('unexpected', `cannot plan field "${field.name}"`, { path: field.path });
  }
}

function jsonPathOf(args: Arguments): Parameter | null {
  const input = args.get('path');
  if (input?.kind !== 'scalar') return null;
  return toParameter(input, (value) => readJsonPath(String(value), input.at), '"text"[]');
}

function callOf(
  signature: FunctionSignature | undefined,
  args: Arguments,
  path: string,
): { call?: FunctionCall } {
  return signature ? { call: planCall(signature, args, path) } : {};
}

/** `<table>_aggregate`: the aggregates over all the rows, the nodes limited as rows are. */
export function planAggregate(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  signature?: FunctionSignature,
): AggregatePlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  const call = callOf(signature, args, field.path);
  const nodes = (inner: TypedField): RowsPlan => ({
    range: { ...planRange(context, table, args, field.path, true), ...call },
    selection: planSelection(context, objectTypeOf(inner), inner.nodes, inner.path),
    ...budgetOf(context, true),
  });
  const { fields, columns } = planAggregateFields(context, table, field, nodes);
  return { range: { ...planRange(context, table, args, field.path, false), ...call }, fields, columns };
}
