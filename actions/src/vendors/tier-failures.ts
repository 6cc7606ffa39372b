/** Tier changes that fail for a reason of ours are counted apart: an operator is woken by the first. */

import type { Metrics } from '../metrics.ts';
import { toActionError } from '../to-action-error.ts';

/** Runs the work; a refusal by the rules is no failure. */
export async function countTierFailures<T>(metrics: Metrics, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (toActionError(error).status >= 500) metrics.tierUpdateFailures.inc();
    throw error;
  }
}
