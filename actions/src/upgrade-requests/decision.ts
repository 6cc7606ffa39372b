/** What a decision is, and the rules that every way of deciding asks: one by one, in bulk, all or nothing. */

import type { Actor } from '../accounts/actor.ts';
import type { Vendor } from '../vendors/vendor-store.ts';
import type { RefusalCode } from './refusals.ts';
import type { Closing, UpgradeRequest } from './request-store.ts';
import { canMove } from './status.ts';

/** What an administrator decides about a request, whichever it is. */
export type Decision =
  | { readonly status: 'approved'; readonly adminNotes: string | null }
  | { readonly status: 'rejected'; readonly rejectionReason: string; readonly adminNotes: string | null };

/** Why a request cannot be decided this way by this administrator; asked before the vendor is locked. */
export function findRefusal(
  request: UpgradeRequest | undefined,
  { status }: Decision,
  actor: Actor,
): RefusalCode | undefined {
  if (request === undefined) return 'REQUEST_NOT_FOUND';
  if (!canMove(request.status, status)) return 'REQUEST_NOT_PENDING';
  // Four eyes are for approvals: one's own submission may be rejected.
  if (status === 'approved' && request.userId === actor.userId) return 'SELF_APPROVAL_FORBIDDEN';
  return undefined;
}

/** Why a vendor cannot be lifted by a request. Its tier may have moved since the submission; what counts is now. */
export function findTierRefusal(
  { targetTier }: UpgradeRequest,
  vendor: Vendor | undefined,
): RefusalCode | undefined {
  if (vendor === undefined) return 'VENDOR_NOT_FOUND';
  return targetTier > vendor.tier ? undefined : 'CANNOT_DOWNGRADE';
}

/** The fields that a decision fills in. */
export function closingOf(decision: Decision, actor: Actor): Closing {
  return {
    status: decision.status,
    reviewedBy: actor.userId,
    rejectionReason: decision.status === 'rejected' ? decision.rejectionReason : null,
    adminNotes: decision.adminNotes,
  };
}
