import type { MaybeFullRequest } from './types.ts';
import { useNeighbours } from './useNeighbours.ts';
import { useQueueOverview } from './useQueueOverview.ts';

/** Where to go on from a request. */
export interface NextRequest {
  readonly id: string;
  /** Whether it is known to wait for a decision; a list of what was decided leads to what was decided. */
  readonly isPending: boolean;
}

/** The next request of the list one came from, in its order; past its end the pending one that waits longest. */
export function useNextRequest(request: MaybeFullRequest): NextRequest | undefined {
  const { following, arePending } = useNeighbours(request);
  const longestWaiting = useQueueOverview().data?.nextIds.find((id) => id !== request.id);
  if (following !== undefined) return { id: following, isPending: arePending };
  return longestWaiting === undefined ? undefined : { id: longestWaiting, isPending: true };
}
