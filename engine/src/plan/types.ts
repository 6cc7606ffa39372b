import type { GraphQLObjectType } from 'graphql';
import type { ActionMetadata } from '../metadata/types.ts';
import type {
  AggregateSubject,
  FunctionCall,
  JoinTarget,
  Parameter,
  ParameterSource,
  Predicate,
  ReadColumn,
} from '../predicate/types.ts';
import type { CollectedField } from '../request/collect-fields.ts';

/**
 * What to fetch, as plain data: between GraphQL and SQL. Permissions are already part of it, so the
 * SQL room never sees a role.
 */

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** Columns of two tables that a relationship joins. */
export interface ColumnPair {
  readonly from: string;
  readonly to: string;
}

/** The fields of one JSON object, in answer order. */
export type RowSelection = readonly SelectedField[];

/** A selected field under its key in the answer. */
export interface SelectedField {
  readonly key: string;
  readonly field: FieldPlan;
}

/** Where a field's value comes from. */
export type FieldPlan =
  | { readonly kind: 'typename'; readonly name: string }
  | {
      readonly kind: 'column';
      readonly name: string;
      /** Where the role sees the value; null: in every row. */
      readonly visibleWhen: Predicate | null;
      readonly asText: boolean;
      readonly jsonPath: Parameter | null;
    }
  | {
      readonly kind: 'computed';
      readonly call: FunctionCall;
      readonly visibleWhen: Predicate | null;
      readonly asText: boolean;
      readonly jsonPath: Parameter | null;
    }
  | { readonly kind: 'object'; readonly rows: RowsPlan; readonly mapping: readonly ColumnPair[] }
  | { readonly kind: 'array'; readonly rows: RowsPlan; readonly mapping: readonly ColumnPair[] }
  | {
      readonly kind: 'aggregate';
      readonly aggregate: AggregatePlan;
      readonly mapping: readonly ColumnPair[];
    };

/** Which rows of a table, in which order. */
export interface RangePlan {
  readonly table: TableName;
  /** Rows come out of this function instead of the table itself. */
  readonly call?: FunctionCall;
  readonly where: Predicate;
  readonly orderBy: readonly OrderItem[];
  readonly distinctOn: readonly ReadColumn[];
  readonly limit: LimitPlan;
  readonly offset: Parameter | number | null;
}

/** A client's limit and a permission's; the smaller one counts. */
export interface LimitPlan {
  readonly asked: Parameter | number | null;
  readonly maximum: number | null;
}

/** Rows of a table and what is selected of each. */
export interface RowsPlan {
  readonly range: RangePlan;
  readonly selection: RowSelection;
  /** What lists below lists may hold together; absent for no bound. */
  readonly budget?: RowBudget;
}

/** How much lists below lists may hold in one answer, all together. */
export interface RowBudget {
  readonly rows: number;
  readonly bytes: number;
  /** Whether several rows around may lead to the same rows: no key of theirs does it, or a function. */
  readonly isShared: boolean;
}

/** One item of an order. */
export interface OrderItem {
  readonly target: OrderTarget;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: 'FIRST' | 'LAST';
}

/** What is ordered by. */
export type OrderTarget =
  | { readonly kind: 'column'; readonly column: ReadColumn }
  | { readonly kind: 'computed'; readonly call: FunctionCall; readonly visibleWhen: Predicate | null }
  | {
      readonly kind: 'related';
      readonly from: JoinTarget;
      readonly where: Predicate;
      readonly target: OrderTarget;
    }
  | {
      readonly kind: 'aggregate';
      readonly from: JoinTarget;
      readonly where: Predicate;
      readonly aggregate: AggregateSubject;
    };

/** Aggregates over rows, and the rows themselves where they are selected. */
export interface AggregatePlan {
  readonly range: RangePlan;
  readonly fields: readonly AggregateField[];
  /** Columns that any aggregate reads. */
  readonly columns: readonly ReadColumn[];
}

/** A selected field of an aggregate. */
export type AggregateField =
  | { readonly kind: 'typename'; readonly key: string; readonly name: string }
  | { readonly kind: 'nodes'; readonly key: string; readonly rows: RowsPlan }
  | { readonly kind: 'values'; readonly key: string; readonly values: readonly AggregateValue[] };

/** What an aggregate's field computes. */
export type AggregateValue =
  | { readonly kind: 'typename'; readonly key: string; readonly name: string }
  | {
      readonly kind: 'count';
      readonly key: string;
      readonly columns: readonly ReadColumn[];
      readonly distinct: boolean;
    }
  | {
      readonly kind: 'function';
      readonly key: string;
      readonly function: string;
      readonly columns: readonly AggregatedColumn[];
    };

/** A column under an aggregate function. */
export interface AggregatedColumn {
  readonly key: string;
  /** Null for `__typename`, whose value is then `typename`. */
  readonly column: ReadColumn | null;
  readonly typename: string | null;
  readonly asText: boolean;
}

/** Rows handed out batch by batch, in the order of a column. */
export interface StreamPlan {
  /** The role's and the client's filters, and the size of a batch. */
  readonly rows: RowsPlan;
  readonly ordering: 'ASC' | 'DESC';
  readonly column: StreamColumn<ReadColumn>;
  /** Tells rows apart that share a value of the column, so that none is lost between two batches. */
  readonly key: readonly StreamColumn<string>[];
  /** Rows come after this value. */
  readonly initial: ParameterSource;
}

