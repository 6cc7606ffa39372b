import { useQueryClient } from '@tanstack/react-query';
import { useDataProvider, useUnselect } from 'ra-core';
import { useState } from 'react';
import type { BulkResult, ConsoleDataProvider } from '../providers/data-provider.ts';
import type { DecisionIntent } from './paths.ts';
import { REQUESTS } from './types.ts';
import { OVERVIEW_KEY } from './useQueueOverview.ts';

/** How many one call may decide. */
const AT_ONCE = 100;

/** How a bulk decision stands. */
export interface BulkProgress {
  readonly isRunning: boolean;
  /** By id, as answers arrive; a retry overwrites. */
  readonly results: ReadonlyMap<string, BulkResult>;
  /** Set when a call as a whole failed; what has no result then was not decided as far as we know. */
  readonly error: unknown;
}

const untouched: BulkProgress = { isRunning: false, results: new Map(), error: undefined };

/**
 * Decides many requests, each on its own, a hundred a call. What is decided is no longer selected; what failed still is,
 * and may be run again.
 */
export function useBulkDecision(intent: DecisionIntent) {
  const queryClient = useQueryClient();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const unselect = useUnselect(REQUESTS);
  const [progress, setProgress] = useState(untouched);

  async function decide(ids: readonly string[], reason: string, notes: string): Promise<void> {
    setProgress((before) => ({ ...before, isRunning: true, error: undefined }));
    let failure: unknown;
    try {
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const some = ids.slice(start, start + AT_ONCE);
        const results =
          intent === 'approve'
            ? await dataProvider.approveMany(some, notes.trim())
            : await dataProvider.rejectMany(some, reason.trim(), notes.trim());
        setProgress((before) => ({
          ...before,
          results: new Map([
            ...before.results,
            ...results.map((result) => [result.requestId, result] as const),
          ]),
        }));
        unselect(results.filter(({ success }) => success).map(({ requestId }) => requestId));
      }
    } catch (error) {
      failure = error;
    }
    setProgress((before) => ({ ...before, isRunning: false, error: failure }));
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: [REQUESTS] }),
      queryClient.invalidateQueries({ queryKey: [OVERVIEW_KEY] }),
    ]);
  }
  return { ...progress, decide };
}
