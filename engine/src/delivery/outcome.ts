import type { WebhookResult } from './call-webhook.ts';

/** What becomes of an event after a try. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly afterSeconds: number }
  | { readonly kind: 'failed' };

/** How often and after how long a delivery is tried again. */
export interface RetryPolicy {
  readonly numRetries: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
}

/** A receiver may ask for patience, but not for ever. */
const longestDelaySeconds = 24 * 60 * 60;

/**
 * Any 2xx is a delivery; everything else is tried again while tries are left. A receiver that asks for a later
 * time with `Retry-After` gets it even when none are left, as on the reference.
 */
export function decideOutcome(
  result: Exclude<WebhookResult, { kind: 'aborted' }>,
  triesBefore: number,
  retry: RetryPolicy,
): Outcome {
  if (result.kind === 'answer' && result.status >= 200 && result.status < 300) return { kind: 'delivered' };
  const asked = result.kind === 'answer' ? readRetryAfter(result.headers) : undefined;
  if (asked !== undefined) return { kind: 'retry', afterSeconds: Math.min(asked, longestDelaySeconds) };
  if (triesBefore >= retry.numRetries) return { kind: 'failed' };
  return { kind: 'retry', afterSeconds: retry.intervalSeconds };
}

/** Whole seconds above zero; a date counts for nothing, as on the reference. */
function readRetryAfter(headers: readonly { name: string; value: string }[]): number | undefined {
  const value = headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value.trim();
  if (value === undefined || !/^\d{1,9}$/.test(value)) return undefined;
  return Number(value) > 0 ? Number(value) : undefined;
}
