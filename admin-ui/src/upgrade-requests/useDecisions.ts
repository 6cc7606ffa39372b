import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useDataProvider } from 'ra-core';
import type { ConsoleDataProvider } from '../providers/data-provider.ts';
import { type MaybeFullRequest, REQUESTS } from './types.ts';
import { NEIGHBOURS_KEY } from './useNeighbours.ts';
import { OVERVIEW_KEY } from './useQueueOverview.ts';

export interface Rejection {
  readonly reason: string;
  readonly notes: string;
}

function decisionKey(id: string): readonly string[] {
  return ['decision', id];
}

/** Whether a decision on this request is on its way from here. */
export function useIsDeciding(id: string): boolean {
  return useIsMutating({ mutationKey: decisionKey(id) }) > 0;
}

/**
 * Approve and reject. Nothing is shown before the server has said yes; then page, queue and counts are read again before
 * the buttons come back. Anything else reads them again too: a refusal usually means that someone else was faster, and
 * without an answer only a look tells what happened.
 */
export function useDecisions(request: MaybeFullRequest) {
  const queryClient = useQueryClient();
  const dataProvider = useDataProvider<ConsoleDataProvider>();

  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [REQUESTS] }),
      queryClient.invalidateQueries({ queryKey: [OVERVIEW_KEY] }),
      queryClient.invalidateQueries({ queryKey: [NEIGHBOURS_KEY] }),
    ]);

  // `always`: without a network a decision fails at once instead of happening later, unseen.
  const common = {
    mutationKey: decisionKey(request.id),
    networkMode: 'always',
    retry: false,
    onSuccess: refresh,
    onError: () => void refresh(),
  } as const;

  const approve = useMutation({
    ...common,
    mutationFn: (notes: string) => dataProvider.approve(request.id, notes.trim()),
  });
  const reject = useMutation({
    ...common,
    mutationFn: ({ reason, notes }: Rejection) =>
      dataProvider.reject(request.id, reason.trim(), notes.trim()),
  });
  /** Reads the request alone again; rejects when that fails. */
  const look = () => queryClient.refetchQueries({ queryKey: [REQUESTS, 'getOne'] }, { throwOnError: true });
  return { approve, reject, look };
}
