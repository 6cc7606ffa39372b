/** What a role's statements are held to. */
export interface StatementLimits {
  /** How long one may take, waiting for a connection included; null for as long as it needs. */
  readonly seconds: number | null;
  /** Bytes that Postgres may send for one operation. */
  readonly answerBytes: number;
}

/** For what the engine asks on its own behalf. */
export const unlimited: StatementLimits = { seconds: null, answerBytes: Number.POSITIVE_INFINITY };