/** A column that a stream's cursor goes by. */
export interface StreamColumn<Column> {
  readonly column: Column;
  /** Spelled as SQL. */
  readonly sqlType: string;
}

/** One root field of a query, answered by its own column of the one statement. */
export type QueryRootPlan =
  | { readonly kind: 'rows'; readonly key: string; readonly rows: RowsPlan }
  | { readonly kind: 'row'; readonly key: string; readonly rows: RowsPlan }
  | { readonly kind: 'aggregate'; readonly key: string; readonly aggregate: AggregatePlan }
  | { readonly kind: 'stream'; readonly key: string; readonly stream: StreamPlan }
  | { readonly kind: 'typename'; readonly key: string; readonly name: string }
  | { readonly kind: 'introspection'; readonly key: string; readonly field: CollectedField }
  | ActionRootPlan;

/** A root field that Postgres answers. */
export type SqlRootPlan = Extract<QueryRootPlan, { kind: 'rows' | 'row' | 'aggregate' }>;

/** A root field that an action's handler answers. */
export interface ActionRootPlan {
  readonly kind: 'action';
  /** Call the handler and wait, leave it to the background, or look at what came of that. */
  readonly mode: 'call' | 'start' | 'result';
  readonly key: string;
  readonly action: ActionMetadata;
  readonly outputType: GraphQLObjectType | null;
  /** The field with its selection, planned against the handler's answer when it is there. */
  readonly field: CollectedField;
  readonly path: string;
}

/** What a mutation answers about the rows it changed. */
export type MutationOutput =
  | { readonly kind: 'row'; readonly selection: RowSelection }
  | { readonly kind: 'response'; readonly fields: readonly MutationResponseField[] };

/** A selected field of a mutation's answer. */
export type MutationResponseField =
  | { readonly kind: 'typename'; readonly key: string; readonly name: string }
  | { readonly kind: 'affected_rows'; readonly key: string }
  | { readonly kind: 'returning'; readonly key: string; readonly selection: RowSelection };

/** A column and the value that it gets. */
export type ColumnValue = Parameter | 'default';

/**
 * Rows of one table that one statement can write: the rows of the root field, or those that hang on
 * another level's rows by one relationship.
 */
export interface InsertLevel {
  /** Its place among the insert's levels, which is the order in which they run. */
  readonly id: number;
  readonly table: TableName;
  readonly columns: readonly string[];
  readonly rows: readonly InsertRow[];
  readonly onConflict: OnConflictPlan | null;
  readonly check: Predicate;
  /** Columns of the written rows that other levels take over. */
  readonly keys: readonly string[];
}

/** A row to insert, with the rows inserted through its relationships. */
export interface InsertRow {
  readonly values: readonly ColumnValue[];
  /** Where a mistake in this row is told. */
  readonly path: string;
  /** What a client is told when nothing was written here and other rows need it; null when none do. */
  readonly required: { readonly path: string; readonly message: string } | null;
}

/** One row of one level. */
export interface InsertStep {
  readonly level: number;
  readonly row: number;
}

/** An insert of rows into one table. */
export interface InsertPlan {
  readonly kind: 'insert';
  readonly key: string;
  readonly path: string;
  readonly levels: readonly InsertLevel[];
  /** The level of the root field's own rows. */
  readonly top: number;
  /** Every row after the ones it takes values from, object by object as the client wrote them. */
  readonly steps: readonly InsertStep[];
  /** Whether the order of rows decides what is left of them: upserts that meet in one table from several levels. */
  readonly isOrdered: boolean;
  readonly output: MutationOutput;
}

/** What becomes of a row that is there already. */
export interface OnConflictPlan {
  /** What Postgres infers the conflict from, as SQL that comes from its own catalog. */
  readonly target: string;
  readonly updateColumns: readonly string[];
  readonly presets: readonly { readonly column: string; readonly value: Parameter }[];
  readonly where: Predicate;
  /** What a row must fulfil that was updated instead of inserted; null: the same as an inserted one. */
  readonly check: Predicate | null;
}

/** How one column changes; `L` in the template is the column, `R` the parameter. */
export interface Assignment {
  readonly column: string;
  readonly template: string;
  readonly value: Parameter;
}

/** An update. */
export interface UpdatePlan {
  readonly kind: 'update';
  readonly key: string;
  readonly path: string;
  readonly table: TableName;
  readonly assignments: readonly Assignment[];
  readonly where: Predicate;
  readonly check: Predicate;
  readonly output: MutationOutput;
}

/** A delete. */
export interface DeletePlan {
  readonly kind: 'delete';
  readonly key: string;
  readonly path: string;
  readonly table: TableName;
  readonly where: Predicate;
  readonly output: MutationOutput;
}

/** A change of rows that are there. */
export type ChangePlan = UpdatePlan | DeletePlan;

/** A root field that writes. */
export type WritePlan = InsertPlan | ChangePlan;

/** One root field of a mutation. */
export type MutationRootPlan =
  | { readonly kind: 'write'; readonly key: string; readonly write: WritePlan }
  /** `update_<table>_many`: several updates whose answers make a list. */
  | { readonly kind: 'writes'; readonly key: string; readonly writes: readonly UpdatePlan[] }
  | { readonly kind: 'typename'; readonly key: string; readonly name: string }
  /** A volatile function: a select that writes. */
  | { readonly kind: 'select'; readonly key: string; readonly select: SqlRootPlan }
  | ActionRootPlan;
