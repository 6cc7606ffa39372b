import type { GraphQLOutputType } from 'graphql';
import type { ActionMetadata } from '../metadata/types.ts';
import type { AggregatePredicate } from '../predicate/aggregate-predicates.ts';
import type { ComparisonOperator } from '../predicate/operators.ts';
import type { Predicate, ReadColumn } from '../predicate/types.ts';
import type {
  Column,
  ComputedField,
  FunctionParameter,
  Relationship,
  TrackedFunction,
  TrackedTable,
} from '../source/types.ts';

/** A column: read under the role's permission, or, in inputs of writes, given a value. */
export interface ColumnMeaning {
  readonly kind: 'column';
  readonly column: Column;
  /** Where the role sees the value; null: in every row. */
  readonly visibleWhen: Predicate | null;
}

/**
 * What a generated field stands for. The schema builder hangs one on each field it makes, and the
 * planner reads it back: so the planner can only ever reach what the role's schema holds.
 */
export type FieldMeaning =
  | { readonly kind: 'select'; readonly table: TrackedTable }
  | { readonly kind: 'select_by_pk'; readonly table: TrackedTable }
  | { readonly kind: 'select_aggregate'; readonly table: TrackedTable }
  | { readonly kind: 'select_stream'; readonly table: TrackedTable }
  | { readonly kind: 'insert'; readonly table: TrackedTable; readonly single: boolean }
  | { readonly kind: 'update'; readonly table: TrackedTable }
  | { readonly kind: 'update_by_pk'; readonly table: TrackedTable }
  | { readonly kind: 'update_many'; readonly table: TrackedTable }
  | { readonly kind: 'delete'; readonly table: TrackedTable }
  | { readonly kind: 'delete_by_pk'; readonly table: TrackedTable }
  | {
      readonly kind: 'function';
      readonly function: TrackedFunction;
      readonly table: TrackedTable;
      readonly answers: 'rows' | 'row' | 'aggregate';
    }
  /** An action, with what its handler answers: of a scalar the field shows less. */
  | { readonly kind: 'action'; readonly action: ActionMetadata; readonly output: GraphQLOutputType }
  | ColumnMeaning
  | {
      readonly kind: 'computed_field';
      readonly field: ComputedField;
      readonly table: TrackedTable | null;
      /** For scalar ones: where the role sees the value; null: in every row. */
      readonly visibleWhen: Predicate | null;
    }
  /** Starts an asynchronous action; answers its id. */
  | { readonly kind: 'async_action'; readonly action: ActionMetadata }
  /** What has become of an asynchronous action. */
  | { readonly kind: 'async_action_result'; readonly action: ActionMetadata }
  /** Its output, with the type as the action declares it; until there is one the field is null. */
  | { readonly kind: 'async_action_output'; readonly type: GraphQLOutputType }
  | { readonly kind: 'relationship'; readonly relationship: Relationship; readonly table: TrackedTable }
  | {
      readonly kind: 'relationship_aggregate';
      readonly relationship: Relationship;
      readonly table: TrackedTable;
    }
  /** A field of an action's output that leads to table rows. */
  | {
      readonly kind: 'action_relationship';
      readonly cardinality: 'object' | 'array' | 'aggregate';
      readonly table: TrackedTable;
      /** Output field to column. */
      readonly mapping: readonly { readonly from: string; readonly to: string }[];
    }
  | { readonly kind: 'action_output' };

/** What a generated input field stands for. */
export type InputMeaning =
  | ColumnMeaning
  | { readonly kind: 'relationship'; readonly relationship: Relationship; readonly table: TrackedTable }
  | { readonly kind: 'aggregate'; readonly relationship: Relationship; readonly table: TrackedTable }
  /** A computed field without arguments; `table` is the table of its rows, null for a value. */
  | {
      readonly kind: 'computed_field';
      readonly field: ComputedField;
      readonly table: TrackedTable | null;
      /** For scalar ones: where the role sees the value; null: in every row. */
      readonly visibleWhen: Predicate | null;
    }
  | { readonly kind: 'function_argument'; readonly parameter: Extract<FunctionParameter, { kind: 'input' }> }
  /** How many rows: never negative; of 64 bits, also as a text of digits. */
  | { readonly kind: 'row_count'; readonly bits: 32 | 64 }
  | { readonly kind: 'aggregate_predicate'; readonly operator: AggregatePredicate }
  | { readonly kind: 'operator'; readonly operator: ComparisonOperator };

/** The column as filters, orders and aggregates read it. */
export function toReadColumn({ column, visibleWhen }: ColumnMeaning): ReadColumn {
  return { name: column.name, visibleWhen };
}

interface Carrier {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Hangs a meaning on a field's configuration. */
export function meaning<M extends FieldMeaning | InputMeaning>(value: M): { engine: M } {
  return { engine: value };
}

/** Reads it back; undefined on fields that the planner knows by name (`aggregate`, `returning`, …). */
export function meaningOf(field: Carrier): FieldMeaning | undefined {
  return field.extensions.engine as FieldMeaning | undefined;
}

/** The same for input fields. */
export function inputMeaningOf(field: Carrier): InputMeaning | undefined {
  return field.extensions.engine as InputMeaning | undefined;
}

/** Marks the types that filters are written in, whose fields count as conditions. */
export const filterType = { filter: true } as const;

/** Whether a type is one of those. */
export function isFilterType(type: Carrier): boolean {
  return type.extensions.filter === true;
}

/** The name by which the planner knows a field, an argument or an input field, whatever the source calls it. */
export function canonicalName(field: Carrier & { readonly name: string }): string {
  return (field.extensions.canonical as string | undefined) ?? field.name;
}
