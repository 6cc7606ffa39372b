import { useQueueOverview } from './useQueueOverview.ts';

/** The pending request that waits longest, other than the one that is open. */
export function useNextRequest(currentId: string): string | undefined {
  return useQueueOverview().data?.nextIds.find((id) => id !== currentId);
}
