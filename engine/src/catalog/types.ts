/**
 * What Postgres reports about itself, as plain values. Nothing here knows of Hasura metadata.
 */

/** Kinds of relation that can be tracked. */
export type RelationKind = 'table' | 'view' | 'materialized view' | 'foreign table' | 'partitioned table';

/** A Postgres type. */
export interface CatalogType {
  /** Postgres' internal type name (`int4`, `timestamptz`, `_text` for arrays); domains are resolved to their base. */
  readonly name: string;
  readonly schema: string;
  /** Element type name when this is an array. */
  readonly element: string | null;
  readonly elementSchema: string | null;
  readonly kind: 'base' | 'enum' | 'composite' | 'range' | 'pseudo';
}

function baseType(name: string): CatalogType {
  return Object.freeze({ name, schema: 'pg_catalog', element: null, elementSchema: null, kind: 'base' });
}

/** Postgres' `text`, where a value is one whatever the column: keys of jsonb, casts, paths. */
export const textType = baseType('text');
/** What aggregate predicates compare: counts, `bool_and` and `bool_or`, statistics. */
export const integerType = baseType('int4');
/** `boolean`, where the engine makes a value itself. */
export const booleanType = baseType('bool');
/** `double precision`, where the engine makes a value itself. */
export const doubleType = baseType('float8');

/** A column as Postgres knows it. */
export interface CatalogColumn {
  readonly name: string;
  readonly position: number;
  readonly type: CatalogType;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** `generated always as (…)` or `generated always as identity`: nobody may write it. */
  readonly isGenerated: boolean;
  readonly comment: string | null;
  /** The texts that a check such as `status in ('new', 'done')` admits; none where there is no such check. */
  readonly choices: readonly string[];
}

/** A primary key or unique constraint. */
export interface CatalogKey {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A unique index that no constraint stands for. */
export interface CatalogUniqueIndex extends CatalogKey {
  /** What `ON CONFLICT` names it by, as SQL: its columns and expressions, and the rows that it holds. */
  readonly target: string;
}

/** A foreign key. */
export interface CatalogForeignKey extends CatalogKey {
  readonly refSchema: string;
  readonly refTable: string;
  readonly refColumns: readonly string[];
}

/** A table or view with its columns and keys. */
export interface CatalogTable {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly comment: string | null;
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: CatalogKey | null;
  readonly uniqueKeys: readonly CatalogKey[];
  readonly uniqueIndexes: readonly CatalogUniqueIndex[];
  readonly foreignKeys: readonly CatalogForeignKey[];
  readonly checkConstraints: readonly string[];
  readonly isInsertable: boolean;
  readonly isUpdatable: boolean;
  readonly isDeletable: boolean;
}

/** An input argument of a function. */
export interface CatalogFunctionArgument {
  /** Null for an unnamed argument. */
  readonly name: string | null;
  readonly type: CatalogType;
  readonly hasDefault: boolean;
}

/** A function as Postgres knows it. */
export interface CatalogFunction {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly volatility: 'volatile' | 'stable' | 'immutable';
  readonly isVariadic: boolean;
  readonly returnsSet: boolean;
  readonly isAggregateOrWindow: boolean;
  readonly returnType: CatalogType;
  /** Input arguments, in order. */
  readonly args: readonly CatalogFunctionArgument[];
  readonly comment: string | null;
}

/** What Postgres says of itself: everything that could be tracked. */
export interface Catalog {
  /** Differs between two readings exactly when something in them does. */
  readonly fingerprint: string;
  /** By `schema.name` as {@link catalogKey} makes it. */
  readonly tables: ReadonlyMap<string, CatalogTable>;
  /** Overloads share an entry. */
  readonly functions: ReadonlyMap<string, readonly CatalogFunction[]>;
}

/** One unambiguous key for a qualified name, whatever characters it holds. */
export function catalogKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
