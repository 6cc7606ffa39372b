import type { QueryExecutable } from '../execute/executable.ts';
import type { ParameterValue } from '../execute/statement.ts';
import type { Polled } from './poller.ts';

/** A running subscription. */
export interface Subscription {
  stop(): void;
}

/** What a client follows: a statement with a set of parameters. */
export interface Followed extends Polled {
  readonly parameters: readonly ParameterValue[];
  readonly parts: QueryExecutable['parts'];
}

/** A client among those that follow the same. */
export interface Membership extends Subscription {
  /** Whether what it follows now is the same. */
  follows(followed: Followed): boolean;
  /** Where a stream has come to; null for a live query. */
  cursor(): readonly ParameterValue[] | null;
}
