/** Lock the row, check the move: the beginning of every decision. */

import type { Queryable } from '../db.ts';
import { refuse } from './refusals.ts';
import { lockRequest, type UpgradeRequest } from './request-store.ts';
import { type ClosingStatus, canMove } from './status.ts';

/** Locks a request that is about to move; refused when it does not exist or may not go there any more. */
export async function lockForMove(
  db: Queryable,
  requestId: string,
  to: ClosingStatus,
): Promise<UpgradeRequest> {
  const request = await lockRequest(db, requestId);
  if (request === undefined) throw refuse('REQUEST_NOT_FOUND');
  checkMove(request, to);
  return request;
}

/** Refuses a move that the state machine does not know. */
export function checkMove(request: UpgradeRequest, to: ClosingStatus): void {
  if (!canMove(request.status, to)) throw refuse('REQUEST_NOT_PENDING');
}
