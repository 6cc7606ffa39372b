import type { EnumValue } from '../catalog/enum-values.ts';
import type { CatalogTable, CatalogType } from '../catalog/types.ts';
import type {
  ActionMetadata,
  CustomTypesMetadata,
  DeletePermission,
  InsertPermission,
  SelectPermission,
  UpdatePermission,
} from '../metadata/types.ts';
import type { NamePart, Naming } from './naming.ts';

/** Metadata joined to the catalog: what the engine serves, with every name resolved. */
export interface Source {
  readonly name: string;
  /** Tracked tables by catalog key, in metadata order. */
  readonly tables: ReadonlyMap<string, TrackedTable>;
  readonly functions: readonly TrackedFunction[];
  /** Values of the enum tables by catalog key. */
  readonly enums: EnumTables;
  readonly actions: readonly ActionMetadata[];
  readonly customTypes: CustomTypesMetadata;
  /** Every role that any permission names, and every inherited one; `admin` is not among them. */
  readonly roles: ReadonlySet<string>;
  readonly inheritedRoles: InheritedRoles;
  readonly naming: Naming;
}

/** Values of the enum tables, by the table's key. */
export type EnumTables = ReadonlyMap<string, readonly EnumValue[]>;

/** A column of a tracked table, with its name in GraphQL. */
export interface Column {
  readonly name: string;
  /** Its name in GraphQL. */
  readonly fieldName: string;
  readonly type: CatalogType;
  readonly isNullable: boolean;
  readonly isGenerated: boolean;
  readonly hasDefault: boolean;
  readonly comment: string | null;
  /** Catalog key of the enum table that the column refers to. */
  readonly enumTable: string | null;
  /** The texts that a check such as `status in ('new', 'done')` admits; none where there is no such check. */
  readonly choices: readonly string[];
}

/** A relationship whose other end is tracked. */
export interface Relationship {
  readonly kind: 'object' | 'array';
  readonly name: string;
  /** Catalog key of the table at the other end. */
  readonly target: string;
  /** Pairs of column names, here and there. */
  readonly mapping: readonly ColumnPair[];
  /** For object relationships: whether the other row may be missing. */
  readonly isNullable: boolean;
  /** Which of the two rows a nested insert writes first; the later one takes the columns of the mapping. */
  readonly insertionOrder: 'before_parent' | 'after_parent';
}

/** Columns of two tables that a relationship joins. */
export interface ColumnPair {
  readonly from: string;
  readonly to: string;
}

/** The root fields of a table. */
export interface RootFieldNames {
  readonly select: NamedRoot;
  readonly select_by_pk: NamedRoot;
  readonly select_aggregate: NamedRoot;
  readonly select_stream: NamedRoot;
  readonly insert: NamedRoot;
  readonly insert_one: NamedRoot;
  readonly update: NamedRoot;
  readonly update_by_pk: NamedRoot;
  readonly update_many: NamedRoot;
  readonly delete: NamedRoot;
  readonly delete_by_pk: NamedRoot;
}

/** A root field's name and comment. */
export interface NamedRoot {
  readonly name: string;
  /** Comment from metadata; undefined for the generated one, null for none at all. */
  readonly comment: string | null | undefined;
}

/** A role's permissions on a table, as metadata has them. */
export interface TablePermissions {
  readonly select?: SelectPermission;
  readonly insert?: InsertPermission;
  readonly update?: UpdatePermission;
  readonly delete?: DeletePermission;
}

/** A table of the metadata that is there. */
export interface TrackedTable {
  readonly key: string;
  readonly catalog: CatalogTable;
  /** Base of every generated GraphQL name, in Hasura's default convention. */
  readonly typeName: string;
  /** The words of that base, for other conventions. */
  readonly nameParts: readonly NamePart[];
  /** As Hasura's descriptions print it: `author`, or `schema.author` outside `public`. */
  readonly displayName: string;
  readonly description: string | null;
  readonly columns: readonly Column[];
  readonly columnByName: ReadonlyMap<string, Column>;
  readonly relationships: readonly Relationship[];
  readonly computedFields: readonly ComputedField[];
  readonly rootFields: RootFieldNames;
  readonly permissions: ReadonlyMap<string, TablePermissions>;
}

/** One argument of a function as Postgres takes it. */
export type FunctionParameter =
  /** The client's to give, under `name`; `sqlName` is null for an unnamed one. */
  | {
      readonly kind: 'input';
      readonly name: string;
      readonly sqlName: string | null;
      readonly type: CatalogType;
      readonly hasDefault: boolean;
    }
  /** The session variables as JSON. */
  | { readonly kind: 'session'; readonly sqlName: string | null; readonly type: CatalogType }
  /** The row that a computed field belongs to. */
  | { readonly kind: 'row'; readonly sqlName: string | null };

/** A function and how it is called. */
export interface FunctionSignature {
  readonly schema: string;
  readonly name: string;
  /** `name` for `public`, otherwise with its pg schema: the base of generated names. */
  readonly typeName: string;
  /** As descriptions print it: `area`, or `schema.area` outside `public`. */
  readonly displayName: string;
  readonly parameters: readonly FunctionParameter[];
}

/** A field that a function computes from its row. */
export interface ComputedField {
  readonly name: string;
  readonly description: string | null;
  readonly signature: FunctionSignature;
  readonly result:
    | { readonly kind: 'scalar'; readonly type: CatalogType }
    | { readonly kind: 'table'; readonly target: string };
}

/** A function of the metadata that is there. */
export interface TrackedFunction {
  readonly name: string;
  readonly aggregateName: string;
  readonly comment: string | null;
  readonly exposedAs: 'query' | 'mutation';
  readonly signature: FunctionSignature;
  /** Catalog key of the table whose rows it returns. */
  readonly target: string;
  readonly returnsSet: boolean;
  /** Roles with a permission of their own; queries are also open to whoever may select from the table. */
  readonly roles: ReadonlySet<string>;
}

/** Something in metadata that the catalog, or the rest of the metadata, does not bear out. */
export interface Inconsistency {
  readonly type: string;
  readonly name: string;
  readonly reason: string;
  readonly definition?: unknown;
  /** What an inherited role could not inherit; such an entry is for information and stands in nobody's way. */
  readonly entity?: Readonly<Record<string, unknown>>;
}

/** Roles that take their permissions from others, with those others. */
export type InheritedRoles = ReadonlyMap<string, readonly string[]>;
