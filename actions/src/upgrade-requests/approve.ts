/** An administrator approves: the status and the vendor's tier change in one transaction. */

import { z } from 'zod';
import { announceActor, type Caller } from '../accounts/actor.ts';
import type { Services } from '../services.ts';
import { lockVendor } from '../vendors/vendor-store.ts';
import { adminNotesField, requestIdField } from './fields.ts';
import { refuse } from './refusals.ts';
import { closeRequest } from './request-store.ts';
import { lockForMove } from './transition.ts';

/** Which request to approve. */
export const approveInput = z.strictObject({ requestId: requestIdField(), adminNotes: adminNotesField() });

/**
 * Approves the request.
 *
 * The vendor's tier may have moved since the submission; approving is right while it still lifts the vendor. A trigger
 * sets the tier in the statement that approves, so no SQL can make the two disagree.
 */
export async function approveUpgradeRequest(
  { database, metrics }: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  { requestId, adminNotes }: z.output<typeof approveInput>,
): Promise<void> {
  const waited = await database.withTransaction(
    async (transaction) => {
      const actor = await announceActor(transaction, caller);
      const request = await lockForMove(transaction, requestId, 'approved');
      if (request.userId === actor.userId) throw refuse('SELF_APPROVAL_FORBIDDEN');
      const vendor = await lockVendor(transaction, request.vendorId);
      if (vendor === undefined) throw refuse('VENDOR_NOT_FOUND');
      if (request.targetTier <= vendor.tier) throw refuse('CANNOT_DOWNGRADE');
      return closeRequest(transaction, {
        requestId,
        status: 'approved',
        reviewedBy: actor.userId,
        rejectionReason: null,
        adminNotes,
      });
    },
    { isolation: 'read committed' },
  );
  metrics.decisions.inc({ outcome: 'approved' });
  metrics.reviewSeconds.observe(waited);
}
