import type { Parameter, Predicate } from '../predicate/types.ts';

/** What a role may do with a table, with every filter read and every column resolved. */
export interface ResolvedPermissions {
  readonly select?: ResolvedSelect;
  readonly insert?: ResolvedInsert;
  readonly update?: ResolvedUpdate;
  readonly delete?: ResolvedDelete;
}

/** What a role may read of a table. */
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

/** What a role may insert into a table. */
export interface ResolvedInsert {
  readonly columns: ReadonlySet<string>;
  readonly check: Predicate;
  readonly presets: Presets;
  readonly backendOnly: boolean;
}

/** What a role may update in a table. */
export interface ResolvedUpdate {
  readonly columns: ReadonlySet<string>;
  readonly filter: Predicate;
  /** Null where the permission names none. */
  readonly check: Predicate | null;
  readonly presets: Presets;
  readonly backendOnly: boolean;
}

/** What a role may delete from a table. */
export interface ResolvedDelete {
  readonly filter: Predicate;
  readonly backendOnly: boolean;
}

/** A role's permissions by the key of the table. */
export type RolePermissions = ReadonlyMap<string, ResolvedPermissions>;
