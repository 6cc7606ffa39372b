import type { Catalog } from '../catalog/types.ts';
import type { Pool } from '../execute/pool.ts';
import type { Metadata } from '../metadata/types.ts';
import type { Inconsistency } from '../source/types.ts';

/** Metadata while an operation works on it: the same shape, open to change. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? Draft<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Draft<T[Key]> }
    : T;

export type MetadataDraft = Draft<Metadata>;
export type TableDraft = MetadataDraft['sources'][number]['tables'][number];

/** Arguments of an operation as they came: JSON that has not been looked at. */
export type OperationArgs = Readonly<Record<string, unknown>>;

/** What an operation may look at and change. */
export interface OperationContext {
  /** A copy that becomes the metadata when the operation succeeds. */
  readonly draft: MetadataDraft;
  readonly catalog: Catalog;
  /** What is inconsistent before the operation. */
  readonly inconsistencies: readonly Inconsistency[];
  readonly pool: Pool;
}

/** What an operation leaves behind. */
export interface OperationOutcome {
  /** The JSON answer; `{"message":"success"}` unless told. */
  readonly answer?: unknown;
  /** Read the catalog anew. */
  readonly catalogChanged?: boolean;
  /** New inconsistencies are reported rather than refused. */
  readonly allowsInconsistencies?: boolean;
  /** Computed from the new state, for answers that speak of it. */
  readonly answerFrom?: (inconsistencies: readonly Inconsistency[]) => unknown;
  /** What the metadata becomes instead of the draft. */
  readonly replacement?: Metadata;
}

/** One operation of the metadata API that changes metadata or the database. */
export type Operation = (
  context: OperationContext,
  args: OperationArgs,
) => OperationOutcome | Promise<OperationOutcome>;

export const success = { message: 'success' } as const;
