import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useDataProvider, useNotify } from 'ra-core';
import { useText } from '../i18n/use-text.ts';
import type { ConsoleDataProvider } from '../providers/data-provider.ts';
import { type MaybeFullRequest, REQUESTS } from './types.ts';
import { NEIGHBOURS_KEY } from './useNeighbours.ts';
import { OVERVIEW_KEY } from './useQueueOverview.ts';
import { useTiers } from './useTiers.ts';

export interface Rejection {
  readonly reason: string;
  readonly notes: string;
}

function decisionKey(id: string): readonly string[] {
  return ['decision', id];
}

/** Whether a decision on this request is on its way from here. */
export function useDecisionsUnderWay(id: string): { readonly isDeciding: boolean } {
  return { isDeciding: useIsMutating({ mutationKey: decisionKey(id) }) > 0 };
}

/**
 * Approve and reject. Nothing is shown before the server has said yes; then page, queue and counts are read again before
 * the buttons come back. A refusal reads them again too, since it usually means that someone else was faster.
 */
export function useDecisions(request: MaybeFullRequest) {
  const text = useText();
  const notify = useNotify();
  const { name } = useTiers();
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
    onError: () => void refresh(),
  } as const;

  const approve = useMutation({
    ...common,
    mutationFn: (notes: string) => dataProvider.approve(request.id, notes.trim()),
    onSuccess: async () => {
      await refresh();
      notify(text('decision.approvedNow', { vendor: request.vendor.name, tier: name(request.target_tier) }), {
        type: 'success',
      });
    },
  });

  const reject = useMutation({
    ...common,
    mutationFn: ({ reason, notes }: Rejection) =>
      dataProvider.reject(request.id, reason.trim(), notes.trim()),
    onSuccess: async () => {
      await refresh();
      notify(text('decision.rejectedNow', { vendor: request.vendor.name }), { type: 'success' });
    },
  });

  return { approve, reject };
}
