import type { Parameter, Predicate } from '../predicate/types.ts';

/** What a role may do with a table, with every filter read and every column resolved. */
export interface ResolvedPermissions {
  readonly select?: ResolvedSelect;
  readonly insert?: ResolvedInsert;
  readonly update?: ResolvedUpdate;
  readonly delete?: ResolvedDelete;
}

export interface ResolvedSelect {
  /** The columns it may read, each with what a row must fit for its value to show; null: every row. */
  readonly columns: ReadonlyMap<string, Predicate | null>;
  /** The same for scalar computed fields; those that return rows follow the rows' own permissions. */
  readonly computedFields: ReadonlyMap<string, Predicate | null>;
  readonly filter: Predicate;
  readonly limit: number | null;
  readonly allowAggregations: boolean;
  /** Null: all of them. */
  readonly queryRootFields: ReadonlySet<string> | null;
  readonly subscriptionRootFields: ReadonlySet<string> | null;
}

/** Columns that the engine fills in itself. */
export type Presets = ReadonlyMap<string, Parameter>;

export interface ResolvedInsert {
  readonly columns: ReadonlySet<string>;
  readonly check: Predicate;
  readonly presets: Presets;
  readonly backendOnly: boolean;
}

export interface ResolvedUpdate {
  readonly columns: ReadonlySet<string>;
  readonly filter: Predicate;
  /** Null where the permission names none. */
  readonly check: Predicate | null;
  readonly presets: Presets;
  readonly backendOnly: boolean;
}

export interface ResolvedDelete {
  readonly filter: Predicate;
  readonly backendOnly: boolean;
}

export type RolePermissions = ReadonlyMap<string, ResolvedPermissions>;
