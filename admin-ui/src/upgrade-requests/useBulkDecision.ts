import { useQueryClient } from '@tanstack/react-query';
import { useDataProvider, useGetIdentity, useUnselect } from 'ra-core';
import { useEffect, useRef, useState } from 'react';
import { isUnknownOutcome } from '../errors/outcome.ts';
import type { BulkResult, ConsoleDataProvider, RequestState } from '../providers/data-provider.ts';
import type { DecisionIntent } from './paths.ts';
import { REQUESTS } from './types.ts';
import { OVERVIEW_KEY } from './useQueueOverview.ts';

/** How many one call may decide. */
const AT_ONCE = 100;
/** Between two looks at what nobody answered about, in ms. */
const LOOK_EVERY = 3_000;

/** How a bulk decision stands. */
export interface BulkProgress {
  readonly isRunning: boolean;
  /** By id, as answers arrive; a retry overwrites. What went through without an answer is there too, once it shows. */
  readonly results: ReadonlyMap<string, BulkResult>;
  /** How what was not decided from here stands, by id, as far as anyone looked. */
  readonly states: ReadonlyMap<string, RequestState>;
  /** Set when a call as a whole failed; with an unknown outcome its requests may have been decided. */
  readonly error: unknown;
}

const untouched: BulkProgress = {
  isRunning: false,
  results: new Map(),
  states: new Map(),
  error: undefined,
};

/** Refusals that another try would only get again. */
const FINAL: readonly unknown[] = [
  'REQUEST_NOT_PENDING',
  'REQUEST_NOT_FOUND',
  'VENDOR_NOT_FOUND',
  'SELF_APPROVAL_FORBIDDEN',
  'CANNOT_DOWNGRADE',
];

/** Whether deciding a request (again) can succeed, as far as we know. */
export function canStillSucceed({ results, states }: BulkProgress, id: string): boolean {
  const result = results.get(id);
  if (result?.success || FINAL.includes(result?.code)) return false;
  return (states.get(id)?.status ?? 'pending') === 'pending';
}

/**
 * Decides many requests, each on its own, a hundred a call. What is decided is no longer selected; what failed still is,
 * and may be run again if that can help.
 */
export function useBulkDecision(intent: DecisionIntent) {
  const queryClient = useQueryClient();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const me = useGetIdentity().identity?.id;
  const unselect = useUnselect(REQUESTS);
  const [progress, setProgress] = useState(untouched);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [REQUESTS] }),
      queryClient.invalidateQueries({ queryKey: [OVERVIEW_KEY] }),
    ]);

  /** Looks how requests stand that have no good answer; as long as one may still go through, looks again. */
  async function look(ids: readonly string[], isUnanswered: boolean): Promise<void> {
    const states: RequestState[] = [];
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      // What cannot be read is looked at next time; until then nobody knows.
      states.push(...(await dataProvider.getStates(ids.slice(start, start + AT_ONCE)).catch(() => [])));
    }
    const wanted = intent === 'approve' ? 'approved' : 'rejected';
    const mine = states.filter(({ status, reviewer }) => status === wanted && reviewer?.id === me);
    setProgress((before) => ({
      ...before,
      states: new Map([...before.states, ...states.map((state) => [state.id, state] as const)]),
      results: new Map<string, BulkResult>([
        ...before.results,
        ...mine.map(({ id }) => [id, { requestId: id, success: true }] as const),
      ]),
    }));
    unselect(mine.map(({ id }) => id));
    const closed = new Set(states.filter(({ status }) => status !== 'pending').map(({ id }) => id));
    const open = ids.filter((id) => !closed.has(id));
    if (!isUnanswered) return;
    if (open.length > 0) timer.current = setTimeout(() => void look(open, true), LOOK_EVERY);
    else setProgress((before) => ({ ...before, error: undefined }));
    await refresh();
  }

  async function decide(ids: readonly string[], reason: string, notes: string): Promise<void> {
    clearTimeout(timer.current);
    setProgress((before) => ({ ...before, isRunning: true, error: undefined }));
    const undecided = new Set(ids);
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
        const decided = results.filter(({ success }) => success).map(({ requestId }) => requestId);
        for (const id of decided) undecided.delete(id);
        unselect(decided);
      }
    } catch (error) {
      failure = error;
    }
    setProgress((before) => ({ ...before, isRunning: false, error: failure }));
    if (undecided.size > 0) await look([...undecided], isUnknownOutcome(failure));
    await refresh();
  }
  return { progress, decide };
}
