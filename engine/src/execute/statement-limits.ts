import type { Party } from '../guards/turns.ts';

/** What a role's statements are held to. */
export interface StatementLimits {
  /** How long one may take, waiting for a connection included; null for as long as it needs. */
  readonly seconds: number | null;
  /** Bytes that Postgres may send for one operation. */
  readonly answerBytes: number;
  /** Who takes a connection, and how many of them they may have at a time: a client, then its role. */
  readonly parties: readonly Party[];
}

/** For what the engine asks on its own behalf. */
export const unlimited: StatementLimits = {
  seconds: null,
  answerBytes: Number.POSITIVE_INFINITY,
  parties: [],
};
