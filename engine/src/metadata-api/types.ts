import type pg from 'pg';
import type { Catalog } from '../catalog/types.ts';
import type { Pool, Queryable } from '../execute/pool.ts';
import type { Metadata } from '../metadata/types.ts';
import type { ServingState } from '../serving-state.ts';
import type { Inconsistency } from '../source/types.ts';

/** Metadata while an operation works on it: the same shape, open to change. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? Draft<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Draft<T[Key]> }
    : T;

/** Metadata that an operation may change. */
export type MetadataDraft = Draft<Metadata>;
/** A tracked table that an operation may change. */
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
  /**
   * The connection whose transaction holds the whole request. Whatever an operation does to the database it
   * does here: then it comes about together with the metadata, or not at all.
   */
  readonly client: pg.ClientBase;
}

/** What an operation leaves behind. */
export interface OperationOutcome {
  /** The JSON answer; `{"message":"success"}` unless told. */
  readonly answer?: unknown;
  /** Read the catalog anew. */
  readonly catalogChanged?: boolean;
  /** Which inconsistencies are refused: those that are new (unless told), every one, or none. */
  readonly refuses?: 'new' | 'all' | 'none';
  /**
   * Whose inconsistency is the operation's own mistake, by its name among inconsistent objects: any new one unless
   * told, none (`null`) where the operation was about the database or took something away.
   */
  readonly subject?: string | null;
  /** Computed from the new state, for answers that speak of it. */
  readonly answerFrom?: (inconsistencies: readonly Inconsistency[]) => unknown;
  /** What the metadata becomes instead of the draft. */
  readonly replacement?: Metadata;
  /** It ran a script, whose settings nobody else may meet on the same connection. */
  readonly spoilsConnection?: boolean;
  /** It has put an event on the schedule. */
  readonly isScheduling?: boolean;
  /** Nothing that other engines need to hear of, unless the catalog turns out to have changed. */
  readonly isQuiet?: boolean;
}

/** One operation of the metadata API that may change metadata or the database. */
export type Operation = (
  context: OperationContext,
  args: OperationArgs,
) => OperationOutcome | Promise<OperationOutcome>;

/** What an operation that changes no metadata may look at. */
export interface ReadContext {
  readonly state: ServingState;
  readonly resourceVersion: number;
  readonly database: Queryable;
  /** For what takes its time, in transactions of its own. */
  readonly pool: Pool;
}

/** One operation that reads; answers JSON. `version` is the request's own. */
export type ReadOperation = (context: ReadContext, args: OperationArgs, version: 1 | 2) => unknown;

/** What most operations answer. */
export const success = { message: 'success' } as const;
