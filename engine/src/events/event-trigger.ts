import type { RetryPolicy } from '../delivery/outcome.ts';
import type { WebhookTarget } from '../delivery/webhook-target.ts';
import type { ColumnList } from '../metadata/types.ts';

/** What can happen to a row. */
export type EventOperation = 'INSERT' | 'UPDATE' | 'DELETE';

/** What of an operation on a row counts, and what of the row is told. */
export interface OperationSpec {
  readonly operation: EventOperation;
  /** For updates: an event only when one of these has changed. */
  readonly columns: ColumnList;
  readonly payload: ColumnList;
}

/** When and how far the log of a trigger is cleared. */
export interface CleanupPolicy {
  /** Five fields of cron, UTC. */
  readonly schedule: string;
  readonly batchSize: number;
  readonly olderThanHours: number;
  readonly timeoutSeconds: number;
  readonly includesInvocations: boolean;
  readonly isPaused: boolean;
}

/** An event trigger that the catalog bears out. */
export interface EventTrigger {
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  readonly operations: readonly OperationSpec[];
  readonly isManual: boolean;
  /** Also for rows that replication brings. */
  readonly firesOnReplication: boolean;
  /** Null while a variable of the environment is missing: events are logged and wait. */
  readonly target: WebhookTarget | null;
  readonly retry: RetryPolicy;
  readonly cleanup: CleanupPolicy | null;
  /** Columns whose numbers are told as text, for they do not fit into a double. */
  readonly textColumns: readonly string[];
}

/** The reference's defaults. */
export const defaultRetry: RetryPolicy = { numRetries: 0, intervalSeconds: 10, timeoutSeconds: 60 };
